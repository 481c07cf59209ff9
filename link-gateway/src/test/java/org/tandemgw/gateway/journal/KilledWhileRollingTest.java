package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.outage.KillPoint;
import org.tandemgw.gateway.outage.Traced;

/**
 * SIGKILL of a real process while it begins one roll file after the other and deletes old ones, at a named point of that:
 * rows A20, A21. A second of record time is a thousand records here, so that a file is begun every few milliseconds.
 */
class KilledWhileRollingTest {
    private static final RollCycle SECONDLY = TestRollCycles.TEST_SECONDLY;
    private static final long START_NS = 1_795_251_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FILES_AHEAD = 40;
    private static final int FILES_KEPT = 8;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final RollFiles files;
    private final Map<String, Integer> reached = new TreeMap<>();

    @TempDir
    Path data;

    KilledWhileRollingTest() {
        files = new RollFiles(Path.of("/"), SECONDLY);
    }

    @Test
    @Timeout(600)
    void shouldLoseNothingWhenItIsKilledInARoll() throws Exception {
        killAgainAndAgain(6);
    }

    @Test
    @Tag("slow")
    @Timeout(1_200)
    void shouldLoseNothingWhenItIsKilledInHundredsOfRolls() throws Exception {
        killAgainAndAgain(300);
        assertEquals(5, reached.size(), () -> "points reached " + reached + ", seed " + seed);
    }

    private void killAgainAndAgain(int rounds) throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        long fromNs = START_NS;
        long last = 0;
        for (int round = 0; round < rounds; round++) {
            final List<KillPoint> points = points(fromNs);
            final KillPoint point = points.get((round + (int) (seed & 7)) % points.size());
            final int nth = 1 + random.nextInt(point.atMost());
            final String told =
                    "round " + round + ": " + point.name() + " " + nth + "; replay with -Dtandem.seed=" + seed;
            final long readable = runAndDie(point, nth, fromNs, told);
            try (LinkJournal journal = JournalOpening.asFound(data, "acd1", JournalSync.GROUP, SECONDLY)) {
                assertTrue(journal.last() >= Math.max(last, readable), () -> journal.last() + ", " + told);
                last = journal.last();
                fromNs = assertWhole(journal, told) + SECOND_NS;
            }
        }
    }

    /** Returns the last sequence that the process called readable before it was killed. */
    private long runAndDie(KillPoint point, int nth, long fromNs, String told) throws Exception {
        final Process child = ChildJvm.of(point.starter(nth), Roller.class, data.toString(), Long.toString(fromNs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long readable = 0;
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                readable = Long.parseLong(line);
            }
            final int status = child.waitFor();
            assertTrue(status == 0 || status == 128 + 9, () -> "status " + status + ", " + told);
            if (status != 0) {
                reached.merge(point.name(), 1, Integer::sum);
            }
            return readable;
        } finally {
            Traced.kill(child);
        }
    }

    private List<KillPoint> points(long fromNs) {
        final Path generation = JournalFiles.directory(data, "acd1", 1);
        final int first = files.cycleOf(fromNs / 1_000_000);
        final List<Path> ahead = IntStream.range(first, first + FILES_AHEAD)
                .mapToObj(cycle -> generation.resolve(files.path(cycle).getFileName()))
                .toList();
        final List<Path> withFolder = new ArrayList<>(ahead);
        withFolder.add(generation);
        return List.of(
                new KillPoint("begin", List.of("openat", "rename", "link"), ahead, 12),
                new KillPoint("length", List.of("ftruncate", "fallocate", "pwrite64"), ahead, 12),
                new KillPoint("map", List.of("mmap"), ahead, 12),
                new KillPoint("sync", List.of("fsync", "fdatasync"), withFolder, 12),
                new KillPoint("retention", List.of("unlink", "unlinkat"), ahead, 12));
    }

    /** Every record from the oldest on is there and what it was; returns the time of the last. */
    private static long assertWhole(LinkJournal journal, String told) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            final long oldest = journal.oldest();
            assertTrue(reader.seek(oldest), told);
            for (long n = oldest; n <= journal.last(); n++) {
                assertTrue(reader.next(record), told);
                assertFalse(record.damaged(), () -> RecordJson.of(record) + " " + told);
                assertEquals(n, record.sequence(), told);
                assertEquals(n, ByteBuffer.wrap(record.bytes()).getLong(), told);
            }
        }
        return record.atNs();
    }

    /** Fills some files, deletes the older ones as retention does, and says what is readable. */
    static final class Roller {
        private Roller() {}

        public static void main(String[] args) throws IOException {
            final PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
            final Path data = Path.of(args[0]);
            final LinkJournal journal = JournalOpening.asFound(data, "acd1", JournalSync.GROUP, SECONDLY);
            journal.onReadable(() -> out.println(journal.readable()));
            final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), SECONDLY);
            final byte[] frame = new byte[300];
            long atNs = Long.parseLong(args[1]);
            for (int file = 0; file < FILES_AHEAD - 2; file++) {
                for (int i = 0; i < 1_000; i++) {
                    atNs += SECOND_NS / 1_000;
                    ByteBuffer.wrap(frame).putLong(journal.last() + 1);
                    journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
                    if (i % 100 == 0) {
                        journal.endOfBatch();
                    }
                }
                while (journal.last() - journal.readable() > 3_000) { // what is not synced is not deleted
                    Thread.onSpinWait();
                }
                final int[] cycles = files.cycles();
                for (int i = 0; i < cycles.length - FILES_KEPT; i++) {
                    Files.delete(files.path(cycles[i]));
                }
            }
            journal.close();
        }
    }
}
