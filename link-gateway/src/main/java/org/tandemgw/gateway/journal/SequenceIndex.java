package org.tandemgw.gateway.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From a sequence to the roll file that has it: by binary search over the files that exist, whose first sequences are read
 * when they are first asked for. Shared by all readers of a journal.
 */
final class SequenceIndex {
    /** The maps of so many files are kept, those used last; another has to be made again when it is needed. */
    private static final int MAPS = 32;

    private final RollFiles files;
    private final ConcurrentHashMap<Integer, Long> firstOfCycle = new ConcurrentHashMap<>();
    private final Map<Integer, RollFileMap> maps = new LinkedHashMap<>(16, 0.75f, true);
    private volatile int oldestCycle = -1;

    SequenceIndex(RollFiles files) {
        this.files = files;
    }

    /** A new roll file begins. */
    void started(int cycle, long first) {
        firstOfCycle.put(cycle, first);
    }

    /** Moves the cursor to where a record is, or should be. False if no file has room for it. */
    boolean moveTo(long sequence, QueueCursor cursor) {
        final int[] cycles = files.cycles();
        int found = -1;
        int low = 0;
        int high = cycles.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            int probe = middle;
            while (probe >= low && first(cycles[probe]) < 0) {
                probe--; // empty or unreadable: the file before it decides
            }
            if (probe >= low && first(cycles[probe]) > sequence) {
                high = probe - 1;
            } else {
                found = probe >= low ? probe : found;
                low = middle + 1;
            }
        }
        return found >= 0
                && sequence < files.cuts().firstVoid(cycles[found])
                && cursor.moveTo(map(cycles[found]), sequence);
    }

    /** The first sequence of the last {@code count} files that have one that can be found; 0 if there is none. */
    long firstOfLastFiles(int count) {
        final int[] cycles = files.cycles();
        long first = 0;
        int found = 0;
        for (int i = cycles.length - 1; i >= 0 && found < count; i--) {
            final long firstOfFile = first(cycles[i]);
            if (firstOfFile >= 0) {
                first = firstOfFile;
                found++;
            }
        }
        return first;
    }

    /** The sequence of the first record kept, or -1 if there is none. */
    long oldest() {
        final int oldest = oldestCycle;
        if (oldest >= 0 && files.path(oldest).toFile().exists()) {
            return first(oldest);
        }
        for (final int cycle : files.cycles()) {
            final long first = first(cycle);
            if (first >= 0) {
                oldestCycle = cycle;
                firstOfCycle.keySet().removeIf(known -> known < cycle); // so it never has more than there are files
                return first;
            }
        }
        return -1;
    }

    /** The sequence of a cycle's first record, or -1 if it has none that can be found. */
    long first(int cycle) {
        final Long known = firstOfCycle.get(cycle);
        if (known != null) {
            return known;
        }
        final long first = map(cycle).first();
        final Long knownMeanwhile = first < 0 ? null : firstOfCycle.putIfAbsent(cycle, first);
        return knownMeanwhile == null ? first : knownMeanwhile;
    }

    /** Where the records of a cycle lie. */
    RollFileMap map(int cycle) {
        synchronized (maps) {
            RollFileMap map = maps.get(cycle);
            if (map == null || !map.path().equals(files.path(cycle))) {
                map = new RollFileMap(files.path(cycle), () -> files.cuts().firstVoid(cycle));
                maps.put(cycle, map);
                if (maps.size() > MAPS) {
                    maps.remove(maps.keySet().iterator().next());
                }
            }
            return map;
        }
    }
}
