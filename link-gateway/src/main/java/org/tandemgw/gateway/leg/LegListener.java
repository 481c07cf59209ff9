package org.tandemgw.gateway.leg;

/** What a leg tells. All calls come on the ACD's intake thread. */
public interface LegListener {
    /** The session is ready: shared frames may follow. */
    void connected(int leg);

    /** The session has ended; {@link #connected} was called for it before. */
    void disconnected(int leg, String why);

    /** What {@link #bytes} says when the framing is broken and the connection must be closed. */
    int BROKEN = -1;

    /**
     * Bytes of the session, valid during the call.
     *
     * @return how many were taken, or {@link #BROKEN}. The leg keeps the rest, and reads nothing more until
     *     {@link AcdLeg#goOn}
     */
    int bytes(int leg, byte[] buffer, int offset, int length);

    /** All that the socket held has been delivered for now. */
    void batchEnd();

    /** Who takes what the ACD tells the leg's session of how things stand, beside the stream. Asked once for each session. */
    LegSession.Listing listing(int leg);
}
