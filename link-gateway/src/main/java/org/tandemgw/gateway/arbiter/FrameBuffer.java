package org.tandemgw.gateway.arbiter;

import java.util.Arrays;

/** The frames of a hunting leg, bounded in number and bytes. Memory is taken when first needed and kept. */
final class FrameBuffer {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int FIRST_FRAMES = 64;
    private static final int LOST_RECORD = 512;

    private final int maxFrames;
    private final int maxBytes;
    private KeyRing keys = new KeyRing(FIRST_FRAMES);
    private long[] atNs = new long[FIRST_FRAMES];
    private long[] nowNs = new long[FIRST_FRAMES];
    private long[] dialectSequence = new long[FIRST_FRAMES];
    private boolean[] lost = new boolean[FIRST_FRAMES];
    private boolean[] settled = new boolean[FIRST_FRAMES];
    private int[] offset = new int[FIRST_FRAMES];
    private int[] length = new int[FIRST_FRAMES];
    private byte[] bytes = {};
    private int tail;
    private int distinct;
    private long heldBytes;

    FrameBuffer(int maxFrames, int maxBytes) {
        this.maxFrames = maxFrames;
        this.maxBytes = maxBytes;
    }

    KeyRing keys() {
        return keys;
    }

    boolean isEmpty() {
        return keys.size() == 0;
    }

    /** How many frames are buffered. */
    int size() {
        return keys.size();
    }

    /** What their records hold; the record of a frame too long to carry says more than is buffered of it. */
    long heldBytes() {
        return heldBytes;
    }

    private static int held(boolean isLost, int frameLength) {
        return isLost ? Math.max(LOST_RECORD, frameLength) : frameLength;
    }

    /** How many different keys are buffered. */
    int distinct() {
        return distinct;
    }

    long firstNowNs() {
        return nowNs(keys.base());
    }

    long lastNowNs() {
        return nowNs(keys.end() - 1);
    }

    long atNs(long place) {
        return atNs[slot(place)];
    }

    long nowNs(long place) {
        return nowNs[slot(place)];
    }

    /** True if a frame of this length can be added without dropping one. */
    boolean fits(int frameLength) {
        return keys.size() < maxFrames && (place(frameLength) >= 0 || bytes.length < maxBytes);
    }

    /** Adds a frame; {@link #fits} must have said yes. */
    void add(
            long keyHi,
            long keyLo,
            boolean isLost,
            byte[] from,
            int start,
            int frameLength,
            long sequence,
            long frameNowNs,
            long frameAtNs) {
        if (keys.isFull()) {
            growFrames();
        }
        int to = place(frameLength);
        while (to < 0) {
            if (bytes.length >= maxBytes) {
                throw new IllegalStateException("no room for " + frameLength + " bytes: fits() was not asked");
            }
            growBytes();
            to = place(frameLength);
        }
        System.arraycopy(from, start, bytes, to, frameLength);
        tail = to + Math.max(1, frameLength);
        if (keys.newest(keyHi, keyLo) == KeyRing.NONE) {
            distinct++;
        }
        final int slot = slot(keys.append(keyHi, keyLo));
        offset[slot] = to;
        length[slot] = frameLength;
        lost[slot] = isLost;
        settled[slot] = false;
        heldBytes += held(isLost, frameLength);
        dialectSequence[slot] = sequence;
        nowNs[slot] = frameNowNs;
        atNs[slot] = frameAtNs;
    }

    /** True if the frame's counterpart in the merged list is known. */
    boolean isSettled(long place) {
        return settled[slot(place)];
    }

    void settle(long place) {
        settled[slot(place)] = true;
    }

    void dropOldest() {
        final long oldest = keys.base();
        if (keys.newest(keys.hi(oldest), keys.lo(oldest)) == oldest) {
            distinct--;
        }
        heldBytes -= held(lost[slot(oldest)], length[slot(oldest)]);
        keys.dropOldest();
        if (isEmpty()) {
            tail = 0;
        }
    }

    void clear() {
        while (!isEmpty()) {
            dropOldest();
        }
    }

    int length(long place) {
        return length[slot(place)];
    }

    /** Adds a frame of this buffer to another, as of now; {@link #fits} must have said yes. */
    void copyTo(long place, FrameBuffer that, long frameNowNs) {
        final int slot = slot(place);
        that.add(
                keys.hi(place),
                keys.lo(place),
                lost[slot],
                bytes,
                offset[slot],
                length[slot],
                dialectSequence[slot],
                frameNowNs,
                atNs[slot]);
    }

    /** Hands the oldest frame on, as it came. */
    void arbitrateOldest(LegTrack me, LineArbiter arbiter) {
        final long oldest = keys.base();
        final int slot = slot(oldest);
        arbiter.arbitrate(
                me,
                keys.hi(oldest),
                keys.lo(oldest),
                lost[slot],
                bytes,
                offset[slot],
                length[slot],
                dialectSequence[slot],
                nowNs[slot],
                atNs[slot]);
    }

    void emit(long place, int leg, StreamSink out) {
        final int slot = slot(place);
        out.frame(leg, atNs[slot], lost[slot], bytes, offset[slot], length[slot], dialectSequence[slot]);
    }

    private int slot(long place) {
        return (int) place & atNs.length - 1;
    }

    /** Where a frame of this length goes in the ring of bytes, or -1: there is no room. Each frame lies in one piece. */
    private int place(int frameLength) {
        if (isEmpty()) {
            return frameLength <= bytes.length ? 0 : -1;
        }
        final int head = offset[slot(keys.base())];
        if (tail > head) {
            if (tail + frameLength <= bytes.length) {
                return tail;
            }
            return frameLength <= head ? 0 : -1;
        }
        return tail + frameLength <= head ? tail : -1;
    }

    private void growBytes() {
        final byte[] larger = new byte[(int) Math.min(maxBytes, Math.max(FIRST_BYTES, bytes.length * 2L))];
        int to = 0;
        for (long place = keys.base(); place < keys.end(); place++) {
            final int slot = slot(place);
            System.arraycopy(bytes, offset[slot], larger, to, length[slot]);
            offset[slot] = to;
            to += Math.max(1, length[slot]);
        }
        tail = to;
        bytes = larger;
    }

    private void growFrames() {
        final int old = atNs.length;
        final KeyRing larger = new KeyRing(old * 2);
        final long from = keys.base();
        final long[] oldAt = atNs;
        final long[] oldNow = nowNs;
        final long[] oldSequence = dialectSequence;
        final boolean[] oldLost = lost;
        final boolean[] oldSettled = settled;
        final int[] oldOffset = offset;
        final int[] oldLength = length;
        atNs = new long[old * 2];
        nowNs = new long[old * 2];
        dialectSequence = new long[old * 2];
        lost = new boolean[old * 2];
        settled = new boolean[old * 2];
        offset = new int[old * 2];
        length = Arrays.copyOf(oldLength, old * 2);
        for (long place = from; place < keys.end(); place++) {
            final int slot = (int) larger.append(keys.hi(place), keys.lo(place));
            final int was = (int) place & old - 1;
            atNs[slot] = oldAt[was];
            nowNs[slot] = oldNow[was];
            dialectSequence[slot] = oldSequence[was];
            lost[slot] = oldLost[was];
            settled[slot] = oldSettled[was];
            offset[slot] = oldOffset[was];
            length[slot] = oldLength[was];
        }
        keys = larger;
    }
}
