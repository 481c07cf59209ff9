package org.tandemgw.gateway.dialect;

/**
 * The 128-bit key of a frame: equal for the same frame on both legs. Two different frames may have equal bytes and so equal
 * keys; which of them is meant is decided by place, not here. Belongs to the intake thread; allocates nothing per frame.
 */
public interface FrameIdentity {
    /** No number. */
    long NO_NUMBER = -1;

    /**
     * Computes the key of a frame.
     *
     * @param atNs when it came, UTC
     */
    void of(byte[] buffer, int offset, int length, long atNs);

    /** The first half of the key computed last. */
    long high();

    /** The second half of the key computed last. */
    long low();

    /** The ACD's own number of that frame, which it gives to one frame only while it runs; or {@link #NO_NUMBER}. */
    default long number() {
        return NO_NUMBER;
    }
}
