package org.tandemgw.gateway.arbiter;

/**
 * Makes one stream of two legs that carry the same frames: each frame once, in the order of first arrival, and never a
 * silent hole. Called by one thread; it has no clock, socket or thread of its own and allocates nothing while both legs are
 * up. {@code nowNs} is monotonic and drives timers, {@code atNs} is UTC and goes into records.
 */
public final class LineArbiter {
    private static final int BOTH = 3;

    private final ArbiterSettings settings;
    private final StreamSink out;
    private final MergedList merged;
    private final Aligner aligner;
    private final LegTrack[] legs;
    private final RedundancyWatch watch;
    private long restoredEnd;
    private long breakAt;
    private long lastAtNs;
    private boolean hasHistory;
    private boolean gapPending;
    private String gapWhy = "";
    private boolean disorderPending;
    private boolean replaying;
    private volatile boolean linkDown = true;

    /** Starts with both legs down and nothing remembered; see {@link #restore}. */
    public LineArbiter(ArbiterSettings settings, StreamSink out) {
        this.settings = settings;
        this.out = out;
        merged = new MergedList(settings.historyFrames());
        aligner = new Aligner(settings, merged.keys);
        legs = new LegTrack[] {new LegTrack(1, settings), new LegTrack(2, settings)};
        watch = new RedundancyWatch(settings, merged);
    }

    /** At a start, before the first connection: one of the last frames of the journal, oldest first. */
    public void restore(long keyHi, long keyLo) {
        final long place = merged.append(keyHi, keyLo, 0, 0);
        if (place == breakAt) {
            merged.markBreakBefore(place);
        }
    }

    /** At a start, between two calls of {@link #restore}: here the journal has a gap. */
    public void restoreBreak() {
        breakAt = merged.keys.end();
    }

    /**
     * At a start, after the last {@link #restore}.
     *
     * @param lastAtNs arrival of the journal's last record
     * @param journalNotEmpty true at every start but the very first: a gap will precede the first new frame
     */
    public void restored(long lastAtNs, boolean journalNotEmpty) {
        this.lastAtNs = lastAtNs;
        restoredEnd = merged.keys.end();
        if (breakAt == restoredEnd) {
            // Nothing came after it; the gap of this restart takes its place.
            breakAt = merged.keys.base();
        }
        hasHistory = journalNotEmpty;
        gapPending = journalNotEmpty;
        gapWhy = "restart";
    }

    /** A leg's session is ready for shared frames. */
    public void connected(int leg, long nowNs, long atNs) {
        final LegTrack me = track(leg);
        if (me.state != LegState.DOWN) {
            throw new IllegalStateException("leg " + leg + " is connected again while " + me.state);
        }
        me.become(LegState.HUNTING);
        me.hunts.add(1);
        me.jumped = false;
        me.freshAlone = !other(me).isUp();
        me.connectedAt = merged.keys.end();
        merged.unclaim(me.bit);
        me.unexplainedSinceNs = LegTrack.NEVER;
        me.lastFrameNs = nowNs;
        me.missedFrames = 0;
        linkDown = false;
        watch.look(me, nowNs);
    }

    /** A leg's session has ended. Does nothing if it is down already. */
    public void disconnected(int leg, long nowNs, long atNs, String why) {
        final LegTrack me = track(leg);
        final LegTrack other = other(me);
        if (me.state == LegState.DOWN) {
            return;
        }
        if (me.isHunting() && !me.buffer.isEmpty() && !other.isUp()) {
            // Nobody else will bring what only this leg has.
            decide(me, true);
        }
        me.buffer.clear();
        me.become(LegState.DOWN);
        me.disconnects.add(1);
        if (other.state == LegState.DOWN) {
            linkDown = true;
            expectGap("both legs down: " + why);
        } else if (other.isHunting()) {
            aloneNow(other, nowNs);
        }
        watch.look(me, nowNs);
        watch.look(other, nowNs);
    }

