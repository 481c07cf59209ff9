package org.tandemgw.gateway.arbiter;

/** A leg whose place is known: its frames are repeats or new by their place. And the step from hunting to that. */
final class JoinedLegs {
    /** So many frames of a leg that went on alone may be what an earlier gap hid, sent again with what came after it. */
    private static final int DOUBTFUL_FRAMES = 512;

    /** And so many may be something else before a resend: a greeting, or a frame that had arrived damaged. */
    private static final int GREETING_FRAMES = 4;

    /** In reaches: so far off a counterpart still counts as one. */
    private static final int FAR = 16;

    private final int reach;
    private final StreamEnd stream;
    private final MergedList merged;
    private final Aligner aligner;
    private final CommonStart commonStart;
    /** While a buffer is emptied into the list the other leg does not search: it does so once, at the end. */
    private boolean replaying;

    JoinedLegs(ArbiterSettings settings, StreamEnd stream, Aligner aligner, CommonStart commonStart) {
        reach = settings.reach();
        this.stream = stream;
        merged = stream.merged;
        this.aligner = aligner;
        this.commonStart = commonStart;
    }

    /** Rule for a leg whose place is known: the first open place of the key around its front. */
    boolean place(LegTrack me, long keyHi, long keyLo, long nowNs) {
        final long found =
                merged.firstOpen(Math.max(me.front - reach, me.floor), me.front + reach, keyHi, keyLo, me.bit);
        if (found == KeyRing.NONE || isDullStepOverBreak(me, found)) {
            return false;
        }
        merged.claim(found, me.bit);
        me.front = Math.max(me.front, found);
        me.confirmed.add(1);
        if (found >= stream.restoredEnd()) {
            me.lagNs.set(Math.max(0, nowNs - merged.arrivedNs(found)));
        }
        return true;
    }

    /** A gap may hide what this leg is about to bring: a heartbeat on its far side does not prove the contrary. */
    private boolean isDullStepOverBreak(LegTrack me, long found) {
        final long breakAt = stream.breakAt();
        // Alone there is nobody to find the place again with: a resend goes over the gaps it has.
        return me.other.isUp()
                && me.front < breakAt
                && found >= breakAt
                && me.floor < breakAt
                && merged.keys.count(merged.keys.hi(found), merged.keys.lo(found), 2) > 1;
    }

    /** True if a key that has no place can only be new: the leg is at the end, on this side of the last break, in order. */
    boolean mayAppend(LegTrack me, long keyHi, long keyLo) {
        final long breakAt = stream.breakAt();
        final long end = merged.keys.end();
        if (me.front < end - 1 - reach || me.front + 1 < breakAt || me.front < breakAt && me.floor < breakAt) {
            return false;
        }
        // After an outage no swap excuses a difference.
        final long to = stream.isGapPending() ? end : end - reach;
        for (long at = Math.max(me.floor, Math.max(merged.keys.base(), me.front - reach)); at < to; at++) {
            if (!merged.isClaimed(at, me.bit)) {
                if (me.other.isUp()) {
                    return false;
                }
                // Leg and list differ, and there is no other leg to compare with.
                merged.claim(at, me.bit);
                stream.expectDisorder(me.differs);
            }
        }
        if (mayRepeat(me, keyHi, keyLo)) {
            stream.expectDisorder(me.differs);
        }
        return true;
    }

    /** True if a frame is not where this leg should bring it, but the list has it: further off, or from before a gap. */
    private boolean mayRepeat(LegTrack me, long keyHi, long keyLo) {
        final long known = merged.keys.newest(keyHi, keyLo);
        if (me.doubtful > 0) {
            me.doubtful--;
            if (known != KeyRing.NONE
                    && known < me.floor
                    && merged.keys.older(known) == KeyRing.NONE
                    && (me.doubtful >= DOUBTFUL_FRAMES - GREETING_FRAMES || continuesFromBreak(known))) {
                me.doubtful = 0;
                return true;
            }
        }
        return known >= Math.max(me.floor, me.front - FAR * reach)
                && !merged.isClaimed(known, me.bit)
                && merged.keys.older(known) == KeyRing.NONE;
    }

