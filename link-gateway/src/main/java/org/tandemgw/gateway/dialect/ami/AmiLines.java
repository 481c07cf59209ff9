package org.tandemgw.gateway.dialect.ami;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the lines of one AMI message, without copying. A line is {@code Name: value}; names are compared without regard to case. What a name occurs
 * twice for is the caller's business: each line is met once, in order. Reused; belongs to one thread.
 */
public final class AmiLines {
    private byte[] buffer;
    private int end;
    private int from;
    private int next;
    private int to;
    private int valueFrom;

    /** Begins before the first line of a message. */
    public AmiLines over(byte[] message, int offset, int length) {
        buffer = message;
        next = offset;
        end = offset + length;
        return this;
    }

    /** Goes to the next line. False if there is none. */
    public boolean next() {
        from = next;
        if (from >= end) {
            return false;
        }
        int at = from;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        next = Math.min(end, at + 1);
        to = at > from && buffer[at - 1] == '\r' ? at - 1 : at;
        valueFrom = -1;
        return true;
    }

    /** Whether the line has this name, which ends with a colon. */
    public boolean isNamed(byte[] nameAndColon) {
        if (to - from < nameAndColon.length) {
            return false;
        }
        for (int i = 0; i < nameAndColon.length; i++) {
            if (lower(buffer[from + i]) != lower(nameAndColon[i])) {
                return false;
            }
        }
        valueFrom = from + nameAndColon.length;
        while (valueFrom < to && buffer[valueFrom] == ' ') {
            valueFrom++;
        }
        return true;
    }

    /** Where the line begins. */
    public int lineFrom() {
        return from;
    }

    /** Where the next line begins. */
    public int lineTo() {
        return next;
    }

    /** Whether the value of the line that {@link #isNamed} has known begins with these bytes. */
    public boolean valueStartsWith(byte[] beginning) {
        return to - valueFrom >= beginning.length
                && java.util.Arrays.equals(
                        buffer, valueFrom, valueFrom + beginning.length, beginning, 0, beginning.length);
    }

    /** Where the value begins. */
    public int valueFrom() {
        return valueFrom;
    }

    /** Where the value ends. */
    public int valueTo() {
        return to;
    }

    /** Whether the value is exactly this. */
    public boolean valueIs(byte[] text) {
        return to - valueFrom == text.length && valueStartsWith(text);
    }

    /** The value as a number without a sign; -1 if it is none, or too large. */
    public long number() {
        long number = 0;
        if (valueFrom == to || to - valueFrom > 18) {
            return -1;
        }
        for (int i = valueFrom; i < to; i++) {
            final int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The value, each byte one character. */
    public String value() {
        return new String(buffer, valueFrom, to - valueFrom, StandardCharsets.ISO_8859_1);
    }

    /** The name of a header and its colon, as {@link #isNamed} wants it. */
    public static byte[] name(String name) {
        return (name + ':').getBytes(StandardCharsets.US_ASCII);
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
