package org.tandemgw.gateway.switchover;

/**
 * What the file says of drills.
 *
 * @param everyMs how long after one that passed the next is to be begun at the latest; 0: there is no schedule
 * @param day of the week, 1 is Monday
 * @param minute of that day, in the site's time zone
 * @param withinMs so long after its time one on the schedule is tried again
 * @param callsAtMost not while more calls are up, or while their number is not known
 * @param homeWithinMs so long the way home is waited for
 */
public record DrillRules(long everyMs, int day, int minute, long withinMs, int callsAtMost, long homeWithinMs) {
    private static final long HOME_WITHIN_MS = 900_000;

    /** The file says nothing. */
    public static final DrillRules NONE = new DrillRules(0, 0, 0, 0, 0, HOME_WITHIN_MS);

    /** When, in short; null: there is no schedule. */
    String schedule(String timeZone) {
        return scheduled() ? everyMs + " ms, day " + day + ", minute " + minute + ", " + timeZone : null;
    }

    boolean scheduled() {
        return everyMs > 0;
    }
}
