package org.tandemgw.gateway.journal;

import java.nio.file.Path;
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
    /** The cycles that have a file, as they were last listed. */
    private volatile int[] listed = {};

    SequenceIndex(RollFiles files) {
        this.files = files;
    }

    /** A new roll file begins. */
    void started(int cycle, long first) {
        firstOfCycle.put(cycle, first);
    }

    /** The file of a cycle was walked through before, and nobody has touched it since. */
    void adopt(int cycle, RollFileMap walked) {
        synchronized (maps) {
            maps.put(cycle, new RollFileMap(walked, () -> files.cuts().firstVoid(cycle)));
        }
    }

    /**
     * Moves the cursor to where a record is, or should be. False if no file has room for it. The folder is listed again only
     * where the last listing may be too old: files come at one end and go at the other.
     */
    boolean moveTo(long sequence, QueueCursor cursor) {
        int[] cycles = listed;
        int found = holding(sequence, cycles);
        if (!isCertain(sequence, found, cycles)) {
            cycles = list();
            found = holding(sequence, cycles);
        }
        return found >= 0
                && sequence < files.cuts().firstVoid(cycles[found])
                && cursor.moveTo(map(cycles[found]), sequence);
    }

    /**
     * A run of records that cannot be had.
     *
     * @param from the first
     * @param through the last
     * @param in the file that they were in, of which nothing can be found there; null if no file has them
     */
    record Hole(long from, long through, Path in) {}

    /**
     * How far it goes, after {@link #moveTo} has not led to a record.
     *
     * @param end a record that is there or ought to be
     */
    Hole hole(long sequence, long end) {
        final int[] cycles = listed;
        final int found = holding(sequence, cycles);
        long from = sequence;
        if (found >= 0) {
            final RollFileMap before = map(cycles[found]);
            final long reached = Math.min(before.lastFound(), before.firstVoid() - 1);
            if (reached >= sequence) {
                return new Hole(sequence, reached, before.path()); // headers at its end are damaged
            }
            from = Math.min(sequence, reached + 1);
        }
        Path in = null;
        for (int later = found + 1; later < cycles.length; later++) {
            final long first = first(cycles[later]);
            if (first > sequence) {
                return new Hole(from, first - 1, in);
            }
            in = first < 0 && in == null ? files.path(cycles[later]) : in;
        }
        return new Hole(from, Math.max(sequence, end), in);
    }

    /** No newer file can have it, and this one is still where it was. */
    private boolean isCertain(long sequence, int found, int[] cycles) {
        if (found < 0
                || sequence >= files.cuts().firstVoid(cycles[found])
                || !files.path(cycles[found]).toFile().exists()) {
            return false;
        }
        for (int later = found + 1; later < cycles.length; later++) {
            if (first(cycles[later]) > sequence) {
                return true;
            }
        }
        return map(cycles[found]).reaches(sequence);
    }

    private int[] list() {
        listed = files.cycles();
        return listed;
    }

    /** Which of the files has a record, judged by what they begin with; -1 if it is older than all. */
    private int holding(long sequence, int[] cycles) {
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
        return found;
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
        if (first < 0 && !isFinished(cycle)) {
            return first;
        }
        final Long knownMeanwhile = firstOfCycle.putIfAbsent(cycle, first);
        return knownMeanwhile == null ? first : knownMeanwhile;
    }

    /**
     * A newer file has records, so nothing is added to it any more, and it need not be searched for a first record again. One with
     * none behind it may yet be put aside by a start, and another written under its name.
     */
    private boolean isFinished(int cycle) {
        return firstOfCycle.entrySet().stream().anyMatch(known -> known.getKey() > cycle && known.getValue() >= 0)
                && files.path(cycle).toFile().exists();
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
