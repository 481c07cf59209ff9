package org.tandemgw.gateway.frame;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Turns the bytes of one leg into whole frames. Free of the channel: bytes in, frames out, and a place to stand.
 *
 * <p>Called on the intake thread only. Frames that lie whole in the input are handed on without a copy; the beginning of a
 * frame that continues in the next input is kept in one buffer of at most the carried length. A longer frame is
 * digested while it passes by and never kept, so memory is bounded whatever the ACD sends.
 */
public abstract class LinkFrameDecoder {
    /** The longest frame that can be carried: a SoupBinTCP packet holds two bytes of length and one of type. */
    public static final int MAX_FRAME = 65_534;

    /**
     * What a decoder accepts.
     *
     * @param carry the longest frame that is carried whole, at most {@link #MAX_FRAME}; a longer one is digested
     * @param believe the longest frame that is believed to be one; beyond it the framing is broken
     */
    public record Limits(int carry, long believe) {
        /** The widest. */
        public static final Limits WIDEST = new Limits(MAX_FRAME, 16L << 20);

        /** Checks the relation. */
        public Limits {
            if (carry < 1 || carry > MAX_FRAME || believe < carry) {
                throw new IllegalArgumentException("carry " + carry + ", believe " + believe);
            }
        }
    }

    /** How much of a frame is carried, and how much is believed. */
    protected final Limits limits;

    private final FrameSink sink;
    private final MessageDigest sha256;

    private byte[] pending = new byte[4096];
    private int pendingLength;

    private long longLength;

    private volatile long damaged;

    /** For subclasses. */
    protected LinkFrameDecoder(Limits limits, FrameSink sink) {
        this.limits = limits;
        this.sink = sink;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /**
     * Decodes what came.
     *
     * @return false if the framing is broken for good and the connection must be closed; nothing after the break is decoded
     */
    public abstract boolean decode(byte[] input, int offset, int length);

    /** The connection ended: forgets a frame that had begun. A begun frame is counted as damaged. */
    public void reset() {
        if (pendingLength > 0 || longLength > 0) {
            countDamage();
        }
        pendingLength = 0;
        longLength = 0;
    }

    /** Frames cut off by the end of a connection, and places where the framing broke. Any thread. */
    public final long damaged() {
        return damaged;
    }

    /** Bytes kept of a frame that is not whole yet. */
    protected final int pendingLength() {
        return pendingLength;
    }

    /** A byte of the frame that has begun, by its index in the frame. */
    protected final byte pendingAt(int index) {
        return pending[index];
    }

    /** How much of the frame that has begun is here. */
    protected final long begunLength() {
        return longLength > 0 ? longLength : pendingLength;
    }

    /** Keeps the bytes of a frame that goes on in a later input. */
    protected final void keep(byte[] input, int offset, int length) {
        if (longLength == 0 && pendingLength + length <= limits.carry()) {
            if (pendingLength + length > pending.length) {
                pending = Arrays.copyOf(
                        pending, Math.min(limits.carry(), Math.max(pendingLength + length, 2 * pending.length)));
            }
            System.arraycopy(input, offset, pending, pendingLength, length);
            pendingLength += length;
            return;
        }
        if (longLength == 0) {
            sha256.reset();
            sha256.update(pending, 0, pendingLength);
            longLength = pendingLength;
            pendingLength = 0;
        }
        sha256.update(input, offset, length);
        longLength += length;
    }

    /** The frame ends with these bytes of the input: hands on what is kept and them. */
    protected final void finish(byte[] input, int offset, int length) {
        if (pendingLength == 0 && longLength == 0 && length <= limits.carry()) {
            sink.onFrame(input, offset, length);
            return;
        }
        keep(input, offset, length);
        if (longLength > 0) {
            final long whole = longLength;
            longLength = 0;
            sink.onLongFrame(whole, sha256.digest());
        } else {
            final int whole = pendingLength;
            pendingLength = 0;
            sink.onFrame(pending, 0, whole);
        }
    }

    /** The frame ended before the last bytes that were kept: hands on the first {@code kept - later} bytes; the others begin the next one. */
    protected final void finishEarlier(int later) {
        final int whole = pendingLength - later;
        sink.onFrame(pending, 0, whole);
        System.arraycopy(pending, whole, pending, 0, later);
        pendingLength = later;
    }

    /** What is kept is no part of any frame. */
    protected final void forget() {
        pendingLength = 0;
    }

    /** The framing is broken: forgets what has begun and counts it. */
    protected final void broken() {
        pendingLength = 0;
        longLength = 0;
        countDamage();
    }

    /** Counts one place where the ACD did not speak as it should. */
    protected final void countDamage() {
        damaged = damaged + 1;
    }
}
