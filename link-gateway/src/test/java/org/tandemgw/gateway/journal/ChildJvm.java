package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.house.SharedClasses;

/** Starts a real JVM with the options that Tandem runs with, and the class path of the tests. */
public final class ChildJvm {
    private static final int NEWER = 25;

    private ChildJvm() {}

    public static ProcessBuilder of(List<String> prefix, Class<?> main, String... args) {
        return of(Path.of(System.getProperty("java.home")), prefix, main, args);
    }

    /** The Java that this one is, and beside it the next release for which Tandem is tested, if it is installed. */
    public static List<Path> homes() throws IOException {
        final Path own = Path.of(System.getProperty("java.home"));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            final Stream<Path> newer = beside.filter(home -> !home.equals(own) && feature(home) == NEWER);
            return Stream.concat(Stream.of(own), newer.limit(1)).toList();
        }
    }

    private static int feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", ""))
                    .mapToInt(version -> Integer.parseInt(version.split("\\.")[0]))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // no Java there
        }
    }

    /** The same with another Java. */
    public static ProcessBuilder of(Path home, List<String> prefix, Class<?> main, String... args) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve("java").toString());
        command.add("@" + Path.of(System.getProperty("tandem.root"), ".mvn", "tandem-jvm.options"));
        if (feature(home) >= 24) { // an option that Java 17 refuses to start with
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(SharedClasses.options(home));
        command.addAll(List.of("-cp", SharedClasses.classPath()));
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /** False where a test may skip itself because {@code tool} is missing; an error where everything has to run. */
    public static boolean canRun(String... tool) throws InterruptedException {
        boolean can;
        try {
            final Process tried = new ProcessBuilder(tool)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            can = tried.waitFor() == 0;
        } catch (IOException e) {
            can = false;
        }
        if (!can && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError("cannot run " + String.join(" ", tool) + ", and TANDEM_TESTS=all");
        }
        return can;
    }
}
