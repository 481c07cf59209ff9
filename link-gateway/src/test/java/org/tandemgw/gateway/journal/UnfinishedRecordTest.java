package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed process left a record that it had not finished; another one is written over it: rows A20, A21. */
class UnfinishedRecordTest {
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    @TempDir
    Path data;

    @Test
    void shouldShowWhatWasWrittenOverItToAReaderThatHadReadAhead() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int i = 1; i <= 3; i++) {
                append(journal, "frame " + i);
            }
            leave(4, "never counted");
            final JournalRecord record = new JournalRecord();
            try (JournalReader reader = journal.newReader()) {
                for (int i = 1; i <= 3; i++) {
                    assertTrue(reader.next(record));
                }
                assertFalse(reader.next(record));
                append(journal, "it counts");
                assertTrue(reader.next(record));
                assertEquals("it counts", new String(record.bytes(), 0, record.length(), StandardCharsets.US_ASCII));
            }
        }
    }

    private static void append(LinkJournal journal, String text) {
        final byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
        final long sequence = journal.appendFrame(1, 0, AT_NS, -1, frame, 0, frame.length);
        journal.endOfBatch();
        await().until(() -> journal.readable() == sequence);
    }

    private void leave(long sequence, String text) throws Exception {
        final RollFiles files = new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
        final Path path = files.path(files.cycles()[0]);
        final RollFileMap map = new RollFileMap(path, () -> Long.MAX_VALUE);
        assertEquals(sequence - 1, map.last());
        final byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
        final Bytes<?> image = Bytes.allocateDirect(RecordCodec.HEADER_LENGTH + RecordCodec.MAX_LENGTH);
        new RecordCodec().encode(image, RecordKind.FRAME, sequence, AT_NS, 1, 0, -1, frame, 0, frame.length);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(map.end() + Integer.BYTES);
            file.write(image.toByteArray());
        }
        image.releaseLast();
    }
}
