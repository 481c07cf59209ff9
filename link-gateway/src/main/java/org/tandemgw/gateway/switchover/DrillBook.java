package org.tandemgw.gateway.switchover;

import java.time.Instant;

/**
 * What must survive of drills. Times are UTC.
 *
 * @param number the newest number given away; 0: none
 * @param newest the drill under way, or the last one that was begun; null: none ever
 * @param skipped the newest that was on the schedule and was not begun, if none was begun since; null: none
 * @param sinceMs from when on the schedule has been in force; 0: there is none
 * @param passedMs when the newest drill that passed was begun; 0: none ever did
 * @param slotMs the newest date of the schedule that is settled: a drill was begun, or it was skipped; 0: none
 * @param triedMs the newest date at which Tandem ran and wanted to begin; 0: none
 * @param schedule the one that has been in force since then; null: there is none, or what wrote this did not know
 */
public record DrillBook(
        long number,
        Drill newest,
        Drill skipped,
        long sinceMs,
        long passedMs,
        long slotMs,
        long triedMs,
        String schedule) {
    /** Nothing was ever done. */
    public static final DrillBook EMPTY = new DrillBook(0, null, null, 0, 0, 0, 0, null);

    /** The one under way; null: none. */
    public Drill open() {
        return newest != null && newest.open() ? newest : null;
    }

    /** The next one has a number above this. */
    public DrillBook numberedFrom(long newestNumber) {
        return new DrillBook(newestNumber, newest, skipped, sinceMs, passedMs, slotMs, triedMs, schedule);
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
                        triedMs,
                        schedule);
    }

    /**
     * By this schedule: one that came or was changed counts from now.
     *
     * @param now null: there is none
     */
    DrillBook by(String now, long ms) {
        if (now == null) {
            return sinceMs == 0 && schedule == null ? this : since(0, null);
        }
        if (sinceMs > 0 && (schedule == null || schedule.equals(now))) {
            return schedule == null ? since(sinceMs, now) : this;
        }
        return since(ms, now);
    }

    private DrillBook since(long ms, String now) {
        return new DrillBook(number, newest, skipped, ms, passedMs, slotMs, triedMs, now);
    }

    /** What goes on from here does not know what became of the one under way. */
    public DrillBook interrupted(String why, long ms) {
        return open() == null ? this : with(newest.over(DrillVerdict.INTERRUPTED, why, null, Instant.ofEpochMilli(ms)));
    }

    DrillBook begun(Drill drill, long atSlotMs) {
        return new DrillBook(drill.number(), drill, null, sinceMs, passedMs, atSlotMs, triedMs, schedule);
    }

    DrillBook with(Drill drill) {
        final boolean passed = drill.verdict() == DrillVerdict.PASSED;
        return new DrillBook(
                number,
                drill,
                skipped,
                sinceMs,
                passed ? drill.begunAt().toEpochMilli() : passedMs,
                slotMs,
                triedMs,
                schedule);
    }

    DrillBook skips(Drill drill, long atSlotMs) {
        return new DrillBook(drill.number(), newest, drill, sinceMs, passedMs, atSlotMs, triedMs, schedule);
    }

    DrillBook tries(long atSlotMs) {
        return new DrillBook(number, newest, skipped, sinceMs, passedMs, slotMs, atSlotMs, schedule);
    }
}