    /** True if a gap lies just before this place, or only frames that the stream's end has again lie between. */
    private boolean continuesFromBreak(long known) {
        final long breakAt = merged.breakBelow(known, known - FAR * reach);
        if (breakAt == KeyRing.NONE) {
            return false;
        }
        final long offset = merged.keys.end() - known;
        for (long at = breakAt; at <= known - reach; at++) {
            if (!isAgainNear(at, at + offset)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAgainNear(long at, long near) {
        for (long place = near - reach; place <= near + reach; place++) {
            if (merged.keys.same(place, merged.keys, at)) {
                return true;
            }
        }
        return false;
    }

    void loseThePlace(LegTrack me) {
        me.become(LegState.HUNTING);
        me.jumped = true;
        me.freshAlone = false;
        me.startsAtConnect = false;
        me.unexplainedSinceNs = LegTrack.NEVER;
        me.jumps.add(1);
    }

    /** A frame of the hunting leg was buffered: joins if that gives its place away. */
    boolean joinAfterBuffered(LegTrack me) {
        if (joinAtCommonStart(me)) {
            return true;
        }
        final boolean found = aligner.afterBuffered(me.buffer.keys());
        if (found) {
            joinAsFound(me);
        }
        return found;
    }

    /** A frame was appended: the hunting leg joins if that gives its place away. */
    void joinAfterAppended(LegTrack me) {
        if (!replaying && me.isHunting() && !me.buffer.isEmpty() && !joinAtCommonStart(me)) {
            if (aligner.afterAppended(me.buffer.keys())) {
                joinAsFound(me);
            }
        }
    }

    /** Joins if any way of searching finds the place; for rare occasions. */
    boolean joinAnywhere(LegTrack me) {
        if (joinAtCommonStart(me)) {
            return true;
        }
        final boolean found = aligner.anywhere(me.buffer.keys());
        if (found) {
            joinAsFound(me);
        }
        return found;
    }

    /** Joins at the place that the aligner has just found. */
    void joinAsFound(LegTrack me) {
        final KeyRing keys = me.buffer.keys();
        final long offset = aligner.found().offset;
        final long cut = aligner.found().cut;
        // All that was found may lie behind a gap, and only a heartbeat or two before it, by chance.
        final long gapAt = merged.breakBelow(cut + offset + reach, cut + offset);
        if (gapAt != KeyRing.NONE && gapAt - offset < keys.end() && !aligner.continuesAcross(keys, gapAt)) {
            join(me, offset, gapAt - offset, gapAt);
        } else {
            join(me, offset, cut, aligner.found().floor);
        }
    }

    /** Emits all that the leg has buffered at the list's end, and counts it as up there. */
    void appendAll(LegTrack me) {
        me.become(LegState.UP);
        me.other.freshAlone = false;
        me.floor = merged.keys.end();
        me.front = me.floor - 1;
        me.doubtful = DOUBTFUL_FRAMES;
        final boolean outermost = !replaying;
        replaying = true;
        while (!me.buffer.isEmpty()) {
            stream.admit(me, me.buffer.keys().base());
            me.buffer.dropOldest();
        }
        endReplay(me, outermost);
    }

    private boolean joinAtCommonStart(LegTrack me) {
        final boolean proved = commonStart.isProved(me);
        if (proved) {
            final long first = me.buffer.keys().base();
            join(me, me.connectedAt - first, first, me.connectedAt);
        }
        return proved;
    }

    /** The place is found: what lies below the cut is repeated or stray, the rest goes by the rule for legs that are up. */
    private void join(LegTrack me, long offset, long cut, long floor) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        final boolean outermost = !replaying;
        replaying = true;
        dropRepeats(me, offset, cut);
        me.floor = floor;
        me.front = cut + offset - 1;
        me.startsAtConnect = false;
        me.doubtful = 0;
        me.become(LegState.UP);
        me.other.freshAlone = false;
        while (!buffer.isEmpty()) {
            final long at = keys.base();
            if (!place(me, keys.hi(at), keys.lo(at), buffer.nowNs(at))) {
                if (!mayAppend(me, keys.hi(at), keys.lo(at))) {
                    loseThePlace(me);
                    break;
                }
                stream.admit(me, at);
            }
            buffer.dropOldest();
        }
        endReplay(me, outermost);
    }

    private void endReplay(LegTrack me, boolean outermost) {
        if (outermost) {
            replaying = false;
            if (me.other.isHunting() && !me.other.buffer.isEmpty()) {
                joinAnywhere(me.other);
            }
        }
    }

    /** Each frame below the cut has its counterpart in the list, or is emitted as a stray: it must not vanish. */
    private void dropRepeats(LegTrack me, long offset, long cut) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        final long lowest = lowestCounterpart(keys, offset, cut);
        for (int pass = 0; pass < 3; pass++) {
            final int width = pass == 0 ? 0 : pass == 1 ? reach : FAR * reach;
            for (long at = keys.base(); at < cut; at++) {
                if (!buffer.isSettled(at)) {
                    settle(me, at, offset, width, lowest, cut);
                }
            }
        }
        emitStrays(me, cut);
        while (keys.base() < cut) {
            buffer.dropOldest();
        }
    }

    private void settle(LegTrack me, long at, long offset, int width, long lowest, long cut) {
        final KeyRing keys = me.buffer.keys();
        if (isForgotten(at + offset)) {
            me.buffer.settle(at);
            return;
        }
        final long found =
                merged.nearestOpen(at + offset, width, lowest, cut + offset, keys.hi(at), keys.lo(at), me.bit);
        if (found != KeyRing.NONE) {
            merged.claim(found, me.bit);
            me.buffer.settle(at);
            me.confirmed.add(1);
        }
    }

    /** Emits what is not settled below the cut, and dull frames between: their counterparts are there by chance. */
    private void emitStrays(LegTrack me, long cut) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        boolean noted = false;
        long last = Long.MIN_VALUE / 2;
        for (long at = keys.base(); at < cut; at++) {
            final boolean stray = !buffer.isSettled(at);
            if (stray
                    || at - last <= reach
                            && isDull(keys, at)
                            && strayWithin(buffer, at + 1, Math.min(cut, last + reach + 1))) {
                stream.stray(
                        me,
                        buffer,
                        at,
                        noted ? null : "frames of leg " + me.leg + " that the other leg did not bring at their place");
                noted = true;
                last = stray ? at : last;
            }
        }
    }

    private boolean isDull(KeyRing keys, long at) {
        return merged.keys.count(keys.hi(at), keys.lo(at), 2) > 1;
    }

    private static boolean strayWithin(FrameBuffer buffer, long from, long to) {
        for (long at = from; at < to; at++) {
            if (!buffer.isSettled(at)) {
                return true;
            }
        }
        return false;
    }

    /** Beyond a gap that hides something the same offset means nothing. */
    private long lowestCounterpart(KeyRing keys, long offset, long cut) {
        final long lowest = keys.base() + offset - reach;
        long gapAt = merged.breakBelow(cut + offset, lowest);
        while (gapAt != KeyRing.NONE && aligner.continuesAcross(keys, gapAt)) {
            gapAt = merged.breakBelow(gapAt - 1, lowest);
        }
        return gapAt == KeyRing.NONE ? lowest : gapAt;
    }

    /** True for a place before the memory; the stream had it. Before its very beginning there was nothing. */
    private boolean isForgotten(long place) {
        return merged.keys.base() > 0 && place < merged.keys.base();
    }
}
