package org.tandemgw.gateway.calls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One item of a list of a FreeSWITCH as names and values: a JSON object whose values are texts and numbers, or the names of columns, LF, and a row of them between {@code |}.
 * What is neither gives what could be read of it. Lists are rare: this allocates.
 */
final class EslRow {
    private static final int MOST_COLUMNS = 256;

    private final Map<String, byte[]> values = new HashMap<>();

    private EslRow() {}

    static EslRow of(byte[] buffer, int offset, int length) {
        final EslRow row = new EslRow();
        if (length > 0 && buffer[offset] == '{') {
            row.json(buffer, offset + 1, offset + length);
        } else {
            row.table(buffer, offset, offset + length);
        }
        return row;
    }

    /** Null if there is none, or it is empty. */
    byte[] bytes(String name) {
        return values.get(name);
    }

    /** Empty if there is none. */
    String text(String name) {
        final byte[] bytes = values.get(name);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A whole number without a sign; -1 if it is none. */
    long number(String name) {
        final String text = text(name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private void put(String name, byte[] value) {
        if (value.length > 0 && values.size() < MOST_COLUMNS) {
            values.putIfAbsent(name, value);
        }
    }

    private void table(byte[] buffer, int from, int end) {
        int row = from;
        while (row < end && buffer[row] != '\n') {
            row++;
        }
        final int names = row++;
        int name = from;
        for (int column = 0; name <= names && row <= end && column < MOST_COLUMNS; column++) {
            final int nameEnd = bar(buffer, name, names);
            final int valueEnd = bar(buffer, row, end);
            put(
                    new String(buffer, name, nameEnd - name, StandardCharsets.ISO_8859_1),
                    java.util.Arrays.copyOfRange(buffer, row, valueEnd));
            name = nameEnd + 1;
            row = valueEnd + 1;
        }
    }

    private static int bar(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && buffer[at] != '|') {
            at++;
        }
        return at;
    }

    private void json(byte[] buffer, int from, int end) {
        int at = from;
        String name = null;
        while (at < end) {
            if (buffer[at] == '"') {
                final ByteArrayOutputStream text = new ByteArrayOutputStream();
                at = string(buffer, at + 1, end, text);
                if (name == null) {
                    name = text.toString(StandardCharsets.UTF_8);
                } else {
                    put(name, text.toByteArray());
                    name = null;
                }
            } else if (buffer[at] == ',') {
                name = null;
                at++;
            } else if (name != null && (buffer[at] >= '0' && buffer[at] <= '9' || buffer[at] == '-')) {
                final int start = at;
                while (at < end && buffer[at] != ',' && buffer[at] != '}' && buffer[at] > ' ') {
                    at++;
                }
                put(name, java.util.Arrays.copyOfRange(buffer, start, at));
                name = null;
            } else {
                at++;
            }
        }
    }

    /** Where it goes on behind the text. */
    private static int string(byte[] buffer, int from, int end, ByteArrayOutputStream into) {
        int at = from;
        while (at < end && buffer[at] != '"') {
            if (buffer[at] == '\\' && at + 1 < end) {
                at++;
                switch (buffer[at]) {
                    case 'n' -> into.write('\n');
                    case 't' -> into.write('\t');
                    case 'r' -> into.write('\r');
                    case 'b' -> into.write('\b');
                    case 'f' -> into.write('\f');
                    case 'u' -> at = letter(buffer, at, end, into);
                    default -> into.write(buffer[at]);
                }
            } else {
                into.write(buffer[at]);
            }
            at++;
        }
        return at + 1;
    }

    /** The last byte of it. */
    private static int letter(byte[] buffer, int at, int end, ByteArrayOutputStream into) {
        int letter = 0;
        for (int i = at + 1; i <= at + 4; i++) {
            final int digit = i < end ? Character.digit(buffer[i], 16) : -1;
            if (digit < 0) {
                return at;
            }
            letter = letter << 4 | digit;
        }
        into.writeBytes(Character.toString((char) letter).getBytes(StandardCharsets.UTF_8));
        return at + 4;
    }
}
