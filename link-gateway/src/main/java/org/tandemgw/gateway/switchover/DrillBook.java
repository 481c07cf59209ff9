package org.tandemgw.gateway.switchover;

/**
 * What must survive of drills. Times are UTC.
 *
 * @param number the newest number given away; 0: none
 * @param newest the drill under way, or the last one that was begun; null: none ever
 * @param skipped the newest that was on the schedule and was not begun, if none was begun since; null: none
 * @param sinceMs from when on a schedule has been in force; 0: none ever was
 * @param passedMs when the newest drill that passed was begun; 0: none ever did
 * @param slotMs the newest date of the schedule that is settled: a drill was begun, or it was skipped; 0: none
 * @param triedMs the newest date at which Tandem ran and wanted to begin; 0: none
 */
public record DrillBook(
        long number, Drill newest, Drill skipped, long sinceMs, long passedMs, long slotMs, long triedMs) {
    /** Nothing was ever done. */
    public static final DrillBook EMPTY = new DrillBook(0, null, null, 0, 0, 0, 0);

    /** The one under way; null: none. */
    public Drill open() {
        return newest != null && newest.open() ? newest : null;
    }

    /** The next one has a number above this. */
    public DrillBook numberedFrom(long newestNumber) {
        return new DrillBook(newestNumber, newest, skipped, sinceMs, passedMs, slotMs, triedMs);
    }

    /** What lies in the future was written by a clock that was wrong. */
    DrillBook notAfter(long ms) {
        return Math.max(sinceMs, Math.max(passedMs, slotMs)) <= ms
                ? this
                : new DrillBook(
                        number,
                        newest,
                        skipped,
                        Math.min(sinceMs, ms),
                        Math.min(passedMs, ms),
                        Math.min(slotMs, ms),
                        triedMs);
    }

    DrillBook since(long ms) {
        return new DrillBook(number, newest, skipped, ms, passedMs, slotMs, triedMs);
    }

    DrillBook begun(Drill drill, long atSlotMs) {
        return new DrillBook(drill.number(), drill, null, sinceMs, passedMs, atSlotMs, triedMs);
    }

    DrillBook with(Drill drill) {
        final boolean passed = drill.verdict() == DrillVerdict.PASSED;
        return new DrillBook(
                number, drill, skipped, sinceMs, passed ? drill.begunAt().toEpochMilli() : passedMs, slotMs, triedMs);
    }

    DrillBook skips(Drill drill, long atSlotMs) {
        return new DrillBook(drill.number(), newest, drill, sinceMs, passedMs, atSlotMs, triedMs);
    }

    DrillBook tries(long atSlotMs) {
        return new DrillBook(number, newest, skipped, sinceMs, passedMs, slotMs, atSlotMs);
    }
}
