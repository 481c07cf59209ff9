package org.tandemgw.gateway.frame;

import java.nio.charset.StandardCharsets;

/**
 * What the outer header of a message of FreeSWITCH's event socket says, line by line: what kind of message it is, and how many bytes follow. Reused; belongs to
 * one thread. Keeps nothing of a line.
 */
public final class EslHead {
    /** What a message is. */
    public enum Kind {
        /** An event: its header and its body are one frame of the stream. */
        EVENT,
        /** An answer, a notice: it belongs to the session. */
        ANSWER,
        /** Nothing that this language has. */
        UNKNOWN
    }

    /** A longer body is not believed to be one. */
    public static final long LONGEST_BODY = 16L << 20;

    /** Nothing that is looked for in a line stands behind this many bytes. */
    static final int LOOKED_AT = 64;

    private static final byte[] LENGTH = ascii("content-length:");
    private static final byte[] TYPE = ascii("content-type:");
    private static final byte[] EVENT = ascii("text/event-");
    private static final int MOST_DIGITS = 10;

    private Kind kind = Kind.UNKNOWN;
    private long bodyBytes;
    private boolean lengthTold;
    private boolean possible = true;
    private boolean odd;

    /** A header begins. */
    void begin() {
        kind = Kind.UNKNOWN;
        bodyBytes = 0;
        lengthTold = false;
        possible = true;
        odd = false;
    }

    /** A line of it, without LF. */
    void line(byte[] buffer, int from, int to) {
        final int end = Math.min(to > from && buffer[to - 1] == '\r' ? to - 1 : to, from + LOOKED_AT);
        if (begins(buffer, from, end, LENGTH)) {
            if (!lengthTold) {
                lengthTold = true;
                length(buffer, from + LENGTH.length, end);
            }
        } else if (begins(buffer, from, end, TYPE)) {
            int value = from + TYPE.length;
            while (value < end && buffer[value] == ' ') {
                value++;
            }
            kind = begins(buffer, value, end, EVENT) ? Kind.EVENT : Kind.ANSWER;
        } else {
            int colon = from;
            while (colon < end && buffer[colon] != ':') {
                colon++;
            }
            odd |= colon == end && to - from < LOOKED_AT;
        }
    }

    private void length(byte[] buffer, int from, int end) {
        int start = from;
        while (start < end && buffer[start] == ' ') {
            start++;
        }
        possible = end > start && end - start <= MOST_DIGITS;
        long length = 0;
        for (int at = start; at < end && possible; at++) {
            possible = buffer[at] >= '0' && buffer[at] <= '9';
            length = 10 * length + buffer[at] - '0';
        }
        possible &= length <= LONGEST_BODY;
        bodyBytes = possible ? length : 0;
    }

    /** Reads the header that a message begins with; the number of its bytes, with the empty line. */
    public int read(byte[] buffer, int offset, int length) {
        begin();
        final int end = offset + length;
        int from = offset;
        while (from < end) {
            int at = from;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (isEmpty(buffer, from, at)) {
                return Math.min(end, at + 1) - offset;
            }
            line(buffer, from, at);
            from = at + 1;
        }
        return length;
    }

    static boolean isEmpty(byte[] buffer, int from, int to) {
        return to == from || to == from + 1 && buffer[from] == '\r';
    }

    /** What the message is. */
    public Kind kind() {
        return kind;
    }

    /** How many bytes follow the header. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** False where the length cannot be one: nobody knows where the next message begins. */
    boolean possible() {
        return possible;
    }

    /** Whether a line was none. */
    boolean odd() {
        return odd;
    }

    private static boolean begins(byte[] buffer, int from, int end, byte[] lower) {
        if (end - from < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            final byte b = buffer[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
