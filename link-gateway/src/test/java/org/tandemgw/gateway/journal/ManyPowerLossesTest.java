package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that is booted again and again within minutes: each start takes the next roll file, so names run ahead of the clock. */
@Timeout(600)
class ManyPowerLossesTest {
    private static final long START_NS = 1_795_251_600_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int BOOTS = 12;

    @TempDir
    Path data;

    private long atNs = START_NS;

    @Test
    void shouldEndEachFileAfterTenMinutesHoweverFarItsNameIsAhead() {
        for (int boot = 0; boot < BOOTS; boot++) {
            try (LinkJournal journal = open(true)) {
                append(journal);
            }
        }
        final int filesBefore = BOOTS;
        try (LinkJournal journal = open(true)) {
            for (int minute = 0; minute < 25; minute++) {
                append(journal);
            }
            final RollFile newest = newest(journal);
            assertEquals(filesBefore + 3, journal.rollFiles(64).size());
            assertEquals(newest.firstAtNs() / 1_000_000 + 600_000, newest.endMs(), "when a record begins a new one");
        }
        try (LinkJournal journal = open(false)) {
            final int cycle = newest(journal).cycle();
            for (int minute = 0; minute < 5; minute++) {
                append(journal);
            }
            assertEquals(cycle, newest(journal).cycle(), "this start goes on in the same file");
            append(journal);
            assertEquals(cycle + 1, newest(journal).cycle(), "which has lasted ten minutes, over the restart");
            for (final RollFile file : journal.rollFiles(64)) {
                assertTrue(file.lastAtNs() - file.firstAtNs() < 10 * MINUTE_NS, file::toString);
            }
            assertAllIsThere(journal);
            final RollFile oldest = journal.rollFiles(64).get(0);
            journal.drop(oldest);
            assertEquals(oldest.last() + 1, journal.oldest());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldFollowTheClockAgainOnceItHasPassedTheNames() {
        for (int boot = 0; boot < BOOTS; boot++) {
            try (LinkJournal journal = open(true)) {
                append(journal);
            }
        }
        atNs = START_NS + 600 * MINUTE_NS;
        try (LinkJournal journal = open(false)) {
            append(journal);
            append(journal);
            final RollFile newest = newest(journal);
            assertEquals(START_NS / 1_000_000 + 600 * 60_000L, newest.endMs() - 600_000);
            assertEquals(newest.endMs() / 600_000 - 1, newest.cycle());
            assertAllIsThere(journal);
        }
    }

    private LinkJournal open(boolean afterPowerLoss) {
        final JournalSurvey found = JournalSurvey.of(data, "acd1", 1, 0);
        return JournalOpening.open(
                data,
                "acd1",
                JournalSync.GROUP,
                new JournalStart(1, found.lastSound(), afterPowerLoss, found.lastSound(), null, atNs));
    }

    /** One record; then a minute passes. */
    private void append(LinkJournal journal) {
        final byte[] frame = ByteBuffer.allocate(8).putLong(journal.last() + 1).array();
        journal.appendFrame(1, 0, atNs, -1, frame, 0, 8);
        journal.endOfBatch();
        await().until(() -> journal.readable() == journal.last());
        atNs += MINUTE_NS;
    }

    private static RollFile newest(LinkJournal journal) {
        final List<RollFile> files = journal.rollFiles(64);
        return files.get(files.size() - 1);
    }

    private static void assertAllIsThere(LinkJournal journal) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            for (long n = 1; n <= journal.last(); n++) {
                assertTrue(reader.next(record));
                assertFalse(record.damaged());
                assertEquals(n, ByteBuffer.wrap(record.bytes()).getLong());
            }
        }
    }
}
