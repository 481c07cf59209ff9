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

    /** The session is ready and known to be so: asks what it has to ask. */
    default void begun() {}

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
