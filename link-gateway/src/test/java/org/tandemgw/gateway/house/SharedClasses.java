package org.tandemgw.gateway.house;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The classes of the libraries, read and checked once for all the processes that the quick tests start: half of a start is that
 * otherwise. An archive of class-data sharing under {@code target}, made by whichever test starts a process first. Without it, with
 * another Java and in the long run a process starts as ever.
 */
public final class SharedClasses {
    private static final Path HOME = Path.of(System.getProperty("java.home"));
    private static final Path FOLDER = Path.of("target").toAbsolutePath().resolve("shared-classes");
    /** Libraries first: an archive knows no folders, and what it knows has to come first on the class path. */
    private static final List<String> LIBRARIES = new ArrayList<>();

    private static final List<String> OTHERS = new ArrayList<>();
    private static List<String> options;

    static {
        final String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        final String ours = System.getProperty("tandem.root") + File.separator;
        for (final String entry : all.split(File.pathSeparator)) {
            (entry.endsWith(".jar") && !entry.startsWith(ours) ? LIBRARIES : OTHERS).add(entry);
        }
    }

    private SharedClasses() {}

    /** The class path of the tests. */
    public static String classPath() {
        return String.join(File.pathSeparator, LIBRARIES)
                + File.pathSeparator
                + String.join(File.pathSeparator, OTHERS);
    }

    /** What to start this Java with. */
    public static synchronized List<String> options(Path javaHome) {
        if (Chance.isLongRun() || !javaHome.equals(HOME)) {
            return List.of();
        }
        if (options == null) {
            options = archive();
        }
        return options;
    }

    private static List<String> archive() {
        try {
            final Path archive = Files.createDirectories(FOLDER).resolve(name());
            try (FileChannel lock =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                if (!Files.exists(archive)) {
                    make(archive);
                }
            }
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds*=off");
        } catch (IOException e) {
            System.err.println("no shared classes, the tests take longer: " + e.getMessage());
            return List.of();
        }
    }

    private static void make(Path archive) throws IOException {
        final Path list = FOLDER.resolve("list");
        final Path part = FOLDER.resolve("part");
        java(List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list), classPath(), OneLife.class.getName());
        java(
                List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + part),
                String.join(File.pathSeparator, LIBRARIES));
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void java(List<String> how, String classPath, String... main) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/java").toString());
        command.add("@" + Path.of(System.getProperty("tandem.root"), ".mvn", "tandem-jvm.options"));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(how);
        command.addAll(List.of("-cp", classPath));
        command.addAll(Arrays.asList(main));
        final Path said = FOLDER.resolve("said");
        try {
            final int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException(how.get(0) + " ended with status " + status + ", see " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Another one for another Java or other libraries. */
    private static String name() throws IOException {
        final List<String> made = new ArrayList<>(List.of(System.getProperty("java.vm.version"), HOME.toString()));
        for (final String library : LIBRARIES) {
            made.add(library + Files.size(Path.of(library)) + Files.getLastModifiedTime(Path.of(library)));
        }
        return Integer.toHexString(
                        made.stream().collect(Collectors.joining("\n")).hashCode()) + ".jsa";
    }
}
