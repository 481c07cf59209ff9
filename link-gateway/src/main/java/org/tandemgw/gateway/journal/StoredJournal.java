package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.queue.RollCycle;

/**
 * One generation of a journal as it lies on disk, for {@code journal ls|cat|verify}: whether its site is running or not.
 * Creates and changes no file; the rights of a reader suffice. Shows what is appended, synced or not. Belongs to one
 * thread; a reader that has come to the end finds more when it is asked again.
 */
public final class StoredJournal implements AutoCloseable {
    private final RollFiles files;
    private final SequenceIndex index;
    private final DamageLog damage;
    private long last;

    private StoredJournal(Path directory, RollCycle rollCycle) {
        files = new RollFiles(directory, rollCycle);
        index = new SequenceIndex(files);
        damage = new DamageLog(files);
    }

    /**
     * Opens what is in {@code data/journal/<acd>/<generation>/}.
     *
     * @throws JournalFaultException if there is nothing that can be opened
     */
    public static StoredJournal open(Path directory) {
        return open(directory, Queues.ROLL_CYCLE);
    }

    static StoredJournal open(Path directory, RollCycle rollCycle) {
        if (!directory.toFile().isDirectory()) {
            throw new JournalFaultException("there is no journal in " + directory);
        }
        try {
            return new StoredJournal(directory, rollCycle);
        } catch (RuntimeException e) {
            throw new JournalFaultException("cannot open the journal in " + directory + ": " + e, e);
        }
    }

    /** True if there is at most the mark that a start has written when it began the generation. */
    static boolean hasNoNews(Path directory) {
        final JournalRecord first = new JournalRecord();
        try (StoredJournal stored = open(directory);
                JournalReader reader = stored.newReader()) {
            return stored.last() <= 1 && (!reader.next(first) || first.isMark(JournalStart.RESTART));
        }
    }

    /** The oldest sequence kept; 1 while empty. */
    public long oldest() {
        return Math.max(1, index.oldest());
    }

    /** The last sequence; 0 while empty. Looks again each time. */
    public long last() {
        last = Math.max(last, QueueEnd.find(files, index).sequence());
        return last;
    }

    /** Looks again only when a reader has read everything that was there the last time. */
    private long lastFor(long position) {
        return position <= last ? last : last();
    }

    /** A reader of everything; it starts at the oldest. */
    public JournalReader newReader() {
        final JournalReader reader = new JournalReader(index, damage, this::oldest, () -> 0, this::lastFor, () -> {});
        reader.seek(oldest());
        return reader;
    }

    /**
     * The entry of the file {@code digests} for this multiple of 1,000, as it lies there; null if there is none,
     * or the digest is unknown.
     */
    public byte[] digestEntry(long through) throws IOException {
        final ByteBuffer entry =
                DigestFile.read(files.directory().resolve(DigestFile.NAME), through / DigestChain.BLOCK);
        return entry == null || !DigestFile.isKnown(entry.array()) ? null : entry.array();
    }

    /**
     * Makes durable what is appended now, whoever appends: what was copied is never ahead of its journal. The last two files
     * are enough, as in {@link LinkJournal}.
     */
    public void force() throws IOException {
        final int[] cycles = files.cycles();
        for (int i = Math.max(0, cycles.length - 2); i < cycles.length; i++) {
            try (FileChannel file = FileChannel.open(files.path(cycles[i]), StandardOpenOption.READ)) {
                file.force(true);
            }
        }
        GroupSync.forceDirectory(files.directory());
    }

    /** What {@code journal ls} tells about it. */
    public JournalSummary summary() throws IOException {
        final long oldest = oldest();
        final long newest = last();
        return new JournalSummary(
                oldest, newest, atNs(oldest), atNs(newest), JournalFiles.diskBytes(files.directory()));
    }

    private long atNs(long sequence) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = newReader()) {
            return reader.seek(sequence) && reader.next(record) && !record.damaged() ? record.atNs() : -1;
        }
    }

    @Override
    public void close() {
        // Its readers hold their files themselves.
    }
}
