package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What an operator has taken out of service until he puts it back. Stands beside the modes and changes none of them, so that what was in effect before is in
 * effect again once it has ended.
 *
 * @param server who is never promoted meanwhile; null: the whole site, and nothing is switched by itself
 * @param who took it out
 * @param why he did
 * @param sinceMs when he did, by the clock on the wall
 * @param untilMs when he wanted to be done: from then on nothing is kept quiet any more
 */
public record Maintenance(String server, String who, String why, long sinceMs, long untilMs) {
    private static final int MOST_WHY = 200;
    private static final long WRONG_MS = 3_600_000;

    /** Cuts a long reason: the whole of it stands in the audit file, and the control file is small. */
    public Maintenance {
        why = why == null || why.length() <= MOST_WHY ? why : why.substring(0, MOST_WHY) + "…";
    }

    /** Also one that was begun in the future: by a clock that was wrong, so that nobody knows until when it was planned. */
    boolean overdue(long utcMs) {
        return utcMs >= untilMs || sinceMs > utcMs + WRONG_MS;
    }

    /** Whole, for an operator. */
    String sentence() {
        return (server == null
                        ? "automatic switching is suspended for maintenance "
                        : server + " is out for maintenance ")
                + detail();
    }

    /** Since when, until when, who and why. */
    public String detail() {
        return "since " + time(sinceMs) + ", planned until " + time(untilMs) + ", by " + who
                + (why == null || why.isBlank() ? "" : ": " + why);
    }

    /** The command that ends it. */
    String off() {
        return off(server);
    }

    static String off(String server) {
        return "tandem maintenance off " + (server == null ? "" : server + " ") + "--reason …";
    }

    static String time(long atMs) {
        return Instant.ofEpochMilli(atMs).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
