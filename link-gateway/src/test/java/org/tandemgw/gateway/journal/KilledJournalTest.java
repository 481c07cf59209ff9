package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** SIGKILL of a real process in the middle of appending; nothing that it called readable may be missing. */
@Tag("chance")
class KilledJournalTest {
    private static final int ROUNDS = 6;

    private final long seed = Chance.seed();

    @TempDir
    Path data;

    @Test
    @Timeout(600)
    void shouldKeepWhatWasSyncedWhenItIsKilled() throws Exception {
        killAgainAndAgain(JournalSync.GROUP);
    }

    @Test
    @Timeout(600)
    void shouldKeepWhatWasReadableWithoutSyncWhenItIsKilled() throws Exception {
        killAgainAndAgain(JournalSync.NONE);
    }

    private void killAgainAndAgain(JournalSync sync) throws Exception {
        final Random random = new Random(seed);
        long reported = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final long before = reported;
            reported = runAndKill(sync, before, 20 + random.nextInt(20_000));
            final String told = "round " + round + ", replay with -Dtandem.seed=" + seed;
            assertTrue(reported > before, told);
            try (LinkJournal journal = LinkJournal.open(data, "acd1", sync)) {
                assertTrue(journal.last() >= reported, journal.last() + " < " + reported + ", " + told);
                reported = journal.last();
                assertWhole(journal, told);
                assertEquals(reported / 1000 * 1000 == 0, journal.digest(reported / 1000 * 1000) == null, told);
            }
        }
    }

    /** Returns the last sequence that the process called readable before it was killed. */
    private long runAndKill(JournalSync sync, long before, long more) throws Exception {
        final Process child = ChildJvm.of(List.of(), Appender.class, data.toString(), sync.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = Long.parseLong(line);
                if (child.isAlive() && last >= before + more) {
                    child.toHandle().destroyForcibly(); // SIGKILL, and what it has said can still be read
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return last;
    }

    private static void assertWhole(LinkJournal journal, String told) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            for (long n = 1; n <= journal.last(); n++) {
                assertTrue(reader.next(record), told);
                assertFalse(record.damaged(), () -> RecordJson.of(record) + " " + told);
                assertEquals(n, record.sequence(), told);
                assertEquals(n, ByteBuffer.wrap(record.bytes()).getLong(), told);
            }
            assertFalse(reader.next(record), told);
        }
    }

    /** Appends until it is killed; each time more is readable it says how far, in one line. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] args) {
            final LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1", JournalSync.valueOf(args[1]));
            final PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
            journal.onReadable(() -> out.println(journal.readable()));
            final byte[] frame = new byte[256];
            final long atNs = System.currentTimeMillis() * 1_000_000;
            while (true) {
                for (int i = 0; i < 64; i++) {
                    ByteBuffer.wrap(frame).putLong(journal.last() + 1);
                    journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
                }
                journal.endOfBatch();
            }
        }
    }
}
