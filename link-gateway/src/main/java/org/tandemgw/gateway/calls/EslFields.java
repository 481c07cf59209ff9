package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tandemgw.gateway.frame.EslHead;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallText;

/**
 * Where the values of one event of a FreeSWITCH stand in its bytes, and what they are once their percent signs are decoded. Of a header that is there twice the first counts.
 * Allocates nothing per frame, keeps nothing of a frame but places, and reads no more than {@link #MAX_LINES} lines.
 */
final class EslFields {
    static final int MAX_LINES = 4_096;

    private static final WordTable<EslField> FIELDS = new WordTable<>(EslField.values(), field -> field.lower);
    private static final WordTable<EslEventName> EVENTS = new WordTable<>(EslEventName.values(), event -> event.lower);
    private static final byte[] UNDEFINED = ascii("_undef_");
    private static final byte[] NAME = ascii("event-name:");
    private static final int VARIABLE = "variable_".length();
    private static final int MOST_DIGITS = 18;
    private static final long NS_PER_US = 1_000;
    private static final long US_PER_S = 1_000_000;
    private static final long MOST_US = Long.MAX_VALUE / NS_PER_US - 1;
    /** The longest value that is read: a text of an event and what makes it too long. */
    private static final int LONGEST = CallEvent.MAX_TEXT_BYTES + 4;

    private final EslHead head = new EslHead();
    private final int[] from = new int[EslField.values().length];
    private final int[] to = new int[EslField.values().length];
    private final byte[] decoded = new byte[LONGEST];
    private final byte[] other = new byte[LONGEST];
    private byte[] buffer;

    /** Reads a frame; null if it is none that says something about calls or agents. */
    EslEventName read(byte[] bytes, int offset, int length) {
        buffer = bytes;
        final int inside = head.read(bytes, offset, length);
        if (head.kind() != EslHead.Kind.EVENT) {
            return null;
        }
        final int end = offset + length;
        final EslEventName name = name(offset + inside, end);
        if (name == null) {
            return null;
        }
        Arrays.fill(to, 0);
        int line = offset + inside;
        for (int lines = 0; line < end && lines < MAX_LINES; lines++) {
            final int lineEnd = endOfLine(line, end);
            if (lineEnd == line && lines > 0) {
                break; // a body follows
            }
            header(line, lineEnd);
            line = lineEnd + 1;
        }
        return name;
    }

    /** Mostly it is the first line: what is not read any further costs no more than that. */
    private EslEventName name(int start, int end) {
        int line = start;
        for (int lines = 0; line < end && lines < MAX_LINES; lines++) {
            final int lineEnd = endOfLine(line, end);
            if (begins(line, lineEnd)) {
                final int value = skipBlanks(line + NAME.length, lineEnd);
                return EVENTS.find(buffer, value, withoutReturn(value, lineEnd));
            }
            if (lineEnd == line && lines > 0) {
                return null;
            }
            line = lineEnd + 1;
        }
        return null;
    }

    private boolean begins(int line, int lineEnd) {
        if (lineEnd - line < NAME.length) {
            return false;
        }
        for (int i = 0; i < NAME.length; i++) {
            if (WordTable.lower(buffer[line + i]) != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private void header(int line, int lineEnd) {
        if (isAnotherVariable(line, lineEnd)) {
            return;
        }
        int colon = line;
        while (colon < lineEnd && buffer[colon] != ':') {
            colon++;
        }
        final EslField field = colon < lineEnd ? FIELDS.find(buffer, line, colon) : null;
        if (field != null && to[field.ordinal()] == 0) {
            final int value = skipBlanks(colon + 1, lineEnd);
            from[field.ordinal()] = value;
            to[field.ordinal()] = withoutReturn(value, lineEnd);
        }
    }

    /** Most lines are variables of the channel, and of those few are read. */
    private boolean isAnotherVariable(int line, int lineEnd) {
        if (lineEnd - line <= VARIABLE || WordTable.lower(buffer[line]) != 'v') {
            return false;
        }
        final int first = WordTable.lower(buffer[line + VARIABLE]);
        return first != 'c' && first != 't'; // cc_…, transfer_source
    }

    private int endOfLine(int line, int end) {
        int at = line;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private int skipBlanks(int at, int end) {
        int next = at;
        while (next < end && buffer[next] == ' ') {
            next++;
        }
        return next;
    }

    private int withoutReturn(int start, int end) {
        return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    private int length(EslField field) {
        return to[field.ordinal()] == 0 ? 0 : to[field.ordinal()] - from[field.ordinal()];
    }

    boolean has(EslField field) {
        return length(field) > 0 && !raw(field, UNDEFINED);
    }

    private boolean raw(EslField field, byte[] text) {
        final int at = from[field.ordinal()];
        return length(field) == text.length && Arrays.equals(buffer, at, at + text.length, text, 0, text.length);
    }

    /** Whether this is its value, decoded. */
    boolean is(EslField field, byte[] text) {
        return has(field)
                && text.length <= length(field)
                && decode(field, decoded) == text.length
                && Arrays.equals(decoded, 0, text.length, text, 0, text.length);
    }

    boolean equal(EslField one, EslField another) {
        if (!has(one) || !has(another)) {
            return false;
        }
        final int length = decode(one, decoded);
        return length == decode(another, other) && Arrays.equals(decoded, 0, length, other, 0, length);
    }

    void copy(EslField field, CallText as, CallEvent event) {
        event.text(as, decoded, 0, decode(field, decoded));
    }

    /** Writes the value without its percent signs; what only looks like one stays. How long it is: as much as there is room for. */
    private int decode(EslField field, byte[] into) {
        final int end = to[field.ordinal()];
        int length = 0;
        for (int at = from[field.ordinal()]; at < end && length < into.length; at++) {
            byte b = buffer[at];
            if (b == '%' && at + 2 < end) {
                final int high = Character.digit(buffer[at + 1], 16);
                final int low = Character.digit(buffer[at + 2], 16);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    at += 2;
                }
            }
            into[length++] = b;
        }
        return length;
    }

    /** A time that the ACD writes in microseconds; 0 if it told none. */
    long microsNs(EslField field) {
        final long us = has(field) ? number(from[field.ordinal()], to[field.ordinal()]) : -1;
        return us <= 0 || us > MOST_US ? 0 : us * NS_PER_US;
    }

    /** Whether the number that this value begins with, in seconds, is the time of the event, or up to {@code withinS} before. */
    boolean isJustNow(EslField field, long withinS) {
        final long nowUs = has(EslField.TIMESTAMP) && has(field)
                ? number(from[EslField.TIMESTAMP.ordinal()], to[EslField.TIMESTAMP.ordinal()])
                : -1;
        int digit = from[field.ordinal()];
        while (digit < to[field.ordinal()] && buffer[digit] >= '0' && buffer[digit] <= '9') {
            digit++;
        }
        final long thenS = nowUs < 0 ? -1 : number(from[field.ordinal()], digit);
        final long agoS = nowUs / US_PER_S - thenS;
        return thenS > 0 && agoS >= 0 && agoS <= withinS;
    }

    private long number(int start, int end) {
        if (start >= end || end - start > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return -1;
            }
            number = 10 * number + buffer[i] - '0';
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
