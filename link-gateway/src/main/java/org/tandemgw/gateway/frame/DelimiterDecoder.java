package org.tandemgw.gateway.frame;

/**
 * Frames that end with one to four fixed bytes, which belong to the frame.
 *
 * <pre>
 *  +---------------- frame ----------------+
 *  | any bytes without the delimiter | end |
 *  +---------------------------------+-----+
 * </pre>
 *
 * <p>Damage heals by itself: whatever is between two delimiters is a frame. Only a frame that is longer than is believed breaks the framing.
 */
public final class DelimiterDecoder extends LinkFrameDecoder {
    private final byte[] delimiter;
    private final long lastEverywhere;

    /** The last bytes before the present input, newest lowest: a delimiter may be cut by two inputs. */
    private int tail;

    /** A decoder; the delimiter has 1 to 4 bytes. */
    public DelimiterDecoder(byte[] delimiter, Limits limits, FrameSink sink) {
        super(limits, sink);
        if (delimiter.length < 1 || delimiter.length > 4) {
            throw new IllegalArgumentException("a delimiter has 1 to 4 bytes, not " + delimiter.length);
        }
        this.delimiter = delimiter.clone();
        this.lastEverywhere = ByteScan.everywhere(delimiter[delimiter.length - 1]);
    }

    @Override
    public void reset() {
        super.reset();
        tail = 0;
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        int from = offset;
        while (true) {
            final int at = ByteScan.indexOf(input, from, limit, lastEverywhere);
            if (at < 0) {
                if (start < limit) {
                    keep(input, start, limit - start);
                    rememberTail(input, start, limit);
                }
                if (begunLength() > limits.believe()) {
                    broken();
                    tail = 0;
                    return false;
                }
                return true;
            }
            if (endsAt(input, start, at)) {
                finish(input, start, at + 1 - start);
                tail = 0;
                start = at + 1;
            }
            from = at + 1;
        }
    }

    private boolean endsAt(byte[] input, int start, int at) {
        for (int back = 1; back < delimiter.length; back++) {
            final byte expected = delimiter[delimiter.length - 1 - back];
            final int index = at - back;
            final byte actual;
            if (index >= start) {
                actual = input[index];
            } else {
                final int before = start - index;
                if (before > begunLength()) {
                    return false;
                }
                actual = (byte) (tail >>> (8 * (before - 1)));
            }
            if (actual != expected) {
                return false;
            }
        }
        return true;
    }

    private void rememberTail(byte[] input, int start, int limit) {
        for (int i = Math.max(start, limit - 4); i < limit; i++) {
            tail = tail << 8 | input[i] & 0xFF;
        }
    }
}
