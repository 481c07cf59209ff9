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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.outage.DiskHistory;
import org.tandemgw.gateway.outage.Traced;

/**
 * The power fails while a process appends with {@code sync: group}. What such a cut can leave on the disk is made many times
 * ({@link DiskHistory} says how it is known), and each image is opened: everything that was readable at that moment is
 * there and the same, and appending goes on behind it.
 */
class PowerLossImagesTest {
    private static final RollCycle SECONDLY = TestRollCycles.TEST_SECONDLY;
    private static final int LOOKS = 25;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void shouldKeepWhatWasReadableWhenThePowerFails() throws Exception {
        cutAgainAndAgain(1, 10);
    }

    @Test
    @Tag("slow")
    @Timeout(1_200)
    void shouldKeepWhatWasReadableInHundredsOfImages() throws Exception {
        cutAgainAndAgain(10, 30);
    }

    private void cutAgainAndAgain(int runs, int images) throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        assumeTrue(Traced.canFreeze(), "needs root to freeze a process");
        Path data = folder.resolve("run-0");
        final List<String> wrong = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            final Path trace = folder.resolve("trace-" + run);
            final DiskHistory history = new DiskHistory(data, trace);
            final List<Long> readable = watch(data, history, Appender.START_NS + run * 2 * Appender.HOUR_NS);
            for (int i = 0; i < images; i++) {
                final int cut = 1 + random.nextInt(LOOKS);
                final Path image = folder.resolve("image-" + run + "-" + i);
                final String how = history.image(cut, new Random(random.nextLong()), image);
                try {
                    assertHolds(image, readable.get(random.nextInt(cut + 1)), readable.get(cut));
                    data = image; // the next run goes on with what the last cut left
                } catch (AssertionError | RuntimeException | IOException e) {
                    wrong.add("image " + run + "/" + i + ", readable " + readable.get(cut) + ", " + how + ": " + e);
                }
            }
        }
        assertEquals(List.of(), wrong, "replay with -Dtandem.seed=" + seed);
    }

    /** Lets a process append and looks at its files now and then; what was readable at each look. */
    private List<Long> watch(Path data, DiskHistory history, long fromNs) throws Exception {
        final List<Long> readable = new ArrayList<>(List.of(0L));
        final Process starter = ChildJvm.of(history.starter(), Appender.class, data.toString(), Long.toString(fromNs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Traced child = new Traced(starter);
                BufferedReader said = new BufferedReader(new InputStreamReader(starter.getInputStream()))) {
            long last = Long.parseLong(said.readLine());
            for (int look = 1; look <= LOOKS; look++) {
                LockSupport.parkNanos(2_000_000L + random.nextInt(20_000_000));
                child.freeze();
                history.look();
                while (said.ready()) {
                    last = Long.parseLong(said.readLine());
                }
                readable.add(last);
                child.thaw();
            }
            child.kill();
        }
        history.ended();
        return readable;
    }

    private static void assertHolds(Path image, long watermark, long readable) throws IOException {
        final long next;
        try (LinkJournal journal = openAfterPowerLoss(image, watermark)) {
            assertTrue(journal.last() >= readable, () -> "ends at " + journal.last());
            next = journal.last() + 1;
            appendSome(journal);
            assertWhole(journal, readable);
        }
        try (LinkJournal journal = open(image)) {
            assertEquals(next + 499, journal.last());
            assertEquals(1, journal.generation());
            appendSome(journal);
            assertWhole(journal, readable);
            assertTrue(journal.damage().isNone(), () -> journal.damage().toString());
        }
        final Path generation = JournalFiles.directory(image, "acd1", 1);
        final JournalCheck check = JournalVerification.of(generation, SECONDLY, readable, (bytes, ofBytes) -> {});
        assertEquals(List.of(), check.damages());
        assertEquals(next + 999, check.last());
    }

    private static void appendSome(LinkJournal journal) {
        for (int i = 0; i < 500; i++) {
            Appender.append(journal, 0); // it gets the time of the one before
        }
        journal.endOfBatch();
        assertEquals(null, journal.fault());
    }

    /** Through {@code readable} everything is as it was; behind, a record may be lost, but no frame is another one. */
    private static void assertWhole(LinkJournal journal, long readable) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            assertEquals(1, reader.position());
            for (long n = 1; n <= journal.last(); n++) {
                assertTrue(reader.next(record));
                assertEquals(n, record.sequence());
                assertFalse(record.damaged() && n <= readable, () -> RecordJson.of(record));
                if (record.kind() == RecordKind.FRAME) {
                    assertEquals(n, ByteBuffer.wrap(record.bytes()).getLong());
                    assertEquals(Appender.length(n), record.length());
                } else {
                    assertTrue(record.damaged() || record.kind() == RecordKind.MARK, () -> RecordJson.of(record));
                }
            }
        }
    }

    /** As a start after a power loss opens it. {@code watermark}: durable for certain, known to whoever decides. */
    private static LinkJournal openAfterPowerLoss(Path data, long watermark) {
        final ControlState.Acd known = new ControlState.Acd(
                "acd1",
                1,
                watermark,
                watermark,
                new ControlState.Run("boot-1", "group", false),
                List.of(),
                null,
                List.of());
        final JournalSurvey found = JournalSurvey.of(data, "acd1", 1, StartDecision.lookFrom(known), SECONDLY);
        final StartDecision decision = StartDecision.of(ControlFile.Condition.SOUND, known, "boot-2", found);
        return JournalOpening.withItsOwnReserve(
                data, "acd1", JournalSync.GROUP, SECONDLY, decision.order(Appender.START_NS));
    }

    private static LinkJournal open(Path data) {
        return JournalOpening.asFound(data, "acd1", JournalSync.GROUP, SECONDLY);
    }

    /** Appends until it is killed, some megabytes a second and a new roll file now and then; says how far it can be read. */
    static final class Appender {
        static final long START_NS = 1_795_251_600_000_000_000L;
        static final long HOUR_NS = 3_600_000_000_000L;

        private Appender() {}

        static int length(long sequence) {
            return 8 + (int) (sequence * 31 % 700);
        }

        static void append(LinkJournal journal, long atNs) {
            final byte[] frame = new byte[length(journal.last() + 1)];
            ByteBuffer.wrap(frame).putLong(journal.last() + 1);
            journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
        }

        public static void main(String[] args) throws IOException {
            final PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
            final Random random = new Random(Long.parseLong(args[1]));
            final LinkJournal journal = open(Path.of(args[0]));
            journal.onReadable(() -> out.println(journal.readable()));
            long atNs = Long.parseLong(args[1]);
            while (true) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    atNs += random.nextInt(1_000_000);
                    append(journal, atNs);
                }
                journal.endOfBatch();
                do {
                    LockSupport.parkNanos(500_000);
                } while (journal.last() - journal.readable() > 2_000);
            }
        }
    }
}
