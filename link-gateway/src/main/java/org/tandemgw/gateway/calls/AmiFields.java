package org.tandemgw.gateway.calls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallText;

/**
 * Where the values of one AMI event stand in its bytes. Of a header that is there twice the first counts. Allocates nothing per frame, keeps nothing of a frame
 * but places, and reads no more than {@link #MAX_LINES} lines.
 */
final class AmiFields {
    static final int MAX_LINES = 4_096;

    private static final WordTable<AmiField> FIELDS = new WordTable<>(AmiField.values(), field -> field.lower);
    private static final WordTable<AmiEventName> EVENTS = new WordTable<>(AmiEventName.values(), event -> event.lower);
    private static final int EVENT_LENGTH = 6; // "Event:"
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MOST_DIGITS = 10;
    /** A later time does not fit into nanoseconds; it is none. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / NS_PER_SECOND - 1;

    private static final byte[][] AFTER_CALL_WORK = {ascii("wrapup"), ascii("acw"), ascii("after call work")};

    private final int[] from = new int[AmiField.values().length];
    private final int[] to = new int[AmiField.values().length];
    private byte[] buffer;

    /** Reads a frame; null if it is none that says something about calls or agents. */
    AmiEventName read(byte[] bytes, int offset, int length) {
        buffer = bytes;
        final int end = offset + length;
        int lineEnd = endOfLine(offset, end);
        if (lineEnd - offset < EVENT_LENGTH
                || WordTable.lower(bytes[offset]) != 'e'
                || bytes[offset + EVENT_LENGTH - 1] != ':') {
            return null;
        }
        final int name = skipBlanks(offset + EVENT_LENGTH, lineEnd);
        final AmiEventName event = EVENTS.find(bytes, name, withoutReturn(name, lineEnd));
        if (event == null) {
            return null;
        }
        Arrays.fill(to, 0);
        int line = lineEnd + 1;
        for (int lines = 1; line < end && lines < MAX_LINES; lines++) {
            lineEnd = endOfLine(line, end);
            header(line, lineEnd);
            line = lineEnd + 1;
        }
        return event;
    }

    private void header(int line, int lineEnd) {
        int colon = line;
        while (colon < lineEnd && buffer[colon] != ':') {
            colon++;
        }
        final AmiField field = colon < lineEnd ? FIELDS.find(buffer, line, colon) : null;
        if (field != null && to[field.ordinal()] == 0) {
            final int value = skipBlanks(colon + 1, lineEnd);
            from[field.ordinal()] = value;
            to[field.ordinal()] = withoutReturn(value, lineEnd);
        }
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

    private int length(AmiField field) {
        return to[field.ordinal()] == 0 ? 0 : to[field.ordinal()] - from[field.ordinal()];
    }

    boolean has(AmiField field) {
        return length(field) > 0;
    }

    boolean is(AmiField field, byte[] text) {
        final int at = from[field.ordinal()];
        return length(field) == text.length && Arrays.equals(buffer, at, at + text.length, text, 0, text.length);
    }

    /** After-call work is a pause whose reason says so. */
    boolean isPausedAfterACall() {
        for (final byte[] reason : AFTER_CALL_WORK) {
            if (isIgnoringCase(AmiField.PAUSED_REASON, reason)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIgnoringCase(AmiField field, byte[] lowerText) {
        if (length(field) != lowerText.length) {
            return false;
        }
        for (int i = 0; i < lowerText.length; i++) {
            if (WordTable.lower(buffer[from[field.ordinal()] + i]) != lowerText[i]) {
                return false;
            }
        }
        return true;
    }

    boolean equal(AmiField one, AmiField other) {
        return has(one)
                && length(one) == length(other)
                && Arrays.equals(
                        buffer,
                        from[one.ordinal()],
                        to[one.ordinal()],
                        buffer,
                        from[other.ordinal()],
                        to[other.ordinal()]);
    }

    void copy(AmiField field, CallText as, CallEvent event) {
        event.text(as, buffer, from[field.ordinal()], length(field));
    }

    /** A whole number without a sign of at most ten digits; -1 if it is none. */
    long number(AmiField field) {
        return has(field) ? number(from[field.ordinal()], to[field.ordinal()]) : -1;
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

    /** The ACD's own time, seconds and microseconds; 0 if it told none. */
    long timestampNs() {
        return has(AmiField.TIMESTAMP)
                ? secondsAndMore(from[AmiField.TIMESTAMP.ordinal()], to[AmiField.TIMESTAMP.ordinal()])
                : 0;
    }

    private long secondsAndMore(int start, int end) {
        int point = start;
        while (point < end && buffer[point] != '.') {
            point++;
        }
        final long seconds = number(start, point);
        if (seconds < 0 || seconds > MOST_SECONDS) {
            return 0;
        }
        long fraction = 0;
        long unit = NS_PER_SECOND / 10;
        for (int i = point + 1; i < end && unit > 0; i++, unit /= 10) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return 0;
            }
            fraction += unit * (buffer[i] - '0');
        }
        return seconds * NS_PER_SECOND + fraction;
    }

    /** The time in an id such as {@code 1767600000.12} or {@code pbx-1767600000.12}; 0 if there is none in it. */
    long secondsNs(AmiField id) {
        if (!has(id)) {
            return 0;
        }
        int point = to[id.ordinal()] - 1;
        while (point > from[id.ordinal()] && buffer[point] != '.') {
            point--;
        }
        int start = point;
        while (start > from[id.ordinal()] && buffer[start - 1] >= '0' && buffer[start - 1] <= '9') {
            start--;
        }
        final long seconds = number(start, point);
        return seconds < 0 || seconds > MOST_SECONDS ? 0 : seconds * NS_PER_SECOND;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
