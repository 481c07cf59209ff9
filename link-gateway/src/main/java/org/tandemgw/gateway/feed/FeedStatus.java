package org.tandemgw.gateway.feed;

/**
 * How one ACD's feed to one server stands, at one moment. Immutable.
 *
 * @param server the server's name
 * @param acd the ACD's name
 * @param session what the journal's present generation is called on the wire
 * @param connected whether the server is logged in
 * @param peer its address, or empty
 * @param cursor what the server has: {@code confirmed} if the kind says so, else {@code sent}
 * @param cursorKind what the cursor rests on
 * @param confirmed the last sequence that it is known to have (a login at n, a report), or -1 if it never said. A login at 0 says nothing
 * @param sent the last sequence written to its socket
 * @param lagFrames records that may be sent and are above the cursor
 * @param lagMs since when the oldest record not written to the socket has been waiting; 0 if there is none
 * @param rejectedLogins logins refused; those that name no ACD count at the first
 * @param badPackets packets that ended a connection, and reports of what was never sent; those of observers count too, those before a login at the first ACD
 * @param ignoredPackets unsequenced packets that were no report
 * @param replaced connections closed because a newer login came
 * @param digestThrough the sequence that {@code digest} is about, or -1 while none is known
 * @param digest the chained digest of what was sent, lower-case hex, or null
 * @param lastRefusal the text of the last refused login, or empty
 */
public record FeedStatus(
        String server,
        String acd,
        String session,
        boolean connected,
        String peer,
        long cursor,
        CursorKind cursorKind,
        long confirmed,
        long sent,
        long lagFrames,
        long lagMs,
        long rejectedLogins,
        long badPackets,
        long ignoredPackets,
        long replaced,
        long digestThrough,
        String digest,
        String lastRefusal) {

    /**
     * Up to here the server has everything, as far as we can know: records after it are held for it. -1: it was never here, and
     * nothing is held.
     */
    public long hold() {
        return confirmed < 0 && !connected ? -1 : cursor;
    }

    /** What a cursor rests on. */
    public enum CursorKind {
        /** The server said so. */
        CONFIRMED,
        /** It was written to the server's socket, which proves nothing. */
        SENT;

        /** The word that programs read. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
