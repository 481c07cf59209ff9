package org.tandemgw.gateway.arbiter;

/**
 * What only a hunting leg had when it went down. The other leg is to bring it; what it has not brought in time is emitted
 * after a discontinuity. Bounded like a leg's buffer: beyond, the oldest are not waited for.
 */
final class LeftBehind {
    /** Known keys between missing ones so near are emitted with them: they may be other frames with equal bytes. */
    private static final int RUN = 16;

    private final long waitNs;
    private final StreamEnd stream;
    private final KeyRing merged;
    private final int sweepEvery;
    private final LegTrack[] legs;
    private long sweptEnd;

    LeftBehind(ArbiterSettings settings, StreamEnd stream, LegTrack[] legs) {
        waitNs = settings.leftBehindNs();
        this.stream = stream;
        merged = stream.merged.keys;
        // Before the memory forgets what came.
        sweepEvery = settings.historyFrames() / 2;
        this.legs = legs;
    }

    /** A hunting leg goes down: keeps what it buffered, if the list does not have it, and what lies between. */
    void keep(LegTrack me, long nowNs) {
        final FrameBuffer from = me.buffer;
        long first = from.keys().base();
        long last = from.keys().end() - 1;
        while (first <= last && !isAbsent(from, first)) {
            first++;
        }
        while (last > first && !isAbsent(from, last)) {
            last--;
        }
        for (long at = first; at <= last; at++) {
            while (!me.left.fits(from.length(at))) {
                giveUp(me, me.left.keys().base());
            }
            from.copyTo(at, me.left, nowNs);
        }
    }

    void tick(long nowNs) {
        final boolean sweep = merged.end() - sweptEnd >= sweepEvery;
        if (sweep) {
            sweptEnd = merged.end();
        }
        for (int i = 0; i < 2; i++) {
            final LegTrack me = legs[i];
            if (sweep) {
                settleWhatCame(me.left);
            }
            if (!me.left.isEmpty() && nowNs - me.left.firstNowNs() >= waitNs) {
                long last = me.left.keys().base();
                while (last + 1 < me.left.keys().end() && nowNs - me.left.nowNs(last + 1) >= waitNs) {
                    last++;
                }
                giveUp(me, last);
            }
        }
    }

    /** Nobody is left to bring it. */
    void linkDown() {
        for (int i = 0; i < 2; i++) {
            if (!legs[i].left.isEmpty()) {
                giveUp(legs[i], legs[i].left.keys().end() - 1);
            }
        }
    }

    /** Ends the waiting for all up to {@code last}. What is missing is emitted, with what may be missing between. */
    private void giveUp(LegTrack me, long last) {
        final FrameBuffer left = me.left;
        long runTo = KeyRing.NONE;
        long keptNs = LegTrack.NEVER;
        while (!left.isEmpty() && left.keys().base() <= last) {
            final long at = left.keys().base();
            // Kept at another time: nobody knows what lies between.
            final boolean within = at <= runTo && left.nowNs(at) == keptNs;
            keptNs = left.nowNs(at);
            if (within || isMissing(left, at)) {
                runTo = Math.max(within ? runTo : at, lastMissing(left, at, Math.min(last, at + RUN)));
                stream.stray(
                        me,
                        left,
                        at,
                        within ? null : "frames of leg " + me.leg + " that the other leg has not brought");
                // It may still do so, and what it brings next may be older than these.
                stream.expectDisorder(
                        "what follows may repeat the frames of leg " + me.leg + " before it, or be older");
            }
            left.dropOldest();
        }
    }

    /** The last missing frame of a run that begins or goes on at {@code from}, or NONE. */
    private long lastMissing(FrameBuffer left, long from, long to) {
        long at = to;
        while (at >= from && (left.nowNs(at) != left.nowNs(from) || !isMissing(left, at))) {
            at--;
        }
        return at < from ? KeyRing.NONE : at;
    }

    private void settleWhatCame(FrameBuffer left) {
        for (long at = left.keys().base(); at < left.keys().end(); at++) {
            if (!isAbsent(left, at)) {
                left.settle(at);
            }
        }
    }

    private boolean isMissing(FrameBuffer left, long at) {
        return !left.isSettled(at) && isAbsent(left, at);
    }

    private boolean isAbsent(FrameBuffer buffer, long at) {
        return merged.newest(buffer.keys().hi(at), buffer.keys().lo(at)) == KeyRing.NONE;
    }
}
