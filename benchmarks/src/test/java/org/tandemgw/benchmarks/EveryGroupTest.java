package org.tandemgw.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Figures;

/** A smoke run of each group of benchmarks: it comes to an end, loses no frame, and writes down what it found. */
@Tag("slow")
class EveryGroupTest {
    private static final int MINUTES = 5;

    static java.util.List<String> names() {
        return Bench.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRunAndWriteItsResults(String group, @TempDir Path folder) throws IOException, InterruptedException {
        final Path results = Figures.file(group, true);
        Files.deleteIfExists(results); // an earlier run's say nothing about this one
        final var command = new java.util.ArrayList<>(Child.java());
        command.add(1, "-Dtandem.root=" + System.getProperty("tandem.root"));
        command.addAll(java.util.List.of(Bench.class.getName(), "--smoke", group));
        final Path said = folder.resolve("said");
        final Process bench = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(bench.waitFor(MINUTES, TimeUnit.MINUTES), "it is still running: " + Files.readString(said));
            assertEquals(0, bench.exitValue(), Files.readString(said));
            assertTrue(Files.readString(results).contains("\"figures\""));
        } finally {
            bench.destroy();
        }
    }
}
