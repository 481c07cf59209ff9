package org.tandemgw.gateway.probe;

/** What the feeds know of a server's reading. Called on the thread {@code probe-net}; must not block. */
@FunctionalInterface
public interface FeedFacts {
    /**
     * How one feed stands.
     *
     * @param connected whether the server is logged in
     * @param cursor what it has
     * @param behind records that it could have and has not
     * @param standsMs how long it has had nothing more of what was written to it; grows only when that is counted anew
     * @param othersStand whether a feed of another server stands as well
     */
    record Reading(boolean connected, long cursor, long behind, long standsMs, boolean othersStand) {}

    /** The feed of one ACD to one server; null if there is none. */
    Reading of(String server, String acd);
}
