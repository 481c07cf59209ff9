package org.tandemgw.gateway.journal;

import java.util.concurrent.ConcurrentHashMap;

/**
 * From a sequence to its place in the queue, without a scan. Appends are contiguous, so a record's slot in its roll file is
 * its sequence less that of the file's first record; those are read when they are first asked for, by binary search over
 * the files that exist. Shared by all readers of a journal.
 */
final class SequenceIndex {
    /** How many damaged records at the start of a file are tried before it counts as unreadable. */
    private static final int TRIES = 64;

    private final RollFiles files;
    private final ConcurrentHashMap<Integer, Long> firstOfCycle = new ConcurrentHashMap<>();
    private volatile int oldestCycle = -1;

    SequenceIndex(RollFiles files) {
        this.files = files;
    }

    /** A new roll file begins. */
    void started(int cycle, long first) {
        firstOfCycle.put(cycle, first);
    }

    /** Moves the cursor to a record. False if there is no such record. */
    boolean moveTo(long sequence, QueueCursor cursor) {
        final int[] cycles = files.cycles();
        int found = -1;
        int low = 0;
        int high = cycles.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            int probe = middle;
            while (probe >= low && first(cycles[probe], cursor) < 0) {
                probe--; // empty or unreadable: the file before it decides
            }
            if (probe >= low && first(cycles[probe], cursor) > sequence) {
                high = probe - 1;
            } else {
                found = probe >= low ? probe : found;
                low = middle + 1;
            }
        }
        return found >= 0
                && sequence < files.cuts().firstVoid(cycles[found])
                && cursor.moveTo(cycles[found], sequence - first(cycles[found], cursor));
    }

    /** The first sequence of the last {@code count} files that have one that can be read; 0 if there is none. */
    long firstOfLastFiles(int count, QueueCursor cursor) {
        final int[] cycles = files.cycles();
        long first = 0;
        int found = 0;
        for (int i = cycles.length - 1; i >= 0 && found < count; i--) {
            final long firstOfFile = first(cycles[i], cursor);
            if (firstOfFile >= 0) {
                first = firstOfFile;
                found++;
            }
        }
        return first;
    }

    /** The sequence of the first record kept, or -1 if there is none. */
    long oldest(QueueCursor cursor) {
        final int oldest = oldestCycle;
        if (oldest >= 0 && files.path(oldest).toFile().exists()) {
            return first(oldest, cursor);
        }
        for (final int cycle : files.cycles()) {
            final long first = first(cycle, cursor);
            if (first >= 0) {
                oldestCycle = cycle;
                firstOfCycle.keySet().removeIf(known -> known < cycle); // so it never has more than there are files
                return first;
            }
        }
        return -1;
    }

    /** The sequence of a cycle's first record, or -1 if it has none that can be read. */
    long first(int cycle, QueueCursor cursor) {
        final Long known = firstOfCycle.get(cycle);
        if (known != null) {
            return known;
        }
        if (!files.begun(cycle)) {
            return -1;
        }
        final JournalRecord record = new JournalRecord();
        for (int slot = 0; slot < TRIES && cursor.moveTo(cycle, slot); slot++) {
            if (cursor.read(record) == null) {
                firstOfCycle.put(cycle, record.sequence() - slot);
                return record.sequence() - slot;
            }
        }
        return -1;
    }
}
