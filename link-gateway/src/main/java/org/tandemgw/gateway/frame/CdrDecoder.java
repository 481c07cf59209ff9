package org.tandemgw.gateway.frame;

/**
 * Records of call details: a line feed ends one and belongs to it, and so do the NULs in front of it, which the ACD sends behind the one before.
 *
 * <pre>
 *  +------------------------- frame -------------------------+
 *  | NUL … | the text, perhaps with line feeds in it | CR | LF |
 *  +-------+-----------------------------------------+----+----+
 *            ^ column 0
 * </pre>
 *
 * <p>NULs wait for the record that they stand in front of: one that waited for those behind it would come late. A line feed in one of the columns that are known for it
 * ends nothing. Damage heals by itself: whatever is between two line feeds is a frame. Only a frame that is longer than is believed breaks the framing.
 */
public final class CdrDecoder extends LinkFrameDecoder {
    private static final long LF = ByteScan.everywhere((byte) '\n');

    private final int[] innerLineFeeds;

    /** How many NULs the frame that has begun has in front. */
    private long leading;

    /** The text of the frame has begun. */
    private boolean inText;

    /**
     * A decoder.
     *
     * @param innerLineFeeds columns of the text, from 0, whose line feed ends nothing
     */
    public CdrDecoder(int[] innerLineFeeds, Limits limits, FrameSink sink) {
        super(limits, sink);
        this.innerLineFeeds = innerLineFeeds.clone();
    }

    /** NULs behind the last record are no record that had begun. */
    @Override
    public void reset() {
        if (!inText) {
            forget();
        }
        super.reset();
        nextFrame();
    }

    @Override
    public boolean decode(byte[] input, int offset, int length) {
        final int limit = offset + length;
        int start = offset;
        int from = offset;
        while (true) {
            final int at = ByteScan.indexOf(input, from, limit, LF);
            if (innerLineFeeds.length > 0 || at < 0) {
                skipNuls(input, Math.max(start, from), at < 0 ? limit : at);
            }
            if (at < 0) {
                if (start < limit) {
                    keep(input, start, limit - start);
                }
                return believable();
            }
            if (innerLineFeeds.length == 0 || !isInner(begunLength() + at - start - leading)) {
                finish(input, start, at + 1 - start);
                nextFrame();
                start = at + 1;
            }
            from = at + 1;
        }
    }

    private void skipNuls(byte[] input, int from, int to) {
        int at = from;
        while (!inText && at < to) {
            inText = input[at] != 0;
            leading += inText ? 0 : 1;
            at++;
        }
    }

    private boolean isInner(long column) {
        for (final int inner : innerLineFeeds) {
            if (inner == column) {
                return true;
            }
        }
        return false;
    }

    private boolean believable() {
        if (begunLength() > limits.believe()) {
            broken();
            nextFrame();
            return false;
        }
        return true;
    }

    private void nextFrame() {
        leading = 0;
        inText = false;
    }
}
