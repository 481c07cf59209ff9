package org.tandemgw.gateway.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;

/** A process is killed, or the power fails, while a roll file is begun: nothing is lost by that, so nobody is alarmed. */
class HalfBegunFileTest {
    private static final long START_NS = 1_795_251_600_000_000_000L;
    private static final int COUNT = 300;
    private static final int NOT_COMPLETE = 0x8000_0000;

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    /** The first word, which Chronicle writes first as not complete, then, when the indexes are there, with its length. */
    @ParameterizedTest
    @ValueSource(strings = {"zero", "not complete", "complete"})
    @Timeout(600)
    void shouldGoOnWithoutAnAlarmBehindAFileWithoutARecord(String firstWord) throws Exception {
        final Path begun = begin(firstWord);
        final ControlState.Acd known = new ControlState.Acd(
                "acd1", 1, COUNT, COUNT, new ControlState.Run("boot-1", "group", false), List.of(), null, List.of());
        final JournalSurvey found = JournalSurvey.of(data, "acd1", 1, StartDecision.lookFrom(known));
        assertNull(found.unreadable());
        for (final String boot : List.of("boot-1", "boot-2")) {
            final StartDecision decision = StartDecision.of(ControlFile.Condition.SOUND, known, boot, found);
            assertEquals(StartDecision.Kind.RESUME, decision.kind());
            assertEquals(COUNT, decision.last());
        }
        final StartDecision decision = StartDecision.of(ControlFile.Condition.SOUND, known, "boot-1", found);
        try (LinkJournal journal = JournalOpening.open(data, "acd1", JournalSync.GROUP, decision.order(START_NS))) {
            assertTrue(journal.damage().isNone(), () -> journal.damage().text());
            assertEquals(firstWord.equals("complete"), Files.exists(begun));
            append(journal, COUNT);
            assertWhole(journal);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, COUNT);
            assertWhole(journal);
            assertTrue(journal.damage().isNone(), () -> journal.damage().text());
        }
    }

    /** The name that it had as the next roll file was not durable, what was written to it was. */
    @Test
    @Timeout(600)
    void shouldNotBeginWithWhatAPowerLossLeftInTheReservedFile() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, COUNT);
        }
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        final Path reserved = files.directory().resolve(JournalRoom.NEXT);
        Files.copy(files.path(files.cycles()[0]), reserved, StandardCopyOption.REPLACE_EXISTING);
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            final byte[] frame = "in the next file".getBytes(US_ASCII);
            journal.appendFrame(1, 0, START_NS + 3_600_000_000_000L, -1, frame, 0, frame.length);
            journal.endOfBatch();
            await().until(() -> journal.readable() == journal.last());
            assertEquals(COUNT + 1, journal.last());
        }
        assertEquals(COUNT + 1, new SequenceIndex(files).map(files.cycles()[1]).last());
        assertEquals(COUNT + 1, new SequenceIndex(files).map(files.cycles()[1]).first());
    }

    private Path begin(String firstWord) throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, COUNT);
        }
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        final Path begun = files.path(files.cycles()[0] + 1);
        try (SingleChronicleQueue queue = Queues.openForAppend(elsewhere, Queues.ROLL_CYCLE, () -> 0);
                ExcerptAppender appender = queue.createAppender();
                DocumentContext nothing = appender.writingDocument()) {
            nothing.rollbackOnClose();
        }
        Files.copy(new RollFiles(elsewhere, Queues.ROLL_CYCLE).path(0), begun);
        if (!firstWord.equals("complete")) {
            final ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            word.putInt(0, firstWord.equals("zero") ? 0 : NOT_COMPLETE);
            try (RandomAccessFile file = new RandomAccessFile(begun.toFile(), "rw")) {
                file.write(word.array());
            }
        }
        return begun;
    }

    private static void append(LinkJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            final byte[] frame = Long.toString(journal.last() + 1).getBytes(US_ASCII);
            journal.appendFrame(1, 0, START_NS, -1, frame, 0, frame.length);
        }
        journal.endOfBatch();
        await().until(() -> journal.readable() == journal.last());
    }

    private static void assertWhole(LinkJournal journal) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            for (long n = 1; n <= journal.last(); n++) {
                assertTrue(reader.next(record));
                assertEquals(Long.toString(n), new String(record.bytes(), 0, record.length(), US_ASCII));
            }
        }
    }
}
