package org.tandemgw.gateway.frame;

import java.nio.charset.StandardCharsets;

/**
 * The messages of the Asterisk Manager Interface: lines ended by CR LF or LF, and an empty line, which belongs to the frame.
 *
 * <pre>
 *  +--------------------------------+
 *  | Asterisk Call Manager/9.0.0 ↵  |  the banner: a frame of one line, only as the first after a connect
 *  +--------------------------------+
 *  | Event: Newchannel ↵            |
 *  | Privilege: call,all ↵          |
 *  | Uniqueid: 1767600000.1 ↵       |
 *  | ↵                              |
 *  +--------------------------------+
 * </pre>
 *
 * <p>Empty lines between messages are nothing. A block that begins neither with {@code Event:} nor {@code Response:} is
 * counted as damage and handed on all the same: no bytes of an ACD are thrown away for looking odd.
 *
 * <p>{@code Response: Follows} is the one message of old releases that has free text with empty lines in it. Nobody here asks
 * for it. Should it come, it ends where its end marker says, or, since not everybody who says Follows writes the marker, before the first event or
 * response that follows an empty line; and it must fit a frame, or the framing is broken.
 */
public final class AmiDecoder extends LinkFrameDecoder {
    private static final byte[] BANNER = ascii("Asterisk Call Manager");
    private static final byte[] EVENT = ascii("Event:");
    private static final byte[] RESPONSE = ascii("Response:");
    private static final byte[] ACTION = ascii("Action:");
    private static final byte[] FOLLOWS = ascii("Response: Follows");
    private static final byte[] END_OF_FOLLOWS = ascii("--END COMMAND--");
    private static final long LF = ByteScan.everywhere((byte) '\n');

    /** The beginning of a line that came in pieces is kept this far: enough for every text that is looked for. */
    private static final int HEAD = 24;

    private enum Place {
        /** Before the first line of a message. */
        BETWEEN,
        /** In a message that ends with the next empty line. */
        IN_BLOCK,
        /** The same in one that begins like no message does. */
        IN_UNKNOWN,
        /** In a Follows, after a line that is not empty. */
        IN_FOLLOWS,
        /** In a Follows, after an empty line: perhaps its end. */
        PERHAPS_ENDED
    }

    private final byte[] head = new byte[HEAD];
    private Place place = Place.BETWEEN;
    private boolean first = true;

    /** How much of the present line came in earlier inputs, and the beginning of it. */
    private long lineBefore;

    /** The line that has just ended, or its beginning. */
    private byte[] line;

    private int lineOffset;
    private int lineLength;

    /** A decoder. */
    public AmiDecoder(Limits limits, FrameSink sink) {
        super(limits, sink);
    }

    @Override
    public void reset() {
        super.reset();
        begin();
        first = true;
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        int from = offset;
        while (true) {
            final int at = ByteScan.indexOf(input, from, limit, LF);
            if (at < 0) {
                if (start < limit) {
                    keep(input, start, limit - start);
                    rememberLine(input, from, limit - from);
                }
                return believable();
            }
            seeLine(input, from, at);
            if (place == Place.PERHAPS_ENDED && (lineIs(EVENT) || lineIs(RESPONSE))) {
                if (lineBefore == 0) {
                    finish(input, start, from - start);
                    start = from;
                } else {
                    finishEarlier((int) lineBefore);
                }
                place = Place.BETWEEN;
            }
            start = endOfLine(input, start, at);
            lineBefore = 0;
            from = at + 1;
        }
    }

    /** Goes on by one line, which ends at {@code at}. Returns where what is not handed on yet begins. */
    private int endOfLine(byte[] input, int start, int at) {
        final boolean empty = lineLength == 0 || lineLength == 1 && line[lineOffset] == '\r';
        switch (place) {
            case BETWEEN -> {
                if (empty) {
                    forget();
                    return at + 1;
                }
                place = kind();
                if (first && lineIs(BANNER)) {
                    place = Place.BETWEEN;
                    finish(input, start, at + 1 - start);
                    first = false;
                    return at + 1;
                }
                first = false;
            }
            case IN_BLOCK, IN_UNKNOWN -> {
                if (empty) {
                    if (place == Place.IN_UNKNOWN) {
                        countDamage();
                    }
                    place = Place.BETWEEN;
                    finish(input, start, at + 1 - start);
                    return at + 1;
                }
            }
            case IN_FOLLOWS, PERHAPS_ENDED -> {
                if (lineIs(END_OF_FOLLOWS)) {
                    place = Place.IN_BLOCK;
                } else {
                    place = empty ? Place.PERHAPS_ENDED : Place.IN_FOLLOWS;
                }
            }
        }
        return start;
    }

    private Place kind() {
        if (lineIs(FOLLOWS)) {
            return Place.IN_FOLLOWS;
        }
        return lineIs(EVENT) || lineIs(RESPONSE) || lineIs(ACTION) || first && lineIs(BANNER)
                ? Place.IN_BLOCK
                : Place.IN_UNKNOWN;
    }

    /** The present line is input {@code from..at-1}, and what came of it before. */
    private void seeLine(byte[] input, int from, int at) {
        if (lineBefore == 0) {
            line = input;
            lineOffset = from;
            lineLength = at - from;
            return;
        }
        final int known = (int) Math.min(lineBefore, HEAD);
        final int more = Math.min(HEAD - known, at - from);
        System.arraycopy(input, from, head, known, more);
        line = head;
        lineOffset = 0;
        lineLength = known + more;
    }

    private void rememberLine(byte[] input, int from, int length) {
        if (lineBefore < HEAD) {
            System.arraycopy(input, from, head, (int) lineBefore, (int) Math.min(HEAD - lineBefore, length));
        }
        lineBefore += length;
    }

    private boolean lineIs(byte[] beginning) {
        if (lineLength < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (line[lineOffset + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean believable() {
        final boolean follows = place == Place.IN_FOLLOWS || place == Place.PERHAPS_ENDED;
        if (begunLength() <= (follows ? limits.carry() : limits.believe())) {
            return true;
        }
        broken();
        begin();
        return false;
    }

    private void begin() {
        place = Place.BETWEEN;
        lineBefore = 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
