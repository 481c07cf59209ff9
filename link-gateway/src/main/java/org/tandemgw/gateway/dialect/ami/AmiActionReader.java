package org.tandemgw.gateway.dialect.ami;

import java.nio.charset.StandardCharsets;

/**
 * Bytes of a client in, actions out: lines ended by CR LF or LF, and an empty line. Holds what has not been taken yet; a single action has a limit, and
 * who goes beyond it is not understood any more, for ever.
 */
final class AmiActionReader {
    /** The longest action. */
    static final int LONGEST = 16 * 1024;
    /** Asterisk itself takes 128 lines. */
    static final int MOST_LINES = 256;

    private byte[] held = new byte[512];
    /** The first byte of the action that is being read. */
    private int from;
    /** The first byte of its line that has no end yet, and how far that was looked for. */
    private int line;

    private int looked;
    private int end;
    private AmiAction action = new AmiAction();
    private int lines;
    private String wrong = "";

    /** Takes bytes. They are kept until {@link #next} has made actions of them. */
    void add(byte[] bytes, int offset, int length) {
        if (!wrong.isEmpty()) {
            return;
        }
        if (end + length > held.length) {
            makeRoom(length);
        }
        System.arraycopy(bytes, offset, held, end, length);
        end += length;
    }

    /** The next action that is whole; null if there is none yet, or none any more. */
    AmiAction next() {
        while (wrong.isEmpty() && looked < end) {
            if (held[looked++] == '\n') {
                final AmiAction whole = endOfLine(looked - 1);
                line = looked;
                if (whole != null) {
                    from = line;
                    return whole;
                }
            }
            if (looked - from > LONGEST || lines > MOST_LINES) {
                wrong = looked - from > LONGEST
                        ? "an action of more than " + LONGEST + " bytes"
                        : "an action of more than " + MOST_LINES + " lines";
            }
        }
        return null;
    }

    /** Why nothing more is understood; empty while all is well. */
    String wrong() {
        return wrong;
    }

    /** How much is held. */
    int heldBytes() {
        return end - from;
    }

    /** The action, if this line ended it. */
    private AmiAction endOfLine(int at) {
        final int stop = at > line && held[at - 1] == '\r' ? at - 1 : at;
        if (stop == line) {
            final AmiAction whole = lines > 0 ? action : null;
            action = lines > 0 ? new AmiAction() : action;
            from = lines > 0 ? from : at + 1;
            lines = 0;
            return whole;
        }
        lines++;
        int colon = line;
        while (colon < stop && held[colon] != ':') {
            colon++;
        }
        if (colon < stop) {
            action.put(text(line, colon), text(colon + 1, stop).strip());
        }
        return null;
    }

    private String text(int start, int stop) {
        return new String(held, start, stop - start, StandardCharsets.ISO_8859_1);
    }

    private void makeRoom(int more) {
        final int size = end - from;
        final byte[] to =
                size + more > held.length ? new byte[Math.max(size + more, Math.min(2 * held.length, LONGEST))] : held;
        System.arraycopy(held, from, to, 0, size);
        line -= from;
        looked -= from;
        from = 0;
        end = size;
        held = to;
    }
}
