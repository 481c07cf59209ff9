package org.tandemgw.gateway.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.tandemgw.gateway.journal.ChildJvm;

/**
 * A machine of its own for a script of root's: this one with a copy-on-write layer over what an installation touches, a network of its own, and processes that end
 * with it.
 */
final class OwnMachine {
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));

    /** $1: a folder for this machine's own. */
    private static final String A_MACHINE = """
            set -euo pipefail
            mount -t tmpfs -o size=1g tmpfs "$1"
            mkdir "$1/home"
            for folder in /etc /opt /usr/local /var/lib; do
                layer="$1/layer$(echo $folder | tr / -)"
                mkdir -p "$layer/upper" "$layer/work"
                mount -t overlay overlay -o "lowerdir=$folder,upperdir=$layer/upper,workdir=$layer/work" $folder
            done
            ip link set lo up
            export HOME="$1/home" PATH="/usr/local/bin:$PATH"
            """;

    private final Path folder;

    /**
     * What the script did.
     *
     * @param well whether it came to its end in time, and without an error
     * @param said all that it printed
     */
    record Ended(boolean well, String said) {}

    /** @param folder empty, for what it needs */
    OwnMachine(Path folder) {
        this.folder = folder;
    }

    static boolean canRun() throws InterruptedException {
        return ChildJvm.canRun("unshare", "-mnp", "--fork", "--mount-proc", "ip", "link");
    }

    /** In the source tree, with the programs that the tests run from in place of a build. */
    Ended run(String script, int minutes) throws IOException, InterruptedException {
        final Path file = Files.writeString(folder.resolve("script.sh"), A_MACHINE + script);
        final Path machine = Files.createDirectory(folder.resolve("machine"));
        final Path said = folder.resolve("said");
        final ProcessBuilder shell = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--net",
                        "--pid",
                        "--fork",
                        "--mount-proc",
                        "--kill-child",
                        "bash",
                        file.toString(),
                        machine.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().put("TANDEM_BUILT", built().toString());
        shell.environment().put("JAVA_HOME", InstalledJava.thisOne().toString());
        shell.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"); // all of it lives for minutes at most
        shell.environment().remove("NO_COLOR");
        final Process running = shell.start();
        final boolean ended = running.waitFor(minutes, TimeUnit.MINUTES);
        running.destroyForcibly().waitFor();
        return new Ended(ended && running.exitValue() == 0, Files.readString(said));
    }

    /** What a build leaves behind, made of what the tests run from. */
    private Path built() throws IOException {
        final Path gateway = folder.resolve("built/gateway");
        final Path lib = Files.createDirectories(gateway.resolve("lib"));
        final List<Path> ours = new ArrayList<>();
        final String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (final String entry : path.split(File.pathSeparator)) {
            final Path each = Path.of(entry);
            if (Files.isDirectory(each)) {
                ours.add(each);
            } else if (Files.exists(each)) {
                Files.copy(each, lib.resolve(each.getFileName()));
            }
        }
        for (final Path classes : ours) {
            if (classes.endsWith("classes")) {
                final String module =
                        classes.getParent().getParent().getFileName().toString();
                jar(classes, (module.equals("link-gateway") ? gateway : lib).resolve(module + ".jar"));
            }
        }
        return folder.resolve("built");
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }
}
