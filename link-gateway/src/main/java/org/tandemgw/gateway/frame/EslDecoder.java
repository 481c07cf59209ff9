package org.tandemgw.gateway.frame;

/**
 * The messages of FreeSWITCH's event socket: header lines ended by LF (or CR LF), an empty line, and as many bytes as {@code Content-Length} says.
 *
 * <pre>
 *  +-------------------------------+          +-----------------------------+
 *  | Content-Length: 614 ↵         |          | Content-Type: api/response ↵|
 *  | Content-Type: text/event-plain↵|         | Content-Length: 700000 ↵    |
 *  | ↵                             |          | ↵                           |
 *  | Event-Name: CHANNEL_CREATE ↵  |          +-----------------------------+
 *  | Core-UUID: 4f2c… ↵            |  614     | {"row_count":1000,"rows":[{ |  handed on as it
 *  | …                             |  bytes   | …                           |  comes, in pieces
 *  | ↵                             |          +-----------------------------+
 *  +-------------------------------+
 *   one frame                                  a frame, and then pieces of it
 * </pre>
 *
 * <p>An event is one frame, header and all. What is no event belongs to the session: its header is handed on alone, and its body as it comes, however long it
 * is, so that a list of many channels needs no memory here. Who gets the frames counts along ({@link EslHead}).
 *
 * <p>Empty lines between messages are nothing. A header without a type, or with a line that is none, is counted as damage and handed on all the same. A length that cannot be
 * one breaks the framing: a boundary is never guessed.
 */
public final class EslDecoder extends LinkFrameDecoder {
    private static final long LF = ByteScan.everywhere((byte) '\n');
    private static final int LONGEST_HEAD = 16 * 1024;

    private enum Place {
        /** In the lines of a header, or before them. */
        HEAD,
        /** In the body of an event. */
        BODY,
        /** In the body of what is none. */
        ANSWER
    }

    private final EslHead head = new EslHead();
    private final byte[] line = new byte[EslHead.LOOKED_AT + 1];
    private Place place = Place.HEAD;
    private boolean begun;
    private long left;

    /** How much of the present line came in earlier inputs; its beginning is in {@link #line}. */
    private long lineBefore;

    /** A decoder. */
    public EslDecoder(Limits limits, FrameSink sink) {
        super(limits, sink);
    }

    @Override
    public void reset() {
        super.reset();
        between();
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        int at = offset;
        while (at < limit) {
            switch (place) {
                case HEAD -> {
                    final int end = ByteScan.indexOf(input, at, limit, LF);
                    if (end < 0) {
                        rememberLine(input, at, limit - at);
                        at = limit;
                    } else {
                        final boolean empty = seeLine(input, at, end);
                        at = end + 1;
                        if (empty && !begun) {
                            forget();
                            start = at;
                        } else if (empty) {
                            if (!headEnds(at - start)) {
                                return false;
                            }
                            if (place == Place.ANSWER || left == 0) {
                                finish(input, start, at - start);
                                start = at;
                                betweenIfOver();
                            }
                        }
                    }
                }
                case BODY -> {
                    final int part = (int) Math.min(left, limit - at);
                    at += part;
                    left -= part;
                    if (left == 0) {
                        finish(input, start, at - start);
                        start = at;
                        between();
                    }
                }
                case ANSWER -> {
                    final int part = (int) Math.min(Math.min(left, limit - at), limits.carry());
                    finish(input, at, part);
                    at += part;
                    start = at;
                    left -= part;
                    betweenIfOver();
                }
            }
        }
        if (start < limit) {
            keep(input, start, limit - start);
        }
        if (place == Place.HEAD && begunLength() > LONGEST_HEAD) {
            return giveUp();
        }
        return true;
    }

    /** The header is whole, with so many bytes of it in this input. False if nobody knows where the next message begins. */
    private boolean headEnds(int here) {
        final long bytes = begunLength() + here;
        if (!head.possible() || bytes > LONGEST_HEAD || bytes + head.bodyBytes() > limits.believe()) {
            return giveUp();
        }
        if (head.odd() || head.kind() == EslHead.Kind.UNKNOWN) {
            countDamage();
        }
        left = head.bodyBytes();
        place = head.kind() == EslHead.Kind.ANSWER ? Place.ANSWER : Place.BODY;
        return true;
    }

    private boolean giveUp() {
        broken();
        between();
        return false;
    }

    /** The present line is input {@code from..end-1}, and what came of it before. True if it is empty. */
    private boolean seeLine(byte[] input, int from, int end) {
        if (!begun) {
            head.begin();
        }
        final boolean empty;
        if (lineBefore == 0) {
            empty = EslHead.isEmpty(input, from, end);
            if (!empty) {
                head.line(input, from, end);
            }
        } else {
            final int known = (int) Math.min(lineBefore, line.length);
            final int more = Math.min(line.length - known, end - from);
            System.arraycopy(input, from, line, known, more);
            empty = EslHead.isEmpty(line, 0, known + more);
            if (!empty) {
                head.line(line, 0, known + more);
            }
        }
        lineBefore = 0;
        begun |= !empty;
        return empty;
    }

    private void rememberLine(byte[] input, int from, int length) {
        if (lineBefore < line.length) {
            System.arraycopy(input, from, line, (int) lineBefore, (int) Math.min(line.length - lineBefore, length));
        }
        lineBefore += length;
    }

    private void betweenIfOver() {
        if (left == 0) {
            between();
        }
    }

    private void between() {
        place = Place.HEAD;
        begun = false;
        left = 0;
        lineBefore = 0;
    }
}
