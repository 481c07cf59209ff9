package org.tandemgw.gateway.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarm file after a kill, on a full disk, and after many years. */
class AlarmFileTroubleTest {
    private static final Condition LEG_1_DOWN = new Condition(AlarmName.LEG_DOWN, "acd1/leg-1", "refused \"x\"\n…");

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path data;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldComeBackWithNumbersAcknowledgementsAndHistory() {
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN, new Condition(AlarmName.FEED_DOWN, "east/acd1", "x")), Set.of());
            alarms.acknowledge(1, "jd", "known");
            alarms.update(List.of(LEG_1_DOWN), Set.of());
        }
        try (Alarms alarms = new Alarms(data, clock)) {
            assertEquals(
                    List.of(1L), alarms.active().stream().map(Alarm::number).toList());
            assertEquals("known", alarms.active().get(0).acknowledged().reason());
            assertEquals(
                    List.of(2L, 1L),
                    alarms.history(10).stream().map(Alarm::number).toList());
            alarms.latch(AlarmName.GAP, "acd1", "5 s");
            assertEquals(3, alarms.active().get(1).number());
        }
    }

    @Test
    void shouldPassOverALineThatAKillCutInTheMiddle() throws IOException {
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            alarms.latch(AlarmName.GAP, "acd1", "5 s");
        }
        final byte[] whole = Files.readAllBytes(data.resolve("alarms.jsonl"));
        for (int cut = 0; cut <= whole.length; cut++) {
            final Path folder = Files.createDirectory(data.resolve("cut-" + cut));
            Files.write(folder.resolve("alarms.jsonl"), java.util.Arrays.copyOf(whole, cut));
            try (Alarms alarms = new Alarms(folder, clock)) {
                alarms.latch(AlarmName.DISCONTINUITY, "acd9", "here");
            }
            try (Alarms alarms = new Alarms(folder, clock)) {
                assertEquals(
                        1,
                        alarms.active().stream()
                                .filter(a -> a.object().equals("acd9"))
                                .count(),
                        "cut at " + cut);
            }
        }
    }

    @Test
    void shouldGoOnInMemoryAndNotReuseNumbersWhenTheFileCannotBeWritten() throws IOException {
        final Path folder = Files.createDirectory(data.resolve("alarms.jsonl"));
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            alarms.latch(AlarmName.GAP, "acd1", "5 s");
            assertEquals(2, alarms.active().size());
            assertTrue(alarms.failedWrites() > 0);
        }
        Files.delete(folder);
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            assertEquals(3, alarms.active().get(0).number());
        }
    }

    @Test
    void shouldCatchUpWithTheFileWhenItCanBeWrittenAgain() throws IOException {
        final Path folder = Files.createDirectory(data.resolve("alarms.jsonl"));
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            Files.delete(folder);
            clock.forward(Duration.ofSeconds(10));
            alarms.update(List.of(LEG_1_DOWN), Set.of());
        }
        try (Alarms alarms = new Alarms(data, clock)) {
            assertEquals(1, alarms.active().get(0).number());
        }
    }

    @Test
    void shouldNotWriteWhenOnlyAnAmountInATextChanges() throws IOException {
        try (Alarms alarms = new Alarms(data, clock)) {
            for (int mebibytes = 900; mebibytes > 0; mebibytes--) {
                alarms.update(
                        List.of(new Condition(AlarmName.DISK_LOW, "data", mebibytes + " MiB are free")), Set.of());
            }
            assertEquals("1 MiB are free", alarms.active().get(0).text());
        }
        assertEquals(1, Files.readAllLines(data.resolve("alarms.jsonl")).size());
    }

    @Test
    void shouldOutliveAFullDisk() throws IOException {
        assumeTrue(Files.exists(FULL), "needs /dev/full");
        Files.createSymbolicLink(data.resolve("alarms.jsonl"), FULL);
        final AlarmFile file = new AlarmFile(data.resolve("alarms.jsonl"));
        final Alarm gap = new Alarm(1, AlarmName.GAP, Severity.MAJOR, "acd1", Instant.EPOCH, "5 s", null, null);

        assertThrows(IOException.class, () -> file.append(List.of(gap)));
        file.close();
    }

    @Test
    void shouldSetAsideWhatCannotBeReadAndNotReuseItsNumbers() throws IOException {
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
        }
        Files.move(data.resolve("alarms.jsonl"), data.resolve("kept"));
        Files.createDirectory(data.resolve("alarms.jsonl"));
        Files.writeString(data.resolve("alarms.jsonl/precious"), "x");
        try (Alarms alarms = new Alarms(data, clock)) {
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            assertEquals(2, alarms.active().get(0).number());
            clock.forward(Duration.ofSeconds(10));
            alarms.update(List.of(LEG_1_DOWN), Set.of());
        }
        assertEquals("x", Files.readString(data.resolve("alarms.unread.jsonl/precious")));
        try (Alarms alarms = new Alarms(data, clock)) {
            assertEquals(2, alarms.active().get(0).number());
        }
    }

    @Test
    void shouldKeepFileAndHistoryBounded() throws IOException {
        final int rounds = Alarms.MAX_HISTORY + 6_000;
        try (Alarms alarms = new Alarms(data, clock)) {
            for (int i = 0; i < rounds; i++) {
                alarms.update(List.of(LEG_1_DOWN), Set.of());
                alarms.update(List.of(), Set.of());
                clock.forward(Duration.ofMinutes(3)); // or it would flap, and stand
            }
            assertEquals(Alarms.MAX_HISTORY, alarms.history(Integer.MAX_VALUE).size());
            assertEquals(rounds, alarms.history(1).get(0).number());
        }
        try (var lines = Files.lines(data.resolve("alarms.jsonl"))) {
            assertTrue(lines.count() <= 3L * Alarms.MAX_HISTORY);
        }
        try (Alarms alarms = new Alarms(data, clock)) {
            assertEquals(Alarms.MAX_HISTORY, alarms.history(Integer.MAX_VALUE).size());
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            assertEquals(rounds + 1, alarms.active().get(0).number());
        }
    }

    @Test
    void shouldPassOverRubbish() throws IOException {
        Files.writeString(
                data.resolve("alarms.jsonl"),
                "\0\0\0\n[]\n{}\n{\"number\":\"x\"}\n{\"number\":5,\"name\":\"fromTheFuture\"}\n",
                StandardOpenOption.CREATE);
        try (Alarms alarms = new Alarms(data, clock)) {
            assertEquals(List.of(), alarms.active());
            alarms.update(List.of(LEG_1_DOWN), Set.of());
            assertEquals(1, alarms.active().size());
        }
    }
}
