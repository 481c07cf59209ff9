package org.tandemgw.gateway.switchover;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a word and {@code key=value} pairs. What is not a plain word stands in quotes; what is null is left out. */
final class TextLine {
    private static final int CONTROL = 0x20;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String word;
    private final Map<String, String> values = new LinkedHashMap<>();

    TextLine(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    TextLine with(String key, Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
        return this;
    }

    /** Null: it was not there. */
    String text(String key) {
        return values.get(key);
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException if it is not there
     */
    String needed(String key) {
        final String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(word + " has no " + key);
        }
        return value;
    }

    long number(String key) {
        return Long.parseLong(needed(key));
    }

    boolean yes(String key) {
        return switch (needed(key)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(word + ": " + key + " is neither yes nor no");
        };
    }

    /** The constant whose word this is. */
    <E extends Enum<E>> E constant(String key, Class<E> type) {
        for (final E each : type.getEnumConstants()) {
            if (each.toString().equals(needed(key))) {
                return each;
            }
        }
        throw new IllegalArgumentException(word + ": '" + needed(key) + "' is no " + key);
    }

    static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    @Override
    public String toString() {
        final StringBuilder line = new StringBuilder(word);
        values.forEach((key, value) -> quote(line.append(' ').append(key).append('='), value));
        return line.toString();
    }

    private static void quote(StringBuilder line, String value) {
        if (!value.isEmpty() && value.chars().allMatch(TextLine::plain)) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < CONTROL || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_./:,;@+*()".indexOf(c) >= 0;
    }

    /**
     * The line that was written.
     *
     * @throws IllegalArgumentException if it is none
     */
    static TextLine read(String text) {
        final int first = text.indexOf(' ');
        final TextLine line = new TextLine(first < 0 ? text : text.substring(0, first));
        int at = first < 0 ? text.length() : first + 1;
        while (at < text.length()) {
            final int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw new IllegalArgumentException("no value: " + text.substring(at));
            }
            final StringBuilder value = new StringBuilder();
            final int end = value(text, equals + 1, value);
            line.values.put(text.substring(at, equals), value.toString());
            at = end + 1;
        }
        return line;
    }

    private static int value(String text, int from, StringBuilder value) {
        if (from >= text.length() || text.charAt(from) != '"') {
            final int blank = text.indexOf(' ', from);
            final int end = blank < 0 ? text.length() : blank;
            value.append(text, from, end);
            return end;
        }
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) != '\\') {
                value.append(text.charAt(at++));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == 'u') {
                value.append((char) Integer.parseInt(text.substring(at + 2, at + 2 + HEX_DIGITS), HEX));
                at += 2 + HEX_DIGITS;
            } else {
                value.append(text.charAt(at + 1));
                at += 2;
            }
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("a quote does not end: " + text.substring(from));
        }
        return at + 1;
    }
}
