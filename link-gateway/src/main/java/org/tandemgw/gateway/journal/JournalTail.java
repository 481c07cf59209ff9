package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * All that appending needs to go on behind the last record, found once when a journal is opened. Where that is has been decided
 * before ({@link JournalStart}). Records that cannot be read before it keep their sequences and are served as lost.
 */
final class JournalTail {
    /** So many records at the end are read and checked; what one sync leaves undone is far less. */
    private static final long CHECKED = 10_000;

    private final SequenceIndex index;
    private final RollFiles files;

    private final long last;
    private long lastSound;
    private long lastAtNs;
    private int cycle;
    private long firstOfCycle;
    private long firstOfCycleAtNs;
    private long floorMs;
    private long gaps;
    private long discontinuities;
    private final DigestChain chain = new DigestChain();

    /** @param start up to where the journal counts, and whether to go on in a new roll file */
    JournalTail(RollFiles files, SequenceIndex index, DigestFile digests, JournalStart start) throws IOException {
        this.index = index;
        this.files = files;
        final QueueEnd end = QueueEnd.find(files, index);
        if (end.unreadable() >= 0) {
            throw new IOException("no record can be read in " + files.path(end.unreadable()));
        }
        cycle = end.cycle();
        firstOfCycle = end.firstOfCycle();
        floorMs = end.floorMs();
        last = start.last();
        if (end.sequence() != last && !(start.cut() && end.sequence() == 0)) {
            throw new IOException("the journal ends with " + end.sequence() + " and was to go on behind " + last);
        }
        if (end.sequence() > 0) {
            check(end.sequence(), digests);
        } else if (last > 0) {
            resumeChain(last + 1, last + 1, digests);
        }
    }

    private void check(long end, DigestFile digests) throws IOException {
        final long oldest = index.oldest();
        long from = Math.max(Math.max(oldest, end - CHECKED + 1), index.firstOfLastFiles(2));
        findLastSound(from, end, oldest);
        for (long window = CHECKED; lastSound == 0 && from > oldest; window *= 10) {
            from = Math.max(oldest, end - window + 1);
            findLastSound(from, end, oldest);
        }
        if (lastSound == 0) {
            throw new IOException("none of the records " + oldest + " to " + end + " can be read");
        }
        if (cycle >= 0) {
            findFirstOfCycle(end, oldest);
        }
        resumeChain(Math.min(from, end), oldest, digests);
    }

    private void findLastSound(long from, long end, long oldest) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = reader(from, end, oldest)) {
            while (reader.next(record)) {
                if (!record.damaged()) {
                    lastSound = record.sequence();
                    lastAtNs = record.atNs();
                }
            }
        }
    }

    /** A file whose first record cannot be read lasts a little longer. */
    private void findFirstOfCycle(long end, long oldest) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = reader(firstOfCycle, end, oldest)) {
            firstOfCycleAtNs = reader.next(record) && !record.damaged() ? record.atNs() : lastAtNs;
        }
    }

    /** Counts and digests from the last block before {@code from} that is known, through the last record. */
    private void resumeChain(long from, long oldest, DigestFile digests) throws IOException {
        digests.truncate(last / DigestChain.BLOCK);
        final long allKeptBehind = (oldest - 1 + DigestChain.BLOCK - 1) / DigestChain.BLOCK;
        long block = Math.min(Math.max((from - 1) / DigestChain.BLOCK, allKeptBehind), digests.blocks());
        ByteBuffer known = null;
        while (block > 0 && (known = digests.read(block)) == null) {
            block--;
        }
        if (known != null) {
            resume(block, known);
        }
        if (oldest > block * DigestChain.BLOCK + 1) {
            chain.forget(); // what lies between was deleted
        }
        if (oldest <= last) {
            readOn(Math.max(oldest, block * DigestChain.BLOCK + 1), oldest, digests);
        }
    }

    private void readOn(long from, long oldest, DigestFile digests) throws IOException {
        final JournalRecord record = new JournalRecord();
        boolean unknown = false;
        try (JournalReader reader = reader(from, last, oldest)) {
            while (reader.next(record)) {
                gaps += record.kind() == RecordKind.GAP ? 1 : 0;
                discontinuities += record.kind() == RecordKind.DISCONTINUITY ? 1 : 0;
                unknown |= record.damaged();
                if (chain.add(record.sequence(), record.crc())) {
                    ended(record.sequence() / DigestChain.BLOCK, digests, unknown);
                    unknown = false;
                }
            }
        }
        if (unknown) {
            chain.forget();
        }
    }

    /**
     * A digest on file was computed when all its records could be read, so it wins. Without it, a damaged one ends the chain, and
     * only the counts go on.
     */
    private void ended(long block, DigestFile digests, boolean unknown) throws IOException {
        if (unknown) {
            chain.forget();
        }
        final ByteBuffer known = digests.read(block);
        if (known != null && (DigestFile.isKnown(known.array()) || !chain.isKnown())) {
            resume(block, known);
        } else {
            digests.write(block, chain.digest(), gaps, discontinuities);
        }
    }

    private void resume(long block, ByteBuffer entry) {
        chain.resume(block, entry.array());
        gaps = DigestFile.gaps(entry);
        discontinuities = DigestFile.discontinuities(entry);
    }

    private JournalReader reader(long from, long end, long oldest) {
        final JournalReader reader =
                new JournalReader(index, new DamageLog(files), () -> oldest, () -> oldest, wanted -> end, () -> {});
        reader.seek(from);
        return reader;
    }

    /** The last sequence; 0 if there is none. */
    long last() {
        return last;
    }

    long lastAtNs() {
        return lastAtNs;
    }

    /** The cycle that appending may go on in, or -1. */
    int cycle() {
        return cycle;
    }

    /** The first sequence of that cycle. */
    long firstOfCycle() {
        return firstOfCycle;
    }

    /** The time of that record. */
    long firstOfCycleAtNs() {
        return firstOfCycleAtNs;
    }

    /** The queue's time must not fall below this. */
    long floorMs() {
        return floorMs;
    }

    long gaps() {
        return gaps;
    }

    long discontinuities() {
        return discontinuities;
    }

    /** Goes on behind the last record; unknown if records that it needs are no longer there. */
    DigestChain chain() {
        return chain;
    }
}
