package org.tandemgw.gateway.house;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.tandemgw.gateway.cli.OneLife;

/**
 * The classes of Tandem and its libraries, read and checked once for all the processes that the quick tests start: more than half of a start is that
 * otherwise. An archive of class-data sharing under {@code target}, made by whichever test starts a process first. Without it, with
 * another Java and in the long run a process starts as ever.
 */
public final class SharedClasses {
    private static final Path HOME = Path.of(System.getProperty("java.home"));
    private static final Path FOLDER = Path.of("target").toAbsolutePath().resolve("shared-classes");
    /** Jars first: an archive knows no folders, and what it knows has to come first on the class path. */
    private static final List<Path> JARS = new ArrayList<>();
    /** Classes of ours that are in no jar yet: packed here. */
    private static final List<Path> UNPACKED = new ArrayList<>();

    private static final List<String> OTHERS = new ArrayList<>();

    private static List<String> options;
    private static Path packed;

    static {
        final String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (final String entry : all.split(File.pathSeparator)) {
            final Path path = Path.of(entry);
            if (entry.endsWith(".jar")) {
                JARS.add(path);
            } else if (path.endsWith("classes") && Files.isDirectory(path)) {
                UNPACKED.add(path);
            } else {
                OTHERS.add(entry);
            }
        }
    }

    private SharedClasses() {}

    /** The class path of the tests. */
    public static synchronized String classPath() {
        options();
        final List<String> all = new ArrayList<>();
        archived().forEach(jar -> all.add(jar.toString()));
        if (packed == null) {
            UNPACKED.forEach(each -> all.add(each.toString()));
        }
        all.addAll(OTHERS);
        return String.join(File.pathSeparator, all);
    }

    /** What to start this Java with. */
    public static synchronized List<String> options(Path javaHome) {
        return javaHome.equals(HOME) ? options() : List.of();
    }

    private static List<String> options() {
        if (options == null) {
            options = Chance.isLongRun() ? List.of() : archive();
        }
        return options;
    }

    private static List<String> archive() {
        try {
            final String name = name();
            final Path archive = Files.createDirectories(FOLDER).resolve(name + ".jsa");
            final Path jar = FOLDER.resolve(name + ".jar");
            try (FileChannel lock =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                if (!Files.exists(archive)) {
                    pack(jar);
                    packed = jar;
                    make(archive);
                }
            }
            packed = jar;
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds*=off");
        } catch (IOException e) {
            packed = null;
            System.err.println("no shared classes, the tests take longer: " + e.getMessage());
            return List.of();
        }
    }

    private static List<Path> archived() {
        return packed == null
                ? JARS
                : Stream.concat(Stream.of(packed), JARS.stream()).toList();
    }

    /** Not compressed: it is read more often than it is written. */
    private static void pack(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.setLevel(0);
            for (final Path folder : UNPACKED) {
                for (final Path file : files(folder)) {
                    entries.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** What is loaded of the libraries in one life, and all of ours. */
    private static void make(Path archive) throws IOException {
        final Path list = FOLDER.resolve("list");
        final Path part = FOLDER.resolve("part");
        final Path life = Files.createTempDirectory("tandem-one-life-");
        try {
            java(
                    List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list),
                    withTests(),
                    OneLife.class.getName(),
                    life.toString());
        } finally {
            delete(life);
        }
        // A lambda that is twice in the list, because two threads came to it at once, and Java 17 dies of it.
        final Set<String> once = new LinkedHashSet<>(Files.readAllLines(list));
        once.addAll(ours());
        Files.write(list, once);
        java(
                List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + part),
                path(archived()));
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> ours() throws IOException {
        final String root = System.getProperty("tandem.root") + File.separator;
        final List<String> names = new ArrayList<>();
        for (final Path path : archived()) {
            if (path.startsWith(root)) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    jar.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith(".class"))
                            .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return names;
    }

    private static String withTests() {
        return path(archived()) + File.pathSeparator + String.join(File.pathSeparator, OTHERS);
    }

    private static String path(List<Path> jars) {
        return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
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

    /** Another one for another Java, other libraries or other classes of ours. */
    private static String name() throws IOException {
        final StringBuilder made = new StringBuilder(System.getProperty("java.vm.version")).append(HOME);
        final List<Path> files = new ArrayList<>(JARS);
        for (final Path folder : UNPACKED) {
            files.addAll(files(folder));
        }
        for (final Path file : files) {
            made.append(file)
                    .append(Files.size(file))
                    .append(Files.getLastModifiedTime(file))
                    .append('\n');
        }
        return Integer.toHexString(made.toString().hashCode());
    }
}
