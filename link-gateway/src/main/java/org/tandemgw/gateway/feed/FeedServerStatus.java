package org.tandemgw.gateway.feed;

import java.util.List;

/**
 * How one feed server stands, at one moment.
 *
 * @param server the server's name
 * @param listening whether and why not
 * @param waiting connections that have not logged in
 * @param pushedOut connections closed to make room for newer ones, before they logged in
 * @param tooLate connections closed because no login came in time
 * @param feeds one entry per ACD
 */
public record FeedServerStatus(
        String server, Listening listening, int waiting, long pushedOut, long tooLate, List<FeedStatus> feeds) {

    /** What the listening socket is doing. */
    public enum Listening {
        /** Not started. */
        NO,
        /** Accepting connections. */
        YES,
        /** The address is not on this machine yet; tried again and again. */
        ADDRESS_MISSING,
        /** The address is here, but the port is taken or may not be had; at the start the caller is told, later tried again and again. */
        PORT_IN_USE,
        /** Closed for good. */
        CLOSED
    }
}
