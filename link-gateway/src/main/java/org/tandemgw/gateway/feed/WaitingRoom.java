package org.tandemgw.gateway.feed;

import java.util.LinkedHashSet;

/**
 * Connections without a seat, oldest first: those that have not logged in, or those that only ask. Bounded: one more than the limit closes the oldest, so that idle strangers
 * never keep a good login out, for that needs only a moment in here. The feed's thread.
 */
final class WaitingRoom {
    private final int limit;
    private final LinkedHashSet<FeedConnection> waiting = new LinkedHashSet<>();

    WaitingRoom(int limit) {
        this.limit = limit;
    }

    /** Takes one in and returns the one that must go for it, or null. */
    FeedConnection enter(FeedConnection connection) {
        FeedConnection oldest = null;
        if (waiting.size() == limit) {
            oldest = waiting.iterator().next();
            waiting.remove(oldest);
        }
        waiting.add(connection);
        return oldest;
    }

    void leave(FeedConnection connection) {
        waiting.remove(connection);
    }

    int size() {
        return waiting.size();
    }
}
