package org.tandemgw.gateway.dialect;

/** Tells the frames that belong to one leg's session from those that belong to the stream. One per leg; intake thread. */
public interface LegFrames {
    /** A session begins. */
    default void sessionBegins() {}

    /**
     * Whether this frame stays out of the stream.
     *
     * @param atNs when it came, UTC
     */
    boolean isLocal(byte[] buffer, int offset, int length, long atNs);
}
