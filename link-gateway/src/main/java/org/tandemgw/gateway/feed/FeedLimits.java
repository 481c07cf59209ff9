package org.tandemgw.gateway.feed;

/**
 * The bounds of a feed.
 *
 * @param heartbeatMs a heartbeat is sent when nothing else was for so long
 * @param silenceMs a logged-in client from which no whole packet came for so long is closed; must exceed its heartbeat interval
 * @param loginMs a connection that has not logged in after so long is closed, however busily it sends bytes
 * @param waiting connections that may wait for their login; one more closes the oldest of them
 * @param recordsPerTurn records that one session may send before the others of its thread have their turn
 * @param retryMs how often an address that is not there yet is tried again
 * @param catchUpPerSecond records a second at most for a session that is behind; 0: as many as it takes
 */
public record FeedLimits(
        int heartbeatMs,
        int silenceMs,
        int loginMs,
        int waiting,
        int recordsPerTurn,
        int retryMs,
        long catchUpPerSecond) {
    /** What docs/feeds.md promises. */
    public static final FeedLimits DEFAULT = new FeedLimits(1_000, 15_000, 15_000, 64, 4_096, 1_000);

    /** Checks the relations. */
    public FeedLimits {
        if (heartbeatMs < 10 || silenceMs < 2 * heartbeatMs || loginMs < 1) {
            throw new IllegalArgumentException("silence of " + silenceMs + " ms must be at least two heartbeats of "
                    + heartbeatMs + " ms, which must be at least 10 ms; login " + loginMs + " ms");
        }
        if (waiting < 1 || recordsPerTurn < 1 || retryMs < 1 || catchUpPerSecond < 0) {
            throw new IllegalArgumentException(
                    "waiting, recordsPerTurn and retryMs must be positive, catchUpPerSecond not negative");
        }
    }

    /** Without a limit for those who are behind. */
    public FeedLimits(int heartbeatMs, int silenceMs, int loginMs, int waiting, int recordsPerTurn, int retryMs) {
        this(heartbeatMs, silenceMs, loginMs, waiting, recordsPerTurn, retryMs, 0);
    }

    /** The same bounds with another limit for those who are behind. */
    public FeedLimits withCatchUp(long perSecond) {
        return new FeedLimits(heartbeatMs, silenceMs, loginMs, waiting, recordsPerTurn, retryMs, perSecond);
    }

    /** Heartbeats and time limits are looked at five times per heartbeat interval. */
    int tickMs() {
        return heartbeatMs / 5;
    }
}