    /**
     * One shared frame of a leg.
     *
     * @param keyHi with {@code keyLo}: the hash of what identifies the frame; equal on both legs
     * @param lost true if the bytes are the description of a frame too long to carry
     * @param dialectSequence the ACD's own number or -1; it identifies only as part of the key
     */
    public void frame(
            int leg,
            long keyHi,
            long keyLo,
            boolean lost,
            byte[] buffer,
            int offset,
            int length,
            long dialectSequence,
            long nowNs,
            long atNs) {
        final LegTrack me = track(leg);
        final LegTrack other = other(me);
        me.lastFrameNs = nowNs;
        me.missedFrames = 0;
        other.unexplainedSinceNs = LegTrack.NEVER;
        if (other.missedFrames++ == 0) {
            other.missedSinceNs = nowNs;
        }
        switch (me.state) {
            case UP -> {
                if (!place(me, keyHi, keyLo, nowNs)) {
                    if (mayAppend(me)) {
                        admit(me, keyHi, keyLo, nowNs, atNs);
                        out.frame(me.leg, atNs, lost, buffer, offset, length, dialectSequence);
                        tell(other);
                    } else {
                        loseThePlace(me);
                        hunt(me, keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
                    }
                }
            }
            case HUNTING -> hunt(me, keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
            default -> throw new IllegalStateException("a frame on leg " + leg + ", which is " + me.state);
        }
    }

    /** Timers: about every 50 ms and at the end of a batch. Cheap. */
    public void tick(long nowNs, long atNs) {
        for (int i = 0; i < 2; i++) {
            final LegTrack me = legs[i];
            if (me.isHunting() && !me.buffer.isEmpty()) {
                if (!other(me).isUp()) {
                    decideInTime(me, nowNs);
                } else {
                    judgeOther(me, nowNs);
                }
            }
        }
        watch.look(legs[0], nowNs);
        watch.look(legs[1], nowNs);
    }

    /** State and counters of leg 1 or 2. Any thread. */
    public LegTrack leg(int leg) {
        return track(leg);
    }

    /** True while no leg is connected. Any thread. */
    public boolean isLinkDown() {
        return linkDown;
    }

    private void hunt(
            LegTrack me,
            long keyHi,
            long keyLo,
            boolean lost,
            byte[] bytes,
            int offset,
            int length,
            long dialectSequence,
            long nowNs,
            long atNs) {
        final LegTrack other = other(me);
        final FrameBuffer buffer = me.buffer;
        while (!buffer.fits(length)) {
            if (other.isUp()) {
                buffer.dropOldest();
                me.bufferDrops.add(1);
            } else {
                decide(me, true);
            }
        }
        if (me.isUp()) {
            frame(me.leg, keyHi, keyLo, lost, bytes, offset, length, dialectSequence, nowNs, atNs);
            return;
        }
        buffer.add(keyHi, keyLo, lost, bytes, offset, length, dialectSequence, nowNs, atNs);
        if (aligner.afterBuffered(buffer.keys())) {
            join(me);
        } else if (!other.isUp()) {
            decideInTime(me, nowNs);
        } else {
            if (me.unexplainedSinceNs == LegTrack.NEVER && merged.keys.newest(keyHi, keyLo) == KeyRing.NONE) {
                me.unexplainedSinceNs = nowNs;
            }
            judgeOther(me, nowNs);
        }
    }

    /** Rule for a leg whose place is known: the first open place of the key around its front. */
    private boolean place(LegTrack me, long keyHi, long keyLo, long nowNs) {
        final int reach = settings.reach();
        final long found =
                merged.firstOpen(Math.max(me.front - reach, me.floor), me.front + reach, keyHi, keyLo, me.bit);
        if (found == KeyRing.NONE) {
            return false;
        }
        merged.claim(found, me.bit);
        me.front = Math.max(me.front, found);
        me.confirmed.add(1);
        if (found >= restoredEnd) {
            me.lagNs.set(Math.max(0, nowNs - merged.arrivedNs(found)));
        }
        return true;
    }

    /** True if a key that has no place can only be new: the leg is at the end, on this side of the last break, in order. */
    private boolean mayAppend(LegTrack me) {
        final int reach = settings.reach();
        final long end = merged.keys.end();
        if (me.front < end - 1 - reach || me.front + 1 < breakAt || me.front < breakAt && me.floor < breakAt) {
            return false;
        }
        for (long at = Math.max(me.floor, Math.max(merged.keys.base(), me.front - reach)); at < end - reach; at++) {
            if (!merged.isClaimed(at, me.bit)) {
                if (other(me).isUp()) {
                    return false;
                }
                // Leg and list differ by more than the reach, and there is no other leg to compare with.
                merged.claim(at, me.bit);
                disorderPending = true;
            }
        }
        return true;
    }

    /** Makes a key the next of the stream; the caller emits its frame at once. */
    private void admit(LegTrack me, long keyHi, long keyLo, long nowNs, long atNs) {
        writePendingGap(atNs);
        if (disorderPending) {
            disorderPending = false;
            out.discontinuity(
                    Math.max(lastAtNs, atNs),
                    me.bit,
                    "leg " + me.leg + " did not bring what the other leg had brought");
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

    private void writePendingGap(long atNs) {
        if (gapPending) {
            gapPending = false;
            breakAt = merged.keys.end();
            out.gap(lastAtNs, Math.max(lastAtNs, atNs), BOTH, gapWhy);
        }
    }

    private void expectGap(String why) {
        if (hasHistory && !gapPending) {
            gapPending = true;
            gapWhy = why;
        }
    }

    private void tell(LegTrack other) {
        if (!replaying && other.isHunting() && !other.buffer.isEmpty() && aligner.afterAppended(other.buffer.keys())) {
            join(other);
        }
    }

    private void loseThePlace(LegTrack me) {
        me.become(LegState.HUNTING);
        me.jumped = true;
        me.freshAlone = false;
        me.unexplainedSinceNs = LegTrack.NEVER;
        me.jumps.add(1);
        me.hunts.add(1);
    }

    /** The place is found: what lies below the cut is repeated or stray, the rest goes by the rule for legs that are up. */
    private void join(LegTrack me) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        final long offset = aligner.found().offset;
        final long cut = aligner.found().cut;
        final long floor = aligner.found().floor;
        final boolean outermost = !replaying;
        replaying = true;
        dropRepeats(me, offset, cut);
        me.floor = floor;
        me.front = cut + offset - 1;
        me.become(LegState.UP);
        other(me).freshAlone = false;
        while (!buffer.isEmpty()) {
            final long at = keys.base();
            if (!place(me, keys.hi(at), keys.lo(at), buffer.nowNs(at))) {
                if (!mayAppend(me)) {
                    loseThePlace(me);
                    break;
                }
                admit(me, keys.hi(at), keys.lo(at), buffer.nowNs(at), buffer.atNs(at));
                buffer.emit(at, me.leg, out);
            }
            buffer.dropOldest();
        }
        if (outermost) {
            replaying = false;
            searchFor(other(me));
        }
    }

    /** Each frame below the cut has its counterpart in the list, or is emitted as a stray: it must not vanish. */
    private void dropRepeats(LegTrack me, long offset, long cut) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        final int reach = settings.reach();
        final long lowest = lowestCounterpart(keys, offset, cut);
        boolean noted = false;
        for (int pass = 0; pass < 3; pass++) {
            final int width = pass == 0 ? 0 : pass == 1 ? reach : 16 * reach;
            for (long at = keys.base(); at < cut; at++) {
                if (buffer.isSettled(at) || isForgotten(at + offset)) {
                    continue;
                }
                final long found =
                        merged.nearestOpen(at + offset, width, lowest, cut + offset, keys.hi(at), keys.lo(at), me.bit);
                if (found != KeyRing.NONE) {
                    merged.claim(found, me.bit);
                    buffer.settle(at);
                    me.confirmed.add(1);
                } else if (pass == 2) {
                    // The list has no hole here: the leg's place in it is proved.
                    final long breakBefore = breakAt;
                    writePendingGap(buffer.atNs(at));
                    breakAt = breakBefore;
                    if (!noted) {
                        noted = true;
                        out.discontinuity(
                                Math.max(lastAtNs, buffer.atNs(at)),
                                me.bit,
                                "frames of leg " + me.leg + " that the other leg did not bring at their place");
                    }
                    buffer.emit(at, me.leg, out);
                    me.strays.add(1);
                    lastAtNs = Math.max(lastAtNs, buffer.atNs(at));
                }
            }
        }
        while (keys.base() < cut) {
            buffer.dropOldest();
        }
    }

    /** Beyond a gap that hides something the same offset means nothing. */
    private long lowestCounterpart(KeyRing keys, long offset, long cut) {
        final long lowest = keys.base() + offset - settings.reach();
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

    private void searchFor(LegTrack me) {
        if (me.isHunting() && !me.buffer.isEmpty() && !replaying && aligner.anywhere(me.buffer.keys())) {
            join(me);
        }
    }

    /** The other leg has just gone: this one hunts alone. */
    private void aloneNow(LegTrack me, long nowNs) {
        me.unexplainedSinceNs = LegTrack.NEVER;
        if (!me.buffer.isEmpty()) {
            decideInTime(me, nowNs);
        }
    }

    /** No other leg is up. Holds the frames for a moment while they may turn out as repeats. */
    private void decideInTime(LegTrack me, long nowNs) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        final long last = keys.end() - 1;
        final boolean isNew = merged.keys.newest(keys.hi(last), keys.lo(last)) == KeyRing.NONE;
        if (isNew && me.freshAlone && (!aligner.hintsAtRepeat(keys) || aligner.byTellingKeys(keys))
                || isNew && !me.jumped && buffer.distinct() >= settings.anchors()
                || buffer.distinct() >= 2 * settings.anchors()
                || nowNs - buffer.firstNowNs() >= settings.holdNs()) {
            decide(me, false);
        }
    }

    /** Ends a hunt that no other leg can help: joins if a place is proved, else emits everything, never silently. */
    private void decide(LegTrack me, boolean mustEnd) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        if (merged.keys.size() > 0 && (aligner.anywhere(keys) || aligner.byTellingKeys(keys))) {
            join(me);
            if (me.isUp() || !mustEnd || buffer.isEmpty()) {
                return;
            }
        }
        // A leg that was connected before the last break's other side began may bring what was missing there.
        final boolean mayBeOlder = !me.freshAlone && me.connectedAt <= breakAt;
        final boolean unclear = merged.keys.size() > 0
                && (me.jumped || mayBeOlder || aligner.hintsAtRepeat(keys) || aligner.mayRepeat(keys));
        if (!me.freshAlone) {
            me.forcedEnds.add(1);
        }
        expectGap("leg " + me.leg + " goes on alone and its place is not proved");
        me.become(LegState.UP);
        other(me).freshAlone = false;
        me.floor = merged.keys.end();
        me.front = me.floor - 1;
        final boolean outermost = !replaying;
        replaying = true;
        final long firstAtNs = buffer.atNs(keys.base());
        writePendingGap(firstAtNs);
        if (unclear) {
            out.discontinuity(
                    Math.max(lastAtNs, firstAtNs), me.bit, "what leg " + me.leg + " brings may repeat what is before");
        }
        while (!buffer.isEmpty()) {
            final long at = keys.base();
            admit(me, keys.hi(at), keys.lo(at), buffer.nowNs(at), buffer.atNs(at));
            buffer.emit(at, me.leg, out);
            buffer.dropOldest();
        }
        if (outermost) {
            replaying = false;
            searchFor(other(me));
        }
    }

    /** The other leg counts as up. If it brings nothing of what this one has, it is not live, whatever its socket says. */
    private void judgeOther(LegTrack me, long nowNs) {
        final FrameBuffer buffer = me.buffer;
        final LegTrack other = other(me);
        if (other.lastFrameNs >= buffer.lastNowNs()) {
            return;
        }
        if (me.unexplainedSinceNs == LegTrack.NEVER
                && nowNs > buffer.lastNowNs()
                && !aligner.isExplained(buffer.keys())) {
            me.unexplainedSinceNs = nowNs;
        }
        final long dullNs = buffer.lastNowNs() - Math.max(buffer.firstNowNs(), other.lastFrameNs);
        if (me.unexplainedSinceNs == LegTrack.NEVER && dullNs >= settings.dullWaitNs()) {
            me.unexplainedSinceNs = nowNs;
        }
        if (me.unexplainedSinceNs == LegTrack.NEVER) {
            return;
        }
        final long waitedNs = nowNs - me.unexplainedSinceNs;
        final boolean many = buffer.distinct() >= settings.anchors();
        if (waitedNs >= settings.peerWaitNs() || many && waitedNs >= settings.halfOpenNs()) {
            loseThePlace(other);
            decide(me, false);
        }
    }

    private LegTrack other(LegTrack me) {
        return legs[2 - me.leg];
    }

    private LegTrack track(int leg) {
        return legs[leg - 1];
    }
}
