package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.LongConsumer;
import org.tandemgw.gateway.journal.DigestEntry;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.journal.TimeSearch;

/** Makes one backup of one journal, which may be running. One thread; memory for one record and two buffers. */
public final class JournalBackup {
    private static final int TELL_EVERY = 1 << 10;
    private static final int ATTEMPTS = 5;

    /** Says how far the journal is durable now. */
    public interface Durable {
        /** The last sequence; asked again when a backup has to begin again. */
        long last() throws IOException;
    }

    /**
     * Where a journal is from, as its label says it.
     *
     * @param site the site
     * @param tandem the version of this program
     * @param host this machine
     * @param acd the ACD
     * @param mode of its link
     * @param profile its dialect
     * @param generation of the journal
     * @param volume what the folder's medium is called
     */
    public record Origin(
            String site,
            String tandem,
            String host,
            String acd,
            String mode,
            String profile,
            int generation,
            String volume) {}

    /**
     * What became of it.
     *
     * @param file the name of the file; null if the journal is empty, or an incremental one had nothing new
     * @param label its label; null likewise
     * @param end its end; null likewise
     * @param bytes its length
     * @param missed which records are in no backup, or why it is full though an incremental one was asked for; else null
     * @param last the last sequence of the journal
     */
    public record Made(String file, BackupLabel label, BackupEnd end, long bytes, String missed, long last) {
        /** Whether all that was asked for is in it, undamaged. */
        public boolean complete() {
            return missed == null && (end == null || end.lost() == 0);
        }
    }

    /** Retention took the first records away before they were copied. */
    private static final class RemovedException extends IOException {
        private static final long serialVersionUID = 1;

        private final long first;

        RemovedException(long first) {
            this.first = first;
        }
    }

    private final BackupFolder folder;
    private final Origin origin;
    private final StoredJournal journal;
    private final JournalRecord record = new JournalRecord();
    private final RecordImage image = new RecordImage();

    /** Of this journal to that folder. */
    public JournalBackup(BackupFolder folder, Origin origin, StoredJournal journal) {
        this.folder = folder;
        this.origin = origin;
        this.journal = journal;
    }

    /**
     * Makes it, through what is durable now.
     *
     * @param progress told the sequence that it has come to, now and then
     */
    public Made make(boolean incremental, Durable durable, Instant now, LongConsumer progress) throws IOException {
        long first = Long.MAX_VALUE;
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(incremental, durable.last(), now, progress);
            } catch (RemovedException e) {
                first = Math.min(first, e.first);
                if (attempt == ATTEMPTS) {
                    throw new IOException(
                            "records " + first + " to " + (journal.oldest() - 1)
                                    + " went while they were being copied, " + attempt
                                    + " times; no backup was made: try again, to a faster folder or when less comes in",
                            e);
                }
            }
        }
    }

    private Made attempt(boolean incremental, long last, Instant now, LongConsumer progress) throws IOException {
        final long oldest = journal.oldest();
        if (last > 0 && oldest > last) {
            throw new RemovedException(last); // all that was durable when it was asked for
        }
        final BackupFolder.Found newest = incremental ? newest() : null;
        final String sumsThere = newest == null ? null : sumsOf(newest.end().last(), last);
        final BackupDecision decision = BackupDecision.of(incremental, newest, sumsThere, oldest, last);
        if (decision.kind() == null || last == 0) {
            return new Made(null, null, null, 0, decision.missed(), last);
        }
        final TimeSearch times = new TimeSearch(journal);
        final long firstAtNs = times.atNs(decision.first(), last);
        final BackupLabel label = new BackupLabel(
                BackupLabel.FORMAT,
                origin.site(),
                origin.tandem(),
                origin.host(),
                now,
                folder.nextNumber(origin.acd()),
                decision.kind(),
                origin.acd(),
                origin.mode(),
                origin.profile(),
                origin.generation(),
                origin.volume(),
                decision.first(),
                last,
                firstAtNs < 0 ? null : TimeRange.instant(firstAtNs),
                lastAt(times, decision.first(), last),
                decision.previous());
        try (BackupWriter writer = new BackupWriter(folder.path(), label)) {
            copy(writer, label, Math.max(0, firstAtNs), progress);
            final BackupEnd end = writer.finish();
            return new Made(label.fileName(), label, end, writer.bytes(), decision.missed(), last);
        }
    }

    /** The newest that reaches farthest; of the same generation only: others are other histories. */
    private BackupFolder.Found newest() throws IOException {
        return folder.of(origin.site(), origin.acd()).stream()
                .filter(found -> found.label().generation() == origin.generation())
                .max(Comparator.comparingLong(
                                (BackupFolder.Found found) -> found.end().last())
                        .thenComparingLong(found -> found.label().number()))
                .orElse(null);
    }

    private String sumsOf(long sequence, long last) {
        if (sequence > last) {
            return null;
        }
        try (JournalReader reader = journal.newReader()) {
            if (!reader.seek(sequence) || !reader.next(record) || record.damaged()) {
                return null;
            }
            image.take(record, 0);
            return Sums.hex(image.sums());
        }
    }

    /** Of the last one that can be read. */
    private static Instant lastAt(TimeSearch times, long first, long last) {
        for (long n = last; n >= Math.max(first, last - TELL_EVERY); n--) {
            final long atNs = times.atNs(n, n);
            if (atNs >= 0) {
                return TimeRange.instant(atNs);
            }
        }
        return null;
    }

    private void copy(BackupWriter writer, BackupLabel label, long firstAtNs, LongConsumer progress)
            throws IOException {
        long atNs = firstAtNs;
        try (JournalReader reader = journal.newReader()) {
            if (!reader.seek(label.first())) {
                throw new RemovedException(label.first());
            }
            for (long n = label.first(); n <= label.last(); n++) {
                if (!reader.next(record)) {
                    if (reader.lostItsPlace()) {
                        throw new RemovedException(label.first());
                    }
                    throw new IOException("the journal ends at " + (n - 1) + " and not at " + label.last());
                }
                image.take(record, atNs);
                atNs = image.atNs();
                writer.add(image, record.damaged());
                if (n % DigestEntry.RECORDS == 0) {
                    final byte[] entry = journal.digestEntry(n);
                    if (entry != null) {
                        writer.digest(entry);
                    }
                }
                if (n % TELL_EVERY == 0) {
                    progress.accept(n);
                }
            }
        }
    }
}
