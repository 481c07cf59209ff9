package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.StoredJournal;

/** A journal of numbered frames, and its backup. */
final class BackupRig {
    static final int FRAME = 200;

    private static final long START_NS = 1_795_237_200_000_000_000L;

    private BackupRig() {}

    /** 1 ms apart. */
    static void fill(Path data, int records) {
        final byte[] frame = new byte[FRAME];
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            for (int i = 0; i < records; i++) {
                final long sequence = journal.last() + 1;
                ByteBuffer.wrap(frame).putLong(sequence);
                journal.appendFrame(1, 0, START_NS + sequence * 1_000_000, -1, frame, 0, FRAME);
            }
            journal.endOfBatch();
        }
    }

    static JournalBackup.Made backUp(Path data, Path shelf) throws IOException {
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                BackupFolder opened = BackupFolder.toWrite(shelf)) {
            final JournalBackup.Origin origin =
                    new JournalBackup.Origin("site", "1", "host", "acd1", "merge", "opaque-line", 1, "shelf");
            return new JournalBackup(opened, origin, journal).make(false, journal::last, Instant.EPOCH, done -> {});
        }
    }

    static RestorePlan plan(Path shelf) throws IOException {
        final List<BackupCheck> files = new BackupShelf(shelf).check("site", "acd1", 1, TimeRange.ALL, bytes -> {});
        return RestorePlan.of(files, TimeRange.ALL);
    }

    static Restore.Order order() {
        return new Restore.Order(Instant.EPOCH, "test", null, "1");
    }

    /** Whether the newest generation holds these records and a mark, and nothing else. */
    static boolean isWhole(Path data, int generation, long last) {
        final JournalRecord record = new JournalRecord();
        try (LinkJournal journal = LinkJournal.open(data, "acd1");
                var reader = journal.newReaderOfAll()) {
            boolean good = journal.generation() == generation && journal.last() == last + 1;
            for (long n = 1; n <= last && good; n++) {
                good = reader.next(record)
                        && !record.damaged()
                        && record.atNs() == START_NS + n * 1_000_000
                        && ByteBuffer.wrap(record.bytes()).getLong() == n;
            }
            return good;
        }
    }
}
