package org.tandemgw.gateway.feed;

/**
 * How one ACD's feed to one server stands, at one moment. Immutable.
 *
 * @param server the server's name
 * @param acd the ACD's name
 * @param session what the journal's present generation is called on the wire
 * @param connected whether the server is logged in
 * @param peer its address, or empty
 * @param hold up to here the server has everything, as far as we can know: records after it are held for it. -1: it was never here, and nothing is
 *     held
 * @param cursor what the server has; 0 where it was never here
 * @param cursorKind what the cursor rests on
 * @param confirmed the last sequence that it is known to have (a login at n, a report, what was held for it over a restart), or -1 if it never said. A
 *     login at 0 says nothing
 * @param acknowledged the last sequence that TCP has acknowledged, of this connection or the last one; never below what the server said at its login
 * @param sent the last sequence written to its socket
 * @param lagFrames records that may be sent and are above the cursor
 * @param parity how far it is from parity, at the last look of {@link FeedWatch}
 * @param lagMs since when the oldest record not written to the socket has been waiting; 0 if there is none
 * @param standsMs how long it has had nothing more of what was written to it, as far as that was counted; 0: it has all of it, or got on
 * @param rejectedLogins logins refused; those that name no ACD count at the first
 * @param badPackets packets that ended a connection, and reports of what was never sent; those of observers count too, those before a login at the first ACD
 * @param ignoredPackets unsequenced packets that were no report; of a native feed whose ACD does not listen, how often its client said something
 * @param replaced connections closed because a newer login came
 * @param deniedActions what clients of a native feed asked for and was refused
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
        long hold,
        long cursor,
        CursorKind cursorKind,
        long confirmed,
        long acknowledged,
        long sent,
        long lagFrames,
        Parity parity,
        long lagMs,
        long standsMs,
        long rejectedLogins,
        long badPackets,
        long ignoredPackets,
        long replaced,
        long deniedActions,
        long digestThrough,
        String digest,
        String lastRefusal) {

    /** What a cursor rests on. */
    public enum CursorKind {
        /** This generation was never fed to the server: it has nothing of it, as far as we can know. */
        NONE,
        /** The server said so. */
        CONFIRMED,
        /** TCP has acknowledged it: it has reached the server's machine, which does not prove that the server has stored it. */
        ACKNOWLEDGED;

        /** The word that programs read. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
