package org.tandemgw.gateway.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The Javas that are installed on this machine. */
final class InstalledJava {
    private InstalledJava() {}

    /** The one that runs the tests. */
    static Path thisOne() {
        return Path.of(System.getProperty("java.home"));
    }

    /** The newest, if it is newer than the one that runs the tests. */
    static Optional<Path> newest() throws IOException {
        final Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> feature(home) > Runtime.version().feature())
                    .max(Comparator.comparingInt(InstalledJava::feature));
        }
    }

    private static int feature(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // a folder without a release file is no Java of today
        }
    }
}
