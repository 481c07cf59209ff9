package org.tandemgw.gateway.journal;

/**
 * Where the slots of a queue end, found by probing and not by what Chronicle's own head of file says.
 *
 * @param sequence of the last slot taken, readable or not; 0 if there is none
 * @param cycle the roll file that it is in and that may be gone on with, or -1
 * @param firstOfCycle the first sequence of that file
 * @param floorMs new records must not go to a cycle before this time
 * @param unreadable a newer roll file that has records of which none can be read, or -1
 */
record QueueEnd(long sequence, int cycle, long firstOfCycle, long floorMs, int unreadable) {
    static QueueEnd find(RollFiles files, SequenceIndex index, QueueCursor cursor) {
        files.cuts().load();
        final int[] cycles = files.cycles();
        final int[] aside = files.asideCycles();
        long floorMs = aside.length == 0 ? 0 : files.startMs(aside[aside.length - 1] + 1);
        int unreadable = -1;
        for (int i = cycles.length - 1; i >= 0; i--) {
            final int cycle = cycles[i];
            final long slots = files.begun(cycle) ? slots(cycle, cursor) : 0;
            final long first = slots == 0 ? -1 : index.first(cycle, cursor);
            if (first >= 0 && files.cuts().isCut(cycle)) {
                final long sequence = Math.min(first + slots, files.cuts().firstVoid(cycle)) - 1;
                return new QueueEnd(sequence, -1, 1, Math.max(floorMs, files.startMs(cycle + 1)), unreadable);
            }
            if (first >= 0) {
                return new QueueEnd(
                        first + slots - 1, cycle, first, Math.max(floorMs, files.startMs(cycle)), unreadable);
            }
            unreadable = slots == 0 ? unreadable : cycle;
            floorMs = Math.max(floorMs, files.startMs(cycle + 1)); // nothing is ever added to such a file
        }
        return new QueueEnd(0, -1, 1, floorMs, unreadable);
    }

    /** How many slots of a cycle are taken; a hole does not hide what is behind the next slot that Chronicle has indexed. */
    private static long slots(int cycle, QueueCursor cursor) {
        final long spacing = cursor.indexSpacing();
        final long indexed = taken(cycle, cursor, 0, spacing, Long.highestOneBit(Integer.MAX_VALUE));
        final long sure = Math.max(0, indexed - 1) * spacing;
        return sure + taken(cycle, cursor, sure, 1, Long.highestOneBit(spacing));
    }

    /** How many of the slots from, from + stride, from + 2 * stride … are taken: doubling, then halving. */
    private static long taken(int cycle, QueueCursor cursor, long from, long stride, long stepAtMost) {
        long taken = 0;
        long step = 1;
        while (step <= stepAtMost && cursor.moveTo(cycle, from + (taken + step - 1) * stride)) {
            taken += step;
            step *= 2;
        }
        for (step /= 2; step > 0; step /= 2) {
            while (cursor.moveTo(cycle, from + (taken + step - 1) * stride)) {
                taken += step;
            }
        }
        return taken;
    }
}
