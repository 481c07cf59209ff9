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

    /** The ACD begins to tell the leg how things stand, beside the stream. */
    default void listBegan(int leg) {}

    /** One item of that, valid during the call. */
    default void listItem(int leg, byte[] buffer, int offset, int length) {}

    /** That was all. Which lists were whole: that of the calls, and that of the agents. */
    default void listEnded(int leg, boolean calls, boolean agents) {}
}
