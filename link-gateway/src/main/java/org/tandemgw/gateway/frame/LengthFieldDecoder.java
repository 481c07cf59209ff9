package org.tandemgw.gateway.frame;

/**
 * Frames that carry their length in a field, which belongs to the frame.
 *
 * <pre>
 *  0        offset   offset+size                    field+adjust
 *  +--------+--------+------------------------------+
 *  | prefix | length | the rest                     |
 *  +--------+--------+------------------------------+
 * </pre>
 *
 * <p>A length that is shorter than the header or longer than is believed breaks the framing: no boundary is ever guessed.
 */
public final class LengthFieldDecoder extends LinkFrameDecoder {
    private final int fieldOffset;
    private final int fieldSize;
    private final boolean littleEndian;
    private final long adjust;
    private final int headerLength;

    /** The whole length of the frame that has begun; 0 while its header is not complete. */
    private long whole;

    /**
     * A decoder.
     *
     * @param fieldSize 1, 2 or 4; read without a sign
     * @param adjust what is added to the field to get the length of the whole frame
     */
    public LengthFieldDecoder(
            int fieldOffset, int fieldSize, boolean littleEndian, long adjust, Limits limits, FrameSink sink) {
        super(limits, sink);
        if (fieldOffset < 0 || fieldOffset > 1024 || fieldSize != 1 && fieldSize != 2 && fieldSize != 4) {
            throw new IllegalArgumentException(
                    "a length field has offset 0 to 1024 and size 1, 2 or 4, not " + fieldOffset + " and " + fieldSize);
        }
        this.fieldOffset = fieldOffset;
        this.fieldSize = fieldSize;
        this.littleEndian = littleEndian;
        this.adjust = adjust;
        this.headerLength = fieldOffset + fieldSize;
    }

    @Override
    public void reset() {
        super.reset();
        whole = 0;
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        while (start < limit) {
            if (whole == 0 && !header(input, start, limit)) {
                if (whole < 0) {
                    whole = 0;
                    broken();
                    return false;
                }
                keep(input, start, limit - start);
                return true;
            }
            final long missing = whole - begunLength();
            if (missing > limit - start) {
                keep(input, start, limit - start);
                return true;
            }
            whole = 0;
            finish(input, start, (int) missing);
            start += (int) missing;
        }
        return true;
    }

    /** Reads the length if the header is here. Sets {@link #whole} to -1 if it cannot be believed. */
    private boolean header(byte[] input, int start, int limit) {
        final int begun = pendingLength();
        if (begun + (limit - start) < headerLength) {
            return false;
        }
        long field = 0;
        for (int i = 0; i < fieldSize; i++) {
            final int index = fieldOffset + (littleEndian ? fieldSize - 1 - i : i);
            final byte b = index < begun ? pendingAt(index) : input[start + index - begun];
            field = field << 8 | b & 0xFF;
        }
        final long length = field + adjust;
        if (length < headerLength || length > limits.believe()) {
            whole = -1;
            return false;
        }
        whole = length;
        return true;
    }
}
