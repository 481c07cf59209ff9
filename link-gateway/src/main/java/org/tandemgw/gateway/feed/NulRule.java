package org.tandemgw.gateway.feed;

/**
 * How a sequenced packet tells a frame from the other records. A record that is not a frame is NUL and a JSON object; a frame that looks like
 * that, NULs and then '{', is sent with one NUL more, which the reader takes away. Pure; any thread.
 */
final class NulRule {
    private NulRule() {}

    /** Whether these bytes match NULs and then '{': a frame that must be sent with one NUL more. */
    static boolean needsNul(byte[] bytes, int offset, int length) {
        return length > 1 && bytes[offset] == 0 && firstIsBraceAfterNuls(bytes, offset + 1, length - 1);
    }

    /** Whether a received packet is a record that is not a frame: NUL, then '{'. */
    static boolean isNote(byte[] bytes, int offset, int length) {
        return length > 1 && bytes[offset] == 0 && bytes[offset + 1] == '{';
    }

    /** How many leading bytes of a received packet are not the record's own: 1 for a note and for an escaped frame, else 0. */
    static int strip(byte[] bytes, int offset, int length) {
        return needsNul(bytes, offset, length) ? 1 : 0;
    }

    private static boolean firstIsBraceAfterNuls(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != 0) {
                return bytes[i] == '{';
            }
        }
        return false;
    }
}
