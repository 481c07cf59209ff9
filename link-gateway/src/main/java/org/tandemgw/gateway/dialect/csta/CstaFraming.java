package org.tandemgw.gateway.dialect.csta;

import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/**
 * Frames of ECMA-323 over TCP without SOAP.
 *
 * <pre>
 *  0        2        4                 8                 length
 *  +--------+--------+-----------------+------------------+
 *  | 00 00  | length | four digits     | a document in XML|
 *  +--------+--------+-----------------+------------------+
 *    format   big-endian, without a sign, counting all of it; the digits are the invoke id, 9999 for an event
 * </pre>
 *
 * <p>Another format, or a length that leaves no room for a document, breaks the framing: no boundary is ever guessed. An invoke id that is no number is counted, and
 * the frame handed on.
 */
class CstaFraming extends LinkFrameDecoder {
    static final int HEADER = 8;

    private final byte[] header = new byte[HEADER];
    private int headed;

    /** The whole length of the frame that has begun; 0 while its header is not complete. */
    private int whole;

    CstaFraming(Limits limits, FrameSink sink) {
        super(limits, sink);
    }

    @Override
    public void reset() {
        super.reset();
        begin();
    }

    private void begin() {
        whole = 0;
        headed = 0;
    }

    /** How many bytes complete what has begun: a header, or the frame. */
    final int missing() {
        return whole == 0 ? HEADER - headed : whole - (int) begunLength();
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        while (start < limit) {
            if (whole == 0) {
                final int begun = headed;
                final int more = Math.min(HEADER - begun, limit - start);
                System.arraycopy(input, start, header, begun, more);
                headed += more;
                if (headed < HEADER) {
                    keep(input, start, more);
                    return true;
                }
                if (!believes()) {
                    broken();
                    begin();
                    return false;
                }
            }
            final int missing = whole - (int) begunLength();
            if (missing > limit - start) {
                keep(input, start, limit - start);
                return true;
            }
            begin();
            finish(input, start, missing);
            start += missing;
        }
        return true;
    }

    private boolean believes() {
        whole = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
        if (header[0] != 0 || header[1] != 0 || whole <= HEADER) {
            return false;
        }
        for (int i = 4; i < HEADER; i++) {
            if (header[i] < '0' || header[i] > '9') {
                countDamage();
                break;
            }
        }
        return true;
    }
}
