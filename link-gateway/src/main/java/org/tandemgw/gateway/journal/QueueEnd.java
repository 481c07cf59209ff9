package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where the records of a journal end, found in the files themselves and not by what Chronicle's head of file says.
 *
 * @param sequence the last one that has a place, whether its record can be read or not; 0 if there is none
 * @param cycle the roll file that it is in and that may be gone on with, or -1
 * @param firstOfCycle the first sequence of that file
 * @param floorMs new records must not go to a cycle before this time
 * @param unreadable a newer roll file that has something in it and no record that can be found, or -1
 */
record QueueEnd(long sequence, int cycle, long firstOfCycle, long floorMs, int unreadable) {
    static QueueEnd find(RollFiles files, SequenceIndex index) {
        files.cuts().load();
        final int[] cycles = files.cycles();
        final int[] aside = files.asideCycles();
        long floorMs = aside.length == 0 ? 0 : files.startMs(aside[aside.length - 1] + 1);
        int unreadable = -1;
        for (int i = cycles.length - 1; i >= 0; i--) {
            final int cycle = cycles[i];
            final long last = last(files, index, cycle);
            if (last > 0 && files.cuts().isCut(cycle)) {
                final long sequence = Math.min(last, files.cuts().firstVoid(cycle) - 1);
                return new QueueEnd(sequence, -1, 1, Math.max(floorMs, files.startMs(cycle + 1)), unreadable);
            }
            if (last > 0) {
                final boolean set = !files.isLive(cycle);
                return new QueueEnd(
                        last,
                        set ? -1 : cycle,
                        index.first(cycle),
                        Math.max(floorMs, files.startMs(set ? cycle + 1 : cycle)),
                        unreadable);
            }
            unreadable = isUnreadable(files, cycle) ? cycle : unreadable;
            floorMs = Math.max(floorMs, files.startMs(cycle + 1)); // nothing is ever added to such a file
        }
        return new QueueEnd(0, -1, 1, floorMs, unreadable);
    }

    /** What the seal of a clean end says counts even where a damaged word says that the last record was not finished. */
    private static long last(RollFiles files, SequenceIndex index, int cycle) {
        final RollFileMap map = index.map(cycle);
        final Seal seal = Seal.read(map.path());
        return seal == null ? map.last() : Math.max(map.last(), Math.min(map.lastFound(), seal.last()));
    }

    private static boolean isUnreadable(RollFiles files, int cycle) {
        try {
            return files.isLive(cycle) && !ChronicleHead.begins(files.path(cycle)) && !files.isBlank(cycle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
