package org.tandemgw.gateway.switchover;

import java.time.Instant;

/**
 * One drill: out to the other server, and home. Component names are JSON keys; times are UTC.
 *
 * @param home the server that was active as it began
 * @param away the other one
 * @param reason the operator's, or the schedule
 * @param who an operator; {@code tandem} for one on the schedule
 * @param out number of the decision that went out; 0: none was begun
 * @param epoch of the newest switchover of this drill; 0: none was begun
 * @param awayAt when the other server had taken over; null: it has not
 * @param back number of the newest decision that went home; 0: none was begun
 * @param tries how often it was begun to go home
 * @param verdict null while it is under way
 * @param why in one sentence; null where there is nothing to say
 * @param configHash of the configuration that it was begun under; null: it was not begun
 * @param active the server in control as it ended; null: none was known, or it is under way
 */
public record Drill(
        long number,
        DrillStage stage,
        String home,
        String away,
        String reason,
        String who,
        boolean scheduled,
        int callsAtMost,
        Instant begunAt,
        long out,
        long epoch,
        Instant awayAt,
        long back,
        int tries,
        Instant endedAt,
        DrillVerdict verdict,
        String why,
        String active,
        String configHash) {
    /** Whether it has no verdict yet. */
    public boolean open() {
        return verdict == null;
    }

    /** In one line, for logs, hooks and the audit file. */
    public String sentence() {
        final String what = "drill " + number + (scheduled ? " (on schedule)" : "");
        if (verdict == DrillVerdict.SKIPPED) {
            return what + " skipped: " + why;
        }
        final String way = home + " to " + away + " and back";
        return open() ? what + " begins: " + way : what + " " + verdict + ": " + (why == null ? way : why);
    }

    Drill away(Instant at) {
        return with(DrillStage.AWAY, epoch, awayAt == null ? at : awayAt, back, tries, null, null, null, null);
    }

    /** What a clock that was ahead wrote down would have it wait for too long. */
    Drill notAwayAfter(Instant now) {
        return awayAt == null || !awayAt.isAfter(now)
                ? this
                : with(stage, epoch, now, back, tries, null, null, null, null);
    }

    Drill goingHome(long decision, long withEpoch) {
        return with(DrillStage.HOME, withEpoch, awayAt, decision, tries + 1, null, null, null, null);
    }

    Drill over(DrillVerdict how, String because, String nowActive, Instant at) {
        return with(DrillStage.OVER, epoch, awayAt, back, tries, at, how, because, nowActive);
    }

    private Drill with(
            DrillStage to,
            long newest,
            Instant since,
            long decision,
            int begun,
            Instant ended,
            DrillVerdict how,
            String because,
            String nowActive) {
        return new Drill(
                number,
                to,
                home,
                away,
                reason,
                who,
                scheduled,
                callsAtMost,
                begunAt,
                out,
                newest,
                since,
                decision,
                begun,
                ended,
                how,
                because,
                nowActive,
                configHash);
    }
}
