package org.tandemgw.gateway.leg;

/**
 * The conversation of one connection: what is said to log in, what is asked then, what keeps it alive. It says what to send through what it was
 * made with, and knows no socket, clock or thread. On the ACD's intake thread, but for {@link #snapshotting}.
 */
public interface LegSession {
    /** How a session begins on a new connection. */
    @FunctionalInterface
    interface Plan {
        /** The conversation of a new connection, which has said already what it says unasked. */
        LegSession begin(java.util.function.Consumer<byte[]> out);
    }

    /** Takes what the ACD tells of how things stand. On the intake thread. */
    interface Listing {
        void began();

        /** One item, valid during the call. */
        void item(byte[] buffer, int offset, int length);

        /**
         * That was all.
         *
         * @param calls whether the calls were listed whole
         * @param agents whether the agents were
         */
        void ended(boolean calls, boolean agents);
    }

    /**
     * Bytes have come before the session was ready.
     *
     * @return how many of them belong to the login; the rest belongs to the session. -1: see {@link #refusal}
     */
    int offer(byte[] buffer, int offset, int length);

    /** Whether shared frames may follow. */
    boolean ready();

    /** Rises when the login has got on by a step. */
    int step();

    /** How long the present step may take, in ms. */
    long timeoutMs();

    /** What the present step waits for, as people read it. */
    String awaited();

    /** Why {@link #offer} gave up. */
    String refusal();

    /** Whether it is the ACD that refused us: asking again at once would help nobody. */
    default boolean loginRefused() {
        return false;
    }

    /** The session is ready and known to be so: asks what it has to ask. What is answered goes to {@code listing}. */
    default void begun(Listing listing) {}

    /** Asks again how things stand, if it asks that at all and has been answered before. */
    default void askAgain() {}

    /** A frame that belongs to the session alone. */
    default void heard(byte[] buffer, int offset, int length) {}

    /** How often {@link #keepAlive} is due, in ms; 0 if never. */
    long keepAliveEveryMs();

    /** It is due: says something. */
    void keepAlive();

    /** Whether what {@link #keepAlive} says is answered, so that nothing heard until the next one means that nobody is there. */
    default boolean keepAliveIsAnswered() {
        return false;
    }

    /** Whether the ACD is telling how things stand. Any thread. */
    default boolean snapshotting() {
        return false;
    }

    /** What the ACD told when it was last asked how things stand; empty if it was not. */
    default String snapshot() {
        return "";
    }
}
