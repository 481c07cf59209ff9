package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts the answer to a list into its items, as it comes. FreeSWITCH has two forms: a JSON object with {@code row_count} and {@code rows}, and lines of columns
 * between {@code |}, the first with their names, the last {@code +OK}. An item is the JSON object of a row; or the line of the names, LF, and the line of the row.
 * An answer that begins with {@code -} is a refusal. Memory is bounded: an item beyond {@link #LONGEST_ROW} is left out, and then the list was not whole.
 */
final class EslRows {
    static final int LONGEST_ROW = 32 * 1024;
    private static final int LONGEST_FRAMEWORK = 1_024;
    private static final byte[] ROW_COUNT = "\"row_count\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "+OK".getBytes(StandardCharsets.US_ASCII);

    private enum Form {
        NOT_BEGUN,
        JSON,
        TABLE,
        REFUSAL
    }

    private final Consumer<byte[]> items;
    private Form form = Form.NOT_BEGUN;
    private byte[] row = new byte[1_024];
    private int rowLength;
    private boolean tooLong;
    private byte[] names;
    private boolean ok;
    private int rows;
    private int depth;
    private boolean inText;
    private boolean escaped;
    private final byte[] framework = new byte[LONGEST_FRAMEWORK];
    private int frameworkLength;

    /** @param items gets each item, an array of its own */
    EslRows(Consumer<byte[]> items) {
        this.items = items;
    }

    /** A list begins. */
    void begin() {
        form = Form.NOT_BEGUN;
        rowLength = 0;
        tooLong = false;
        names = null;
        ok = false;
        rows = 0;
        depth = 0;
        inText = false;
        escaped = false;
        frameworkLength = 0;
    }

    void take(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            final byte b = buffer[i];
            switch (form) {
                case NOT_BEGUN -> {
                    if (b > ' ' || b < 0) {
                        form = b == '{' ? Form.JSON : b == '-' ? Form.REFUSAL : Form.TABLE;
                        i--;
                    }
                }
                case JSON -> json(b);
                case TABLE -> table(b);
                case REFUSAL -> keep(b);
            }
        }
    }

    /** That was all. */
    void end() {
        if (form == Form.TABLE && rowLength > 0) {
            line();
        }
    }

    boolean refused() {
        return form == Form.REFUSAL;
    }

    /** What the refusal says. */
    String refusal() {
        return new String(row, 0, Math.min(rowLength, 200), StandardCharsets.ISO_8859_1);
    }

    /** Whether all came that there is. */
    boolean whole() {
        return !tooLong
                && switch (form) {
                    case JSON -> depth == 0 && rows == rowsTold();
                    case TABLE -> ok;
                    case NOT_BEGUN, REFUSAL -> false;
                };
    }

    private void json(byte b) {
        if (depth == 2) {
            keep(b);
        } else if (frameworkLength < framework.length) {
            framework[frameworkLength++] = b;
        }
        if (inText) {
            inText = escaped || b != '"';
            escaped = !escaped && b == '\\';
        } else if (b == '"') {
            inText = true;
        } else if (b == '{') {
            depth++;
            if (depth == 2) {
                rowLength = 0;
                keep(b);
            }
        } else if (b == '}' && depth > 0) {
            depth--;
            if (depth == 1) {
                hand(Arrays.copyOf(row, rowLength));
            }
        }
    }

    /** -1 if it was not told. */
    private long rowsTold() {
        for (int at = 0; at + ROW_COUNT.length < frameworkLength; at++) {
            if (Arrays.equals(framework, at, at + ROW_COUNT.length, ROW_COUNT, 0, ROW_COUNT.length)) {
                int digit = at + ROW_COUNT.length;
                while (digit < frameworkLength && framework[digit] == ' ') {
                    digit++;
                }
                long told = 0;
                final int first = digit;
                while (digit < frameworkLength
                        && framework[digit] >= '0'
                        && framework[digit] <= '9'
                        && told < 1L << 40) {
                    told = 10 * told + framework[digit++] - '0';
                }
                return digit == first ? -1 : told;
            }
        }
        return -1;
    }

    private void table(byte b) {
        if (b == '\n') {
            line();
        } else if (b != '\r') {
            keep(b);
        }
    }

    private void line() {
        if (Arrays.equals(row, 0, rowLength, OK, 0, OK.length)) {
            ok = true;
        } else if (rowLength > 0 && names == null) {
            names = Arrays.copyOf(row, rowLength);
        } else if (rowLength > 0) {
            final byte[] item = Arrays.copyOf(names, names.length + 1 + rowLength);
            item[names.length] = '\n';
            System.arraycopy(row, 0, item, names.length + 1, rowLength);
            hand(item);
        }
        rowLength = 0;
    }

    private void hand(byte[] item) {
        rows++;
        if (!tooLong) {
            items.accept(item);
        }
        rowLength = 0;
    }

    private void keep(byte b) {
        if (rowLength == LONGEST_ROW) {
            tooLong = true;
            return;
        }
        if (rowLength == row.length) {
            row = Arrays.copyOf(row, Math.min(LONGEST_ROW, 2 * row.length));
        }
        row[rowLength++] = b;
    }
}
