package org.tandemgw.gateway.dialect.esl;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Bytes of a client in, commands out: a line with the command, perhaps header lines, of which {@code Job-UUID} is kept, an empty line, and {@code Content-Length} bytes
 * that nobody here reads. Holds what has not
 * been taken yet; a single command has a limit, and who goes beyond it is not understood any more, for ever.
 */
final class EslRequestReader {
    /** The longest command, and the longest body. */
    static final int LONGEST = 16 * 1024;

    private static final String JOB = "Job-UUID:";

    private byte[] held = new byte[512];
    private int from;
    private int looked;
    private int end;
    private int line;
    private String command;
    private int skip;
    private int bodyBytes;
    private String job = "";
    private String wrong = "";

    /** Takes bytes. They are kept until {@link #next} has made commands of them. */
    void add(byte[] bytes, int offset, int length) {
        if (!wrong.isEmpty()) {
            return;
        }
        if (end + length > held.length) {
            final int size = end - from;
            final byte[] to = size + length > held.length
                    ? new byte[Math.max(size + length, Math.min(2 * held.length, LONGEST))]
                    : held;
            System.arraycopy(held, from, to, 0, size);
            looked -= from;
            line -= from;
            from = 0;
            end = size;
            held = to;
        }
        System.arraycopy(bytes, offset, held, end, length);
        end += length;
    }

    /** The next command that is whole, each character one byte; null if there is none yet, or none any more. */
    String next() {
        while (wrong.isEmpty() && looked < end) {
            if (skip > 0) {
                final int part = Math.min(skip, end - looked);
                skip -= part;
                looked += part;
                from = looked;
                line = looked;
                continue;
            }
            if (held[looked++] == '\n') {
                final String whole = endOfLine();
                line = looked;
                if (command == null) {
                    from = looked;
                }
                if (whole != null) {
                    return whole;
                }
            }
            if (looked - from > LONGEST) {
                wrong = "a command of more than " + LONGEST + " bytes";
            }
        }
        return null;
    }

    /** The command, if this line ended it. */
    private String endOfLine() {
        final String text = new String(held, line, looked - 1 - line, StandardCharsets.ISO_8859_1).strip();
        if (command == null) {
            command = text.isEmpty() ? null : text;
            bodyBytes = 0;
            job = "";
            return null;
        }
        if (!text.isEmpty()) {
            length(text.toLowerCase(Locale.ROOT));
            if (text.regionMatches(true, 0, JOB, 0, JOB.length())) {
                job = text.substring(JOB.length()).strip();
            }
            return null;
        }
        final String whole = command;
        command = null;
        skip = bodyBytes;
        return whole;
    }

    private void length(String header) {
        if (header.startsWith("content-length:")) {
            final String value = header.substring(15).strip();
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > LONGEST) {
                wrong = "a command with a body of more than " + LONGEST + " bytes";
            } else {
                bodyBytes = Integer.parseInt(value);
            }
        }
    }

    /** What the command that came last calls its job; empty if it says nothing of one. */
    String job() {
        return job;
    }

    /** Why nothing more is understood; empty while all is well. */
    String wrong() {
        return wrong;
    }

    /** How much is held. */
    int heldBytes() {
        return end - from;
    }
}
