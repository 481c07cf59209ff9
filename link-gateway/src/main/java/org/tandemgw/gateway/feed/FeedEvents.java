package org.tandemgw.gateway.feed;

/** What a feed tells the rest of the house. Called on the feed's thread: return at once. Observers cause none of these. */
public interface FeedEvents {
    /** A server logged in and gets everything from {@code start} on; what was said about it before is over. */
    void loggedIn(String server, String acd, String peer, long start);

    /** Its connection ended. */
    void ended(String server, String acd, String why);

    /**
     * It asked for sequences that are no longer kept, or they were dropped while it was too slow for them: {@code from} to {@code to} are lost
     * to it. With {@code on-lost: continue} this comes just after {@link #loggedIn}, and stands.
     */
    void serverLost(String server, String acd, long from, long to);

    /** It claims to have what this journal never held; told once as long as the claim stands. */
    void serverAhead(String server, String acd, String what);

    /** Its digest through {@code through} is not the journal's. */
    void serverDiffers(String server, String acd, long through, String theirs, String ours);

    /** A newer login took the place of a living connection. */
    void replaced(String server, String acd, String oldPeer, String newPeer);

    /** A client of a native feed asked for something that is not done: {@code who} and what, in its own word, which may be anything. */
    default void denied(String server, String acd, String who, String action) {}
}
