package org.tandemgw.gateway.arbiter;

/** The end of the stream: the memory of what was written, and what has to be written before the next frame. */
final class StreamEnd {
    private static final int BOTH = 3;
    /** So many strays are known again; beyond, what follows them is called doubtful as a whole. */
    private static final int STRAYS = 1024;

    final MergedList merged;
    private final StreamSink out;
    /** What was emitted without a place since the last discontinuity: it must not be there again before the next one. */
    private final KeyRing strays = new KeyRing(STRAYS);

    private long restoredEnd;
    private long breakAt;
    private long lastAtNs;
    private boolean hasHistory;
    private boolean gapPending;
    private String gapWhy = "";
    private String disorderWhy;

    StreamEnd(int historyFrames, StreamSink out) {
        merged = new MergedList(historyFrames);
        this.out = out;
    }

    void restore(long keyHi, long keyLo) {
        final long place = merged.append(keyHi, keyLo, 0, 0);
        if (place == breakAt) {
            merged.markBreakBefore(place);
        }
    }

    void restoreBreak() {
        breakAt = merged.keys.end();
    }

    void restored(long journalAtNs, boolean journalNotEmpty) {
        lastAtNs = journalAtNs;
        restoredEnd = merged.keys.end();
        if (breakAt == restoredEnd) {
            // Nothing came after it; the gap of this restart takes its place.
            breakAt = merged.keys.base();
        }
        hasHistory = journalNotEmpty;
        gapPending = journalNotEmpty;
        gapWhy = "restart";
    }

    /** The first place behind the last gap; places below {@link #restoredEnd} have no time of arrival. */
    long breakAt() {
        return breakAt;
    }

    long restoredEnd() {
        return restoredEnd;
    }

    /** False only before the first frame that this journal ever gets. */
    boolean hasHistory() {
        return hasHistory;
    }

    /** Makes a key the next of the stream; the caller emits its frame at once. */
    void admit(LegTrack me, long keyHi, long keyLo, long nowNs, long atNs) {
        writePendingGap(atNs);
        if (isStrayAgain(keyHi, keyLo)) {
            disorderWhy = "leg " + me.leg + " brings again what was emitted without a place";
        }
        if (disorderWhy != null) {
            discontinuity(atNs, me, disorderWhy);
            disorderWhy = null;
        }
        me.front = merged.append(keyHi, keyLo, me.bit, nowNs);
        if (me.front == breakAt) {
            merged.markBreakBefore(breakAt);
        }
        me.first.add(1);
        me.lagNs.set(0);
        lastAtNs = Math.max(lastAtNs, atNs);
        hasHistory = true;
    }

    /** The same for a frame that is buffered, and emits it. */
    void admit(LegTrack me, long buffered) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        admit(me, keys.hi(buffered), keys.lo(buffered), buffer.nowNs(buffered), buffer.atNs(buffered));
        buffer.emit(buffered, me.leg, out);
    }

    /**
     * Emits a frame that has no place in the list; it does not enter the memory.
     *
     * @param why the discontinuity to write before it, or null if one was just written for its like
     */
    void stray(LegTrack me, FrameBuffer buffer, long at, String why) {
        // The list has no hole here: where the strays belong is known, or that it is not known is said.
        final long breakBefore = breakAt;
        writePendingGap(buffer.atNs(at));
        breakAt = breakBefore;
        if (why != null) {
            discontinuity(buffer.atNs(at), me, why);
        }
        if (strays.isFull()) {
            expectDisorder("what follows may repeat the frames of leg " + me.leg + " before it");
        }
        strays.append(buffer.keys().hi(at), buffer.keys().lo(at));
        buffer.emit(at, me.leg, out);
        me.strays.add(1);
        lastAtNs = Math.max(lastAtNs, buffer.atNs(at));
    }

    /** True if one of these frames has been emitted without a place since the last discontinuity. */
    boolean hasStrayOf(KeyRing keys) {
        for (long at = keys.base(); strays.size() > 0 && at < keys.end(); at++) {
            if (isStrayAgain(keys.hi(at), keys.lo(at))) {
                return true;
            }
        }
        return false;
    }

    /** Of a heartbeat nobody can say whether it is the same. */
    private boolean isStrayAgain(long keyHi, long keyLo) {
        return strays.size() > 0
                && strays.newest(keyHi, keyLo) != KeyRing.NONE
                && merged.keys.count(keyHi, keyLo, 2) < 2;
    }

    private void discontinuity(long atNs, LegTrack me, String why) {
        strays.clear();
        out.discontinuity(Math.max(lastAtNs, atNs), me.bit, why);
    }

    /** Before the next frame of the list: its order, or that it is no repeat, cannot be proved. */
    void expectDisorder(String why) {
        disorderWhy = why;
    }

    void expectGap(String why) {
        if (hasHistory && !gapPending) {
            gapPending = true;
            gapWhy = why;
        }
    }

    boolean isGapPending() {
        return gapPending;
    }

    void writePendingGap(long atNs) {
        if (gapPending) {
            gapPending = false;
            breakAt = merged.keys.end();
            out.gap(lastAtNs, Math.max(lastAtNs, atNs), BOTH, gapWhy);
        }
    }
}
