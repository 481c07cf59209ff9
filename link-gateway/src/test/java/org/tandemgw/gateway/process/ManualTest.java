package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;

/**
 * A newcomer with docs/manual.md: its command blocks, in order, in one shell, as root of a machine of his own. That machine is this one
 * with a copy-on-write layer over what an installation touches, a network of its own, and processes that end with it.
 */
class ManualTest {
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final int MINUTES = 30;

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

    @TempDir
    Path folder;

    @Test
    void shouldRunEveryBlockOfTheManualInOrder() throws IOException, InterruptedException {
        if (!ChildJvm.canRun("unshare", "-mnp", "--fork", "--mount-proc", "ip", "link")) {
            return;
        }
        final StringBuilder script = new StringBuilder(A_MACHINE);
        final Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("docs/manual.md")));
        int blocks = 0;
        while (block.find()) {
            script.append("echo '==== block ").append(++blocks).append("'\n").append(block.group(1));
        }
        assertTrue(blocks >= 11, "blocks found: " + blocks);
        script.append("echo '==== end'\n");
        final Path file = Files.writeString(folder.resolve("manual.sh"), script);
        final Path machine = Files.createDirectory(folder.resolve("machine"));
        final Path said = folder.resolve("said");
        final ProcessBuilder newcomer = new ProcessBuilder(
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
        newcomer.environment().put("TANDEM_BUILT", built().toString());
        newcomer.environment().put("JAVA_HOME", InstalledJava.thisOne().toString());
        newcomer.environment()
                .put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"); // all of it lives for minutes at most
        newcomer.environment().remove("NO_COLOR");
        final Process running = newcomer.start();
        final boolean ended = running.waitFor(MINUTES, TimeUnit.MINUTES);
        running.destroyForcibly().waitFor();
        final String all = Files.readString(said);
        assertTrue(ended && running.exitValue() == 0, () -> "the manual stops here:\n" + all);
        assertEquals(
                "==== end",
                all.strip().lines().reduce((first, second) -> second).orElse(""));
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
