package org.tandemgw.gateway.arbiter;

/** A leg whose place is not known: buffers, joins where its place is proved, and decides when nobody else can help it. */
final class Hunt {
    private final ArbiterSettings settings;
    private final StreamEnd stream;
    private final KeyRing merged;
    private final Aligner aligner;
    private final JoinedLegs joined;

    Hunt(ArbiterSettings settings, StreamEnd stream, Aligner aligner, JoinedLegs joined) {
        this.settings = settings;
        this.stream = stream;
        merged = stream.merged.keys;
        this.aligner = aligner;
        this.joined = joined;
    }

    /**
     * Makes room for a frame of this length.
     *
     * @return false if the leg's place is known now: nothing is to be buffered
     */
    boolean makeRoom(LegTrack me, int length) {
        while (!me.buffer.fits(length)) {
            if (me.other.isUp()) {
                me.buffer.dropOldest();
                me.startsAtConnect = false;
                me.bufferDrops.add(1);
            } else {
                decide(me, true);
            }
        }
        return !me.isUp();
    }

    /** A frame was buffered. */
    void buffered(LegTrack me, long keyHi, long keyLo, long nowNs) {
        if (joined.joinAfterBuffered(me)) {
            return;
        }
        if (!me.other.isUp()) {
            decideInTime(me, nowNs);
            return;
        }
        if (me.unexplainedSinceNs == LegTrack.NEVER && merged.newest(keyHi, keyLo) == KeyRing.NONE) {
            me.unexplainedSinceNs = nowNs;
        }
        judgeOther(me, nowNs);
    }

    void tick(LegTrack me, long nowNs) {
        if (!me.isHunting() || me.buffer.isEmpty()) {
            return;
        }
        if (me.other.isUp()) {
            judgeOther(me, nowNs);
        } else {
            decideInTime(me, nowNs);
        }
    }

    /** The other leg has just gone: this one hunts alone. */
    void aloneNow(LegTrack me, long nowNs) {
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
        final boolean isNew = merged.newest(keys.hi(last), keys.lo(last)) == KeyRing.NONE;
        if (isNew && me.freshAlone && (!aligner.hintsAtRepeat(keys) || aligner.byTellingKeys(keys))
                || isNew && !me.jumped && buffer.distinct() >= settings.anchors()
                || buffer.distinct() >= 2 * settings.anchors()
                || nowNs - buffer.firstNowNs() >= settings.holdNs()) {
            decide(me, false);
        }
    }

    /** Ends a hunt that no other leg can help: joins if a place is proved, else emits everything, never silently. */
    void decide(LegTrack me, boolean mustEnd) {
        final FrameBuffer buffer = me.buffer;
        final KeyRing keys = buffer.keys();
        if (merged.size() > 0 && joinIfProved(me) && (me.isUp() || !mustEnd || buffer.isEmpty())) {
            return;
        }
        // A leg that was connected before the last break's other side began may bring what was missing there.
        final boolean mayBeOlder = !me.freshAlone && me.connectedAt <= stream.breakAt();
        final boolean unclear = merged.size() > 0
                && (me.jumped
                        || mayBeOlder
                        || aligner.hintsAtRepeat(keys)
                        || aligner.mayRepeat(keys)
                        || stream.hasStrayOf(keys));
        if (!me.freshAlone) {
            me.forcedEnds.add(1);
        }
        stream.expectGap("leg " + me.leg + " goes on alone and its place is not proved");
        final long firstAtNs = buffer.atNs(keys.base());
        stream.writePendingGap(firstAtNs);
        if (unclear) {
            stream.expectDisorder("what leg " + me.leg + " brings may repeat what is before");
        }
        joined.appendAll(me);
    }

    private boolean joinIfProved(LegTrack me) {
        if (joined.joinAnywhere(me)) {
            return true;
        }
        final boolean found = aligner.byTellingKeys(me.buffer.keys());
        if (found) {
            joined.joinAsFound(me);
        }
        return found;
    }

    /** The other leg counts as up. If it brings nothing of what this one has, it is not live, whatever its socket says. */
    private void judgeOther(LegTrack me, long nowNs) {
        final FrameBuffer buffer = me.buffer;
        final LegTrack other = me.other;
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
            joined.loseThePlace(other);
            decide(me, false);
        }
    }
}
