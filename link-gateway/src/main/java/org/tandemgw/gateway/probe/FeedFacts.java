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
     */
    record Reading(boolean connected, long cursor, long behind) {}

    /** The feed of one ACD to one server; null if there is none. */
    Reading of(String server, String acd);
}
