package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** A journal of many roll files, with quiet times, restarts and files deleted. */
@Tag("chance")
class JournalRollTest {
    private static final RollCycle SECONDLY = TestRollCycles.TEST_SECONDLY;
    private static final long START_NS = 1_795_251_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    private long atNs = START_NS;

    @Test
    void shouldFindEverySequenceInWhateverFileItIs() {
        long last = 0;
        for (int start = 0; start < 4; start++) {
            try (LinkJournal journal = open()) {
                assertEquals(last, journal.last(), seeded());
                last = appendOverSomeSeconds(journal, 10);
                seekEverywhere(journal, 1, last);
            }
        }
        assertTrue(files() > 15, () -> files() + " files; " + seeded());
    }

    @Test
    void shouldFollowFilesThatAreDeleted() throws Exception {
        try (LinkJournal journal = open()) {
            final long last = appendOverSomeSeconds(journal, 20);
            assertEquals(1, journal.oldest());
            final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), SECONDLY);
            final int[] cycles = files.cycles();
            for (int i = 0; i < cycles.length / 2; i++) {
                Files.delete(files.path(cycles[i]));
            }
            final long oldest = journal.oldest();
            assertTrue(oldest > 1, seeded());
            try (JournalReader reader = journal.newReader()) {
                assertFalse(reader.seek(oldest - 1));
                assertFalse(reader.seek(1));
                assertTrue(reader.seek(oldest));
            }
            seekEverywhere(journal, oldest, last);
        }
        try (LinkJournal journal = open()) {
            assertTrue(journal.oldest() > 1);
            seekEverywhere(journal, journal.oldest(), journal.last());
            appendOverSomeSeconds(journal, 3);
            seekEverywhere(journal, journal.oldest(), journal.last());
        }
    }

    @Test
    void shouldGoOnInTheSameFileWhenTheClockHasGoneBack() {
        final long last;
        try (LinkJournal journal = open()) {
            last = appendOverSomeSeconds(journal, 5);
        }
        final long filesBefore = files();
        atNs = START_NS - 3_600 * SECOND_NS;
        try (LinkJournal journal = open()) {
            append(journal, last + 1);
            append(journal, last + 2);
            journal.endOfBatch();
            await().until(() -> journal.readable() == last + 2);
            seekEverywhere(journal, 1, last + 2);
        }
        assertEquals(filesBefore, files());
    }

    @Test
    void shouldReadOnOverAYearWithoutARecord() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
                JournalReader reader = journal.newReader()) {
            final JournalRecord record = new JournalRecord();
            for (int year = 0; year < 3; year++) {
                append(journal, journal.last() + 1);
                append(journal, journal.last() + 1);
                journal.endOfBatch();
                final long last = journal.last();
                await().until(() -> journal.readable() == last);
                assertRead(reader, last - 1, record);
                assertRead(reader, last, record);
                atNs += 365L * 24 * 3_600 * SECOND_NS;
            }
            seekEverywhere(journal, 1, journal.last());
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP)) {
            append(journal, 7);
        }
    }

    @Test
    void shouldReadOnlyTheNextWhenAskedForIt() {
        try (LinkJournal journal = open();
                JournalReader reader = journal.newReader()) {
            final JournalRecord record = new JournalRecord();
            assertTrue(reader.seek(1));
            assertFalse(reader.next(record));
            assertFalse(reader.seek(2));
            final long last = appendOverSomeSeconds(journal, 3);
            assertTrue(reader.seek(last + 1));
            assertFalse(reader.next(record));
            assertFalse(reader.seek(last + 2));
            assertEquals(last + 1, reader.position());
        }
    }

    private LinkJournal open() {
        return JournalOpening.asFound(data, "acd1", JournalSync.GROUP, SECONDLY);
    }

    private long appendOverSomeSeconds(LinkJournal journal, int seconds) {
        long sequence = journal.last();
        for (int s = 0; s < seconds; s++) {
            atNs += random.nextInt(4) == 0 ? 5 * SECOND_NS : SECOND_NS;
            final int count = random.nextInt(5) == 0 ? 600 : 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                append(journal, ++sequence);
            }
            journal.endOfBatch();
        }
        final long last = sequence;
        await().until(() -> journal.readable() == last);
        return last;
    }

    private void append(LinkJournal journal, long expected) {
        final byte[] frame = ByteBuffer.allocate(8).putLong(expected).array();
        assertEquals(expected, journal.appendFrame(1, 0, atNs, -1, frame, 0, 8), seeded());
    }

    private void seekEverywhere(LinkJournal journal, long from, long to) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            for (long sequence = from; sequence <= to; sequence++) {
                assertRead(reader, sequence, record);
            }
            for (long sequence = to; sequence >= from; sequence -= 7) {
                assertTrue(reader.seek(sequence), seeded());
                assertRead(reader, sequence, record);
            }
            for (int i = 0; i < 200; i++) {
                final long sequence = from + random.nextInt((int) (to - from + 1));
                assertTrue(reader.seek(sequence), seeded());
                assertRead(reader, sequence, record);
            }
        }
    }

    private void assertRead(JournalReader reader, long sequence, JournalRecord record) {
        if (reader.position() != sequence) {
            assertTrue(reader.seek(sequence), seeded());
        }
        assertTrue(reader.next(record), seeded());
        assertEquals(sequence, record.sequence(), seeded());
        assertFalse(record.damaged(), () -> RecordJson.of(record) + " " + seeded());
        assertEquals(sequence, ByteBuffer.wrap(record.bytes()).getLong(), seeded());
    }

    private long files() {
        final Path directory = JournalFiles.directory(data, "acd1", 1);
        assertNotNull(directory);
        return new RollFiles(directory, SECONDLY).cycles().length;
    }

    private String seeded() {
        return "replay with -Dtandem.seed=" + seed;
    }
}
