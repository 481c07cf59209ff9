package org.tandemgw.gateway.arbiter;

/**
 * Makes one stream of two legs that carry the same frames: each frame once, in the order of first arrival, and never a
 * silent hole. Called by one thread; it has no clock, socket or thread of its own and allocates nothing while both legs are
 * up. {@code nowNs} is monotonic and drives timers, {@code atNs} is UTC and goes into records.
 */
public final class LineArbiter {
    private final StreamSink out;
    private final StreamEnd stream;
    private final CommonStart commonStart;
    private final JoinedLegs joined;
    private final Hunt hunt;
    private final LeftBehind leftBehind;
    private final LegTrack[] legs;
    private final SettleTime settleTime;
    private final RedundancyWatch watch;
    private volatile boolean linkDown = true;

    /** Starts with both legs down and nothing remembered; see {@link #restore}. */
    public LineArbiter(ArbiterSettings settings, StreamSink out) {
        this.out = out;
        stream = new StreamEnd(settings.historyFrames(), out);
        final Aligner aligner = new Aligner(settings, stream.merged);
        commonStart = new CommonStart(settings, stream.merged);
        joined = new JoinedLegs(settings, stream, aligner, commonStart);
        hunt = new Hunt(settings, stream, aligner, joined);
        legs = new LegTrack[] {new LegTrack(1, settings), new LegTrack(2, settings)};
        legs[0].other = legs[1];
        legs[1].other = legs[0];
        leftBehind = new LeftBehind(settings, stream, legs);
        settleTime = new SettleTime(settings);
        watch = new RedundancyWatch(settings, stream.merged);
    }

    /** At a start, before the first connection: one of the last frames of the journal, oldest first. */
    public void restore(long keyHi, long keyLo) {
        stream.restore(keyHi, keyLo);
    }

    /** At a start, between two calls of {@link #restore}: here the journal has a gap or a discontinuity. */
    public void restoreBreak() {
        stream.restoreBreak();
    }

    /**
     * At a start, after the last {@link #restore}.
     *
     * @param lastAtNs arrival of the journal's last record
     * @param journalNotEmpty true at every start but the very first: a gap will precede the first new frame
     */
    public void restored(long lastAtNs, boolean journalNotEmpty) {
        stream.restored(lastAtNs, journalNotEmpty);
    }

    /** A leg's session is ready for shared frames. */
    public void connected(int leg, long nowNs, long atNs) {
        final LegTrack me = track(leg);
        if (me.state != LegState.DOWN) {
            throw new IllegalStateException("leg " + leg + " is connected again while " + me.state);
        }
        settleTime.connected(me);
        me.become(LegState.HUNTING);
        me.jumped = false;
        me.freshAlone = !me.other.isUp();
        me.connectedAt = stream.merged.keys.end();
        commonStart.connected(me, nowNs);
        stream.merged.unclaim(me.bit);
        me.unexplainedSinceNs = LegTrack.NEVER;
        me.lastFrameNs = nowNs;
        me.missedFrames = 0;
        linkDown = false;
        watch.look(me, nowNs);
    }

    /** A leg's session has ended. Does nothing if it is down already. */
    public void disconnected(int leg, long nowNs, long atNs, String why) {
        final LegTrack me = track(leg);
        final LegTrack other = me.other;
        if (me.state == LegState.DOWN) {
            return;
        }
        settled();
        if (me.isHunting() && !me.buffer.isEmpty()) {
            if (other.isUp()) {
                leftBehind.keep(me, nowNs);
            } else {
                // Nobody else will bring what only this leg has.
                hunt.decide(me, true);
            }
        }
        me.buffer.clear();
        me.become(LegState.DOWN);
        if (other.state == LegState.DOWN) {
            linkDown = true;
            leftBehind.linkDown();
            stream.expectGap("both legs down: " + why);
        } else if (other.isHunting()) {
            hunt.aloneNow(other, nowNs);
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
        if (settleTime.isOpen()) {
            if (me.state != LegState.DOWN && me.kept.fits(length)) {
                me.kept.add(keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
                settleTime.begins(me);
                if (settleTime.isDecided()) {
                    settled();
                }
                return;
            }
            settled();
        }
        arbitrate(me, keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
    }

    private void release(LegTrack me) {
        while (!me.kept.isEmpty()) {
            me.kept.arbitrateOldest(me, this);
            me.kept.dropOldest();
        }
    }

    /** One frame, now that it is its turn. */
    void arbitrate(
            LegTrack me,
            long keyHi,
            long keyLo,
            boolean lost,
            byte[] buffer,
            int offset,
            int length,
            long dialectSequence,
            long nowNs,
            long atNs) {
        final LegTrack other = me.other;
        me.lastFrameNs = nowNs;
        me.missedFrames = 0;
        other.unexplainedSinceNs = LegTrack.NEVER;
        commonStart.frame(me, stream.hasHistory(), nowNs);
        switch (me.state) {
            case UP -> {
                if (!joined.place(me, keyHi, keyLo, nowNs)) {
                    if (joined.mayAppend(me, keyHi, keyLo)) {
                        stream.admit(me, keyHi, keyLo, nowNs, atNs);
                        other.missed(nowNs);
                        out.frame(me.leg, atNs, lost, buffer, offset, length, dialectSequence);
                        joined.joinAfterAppended(other);
                    } else {
                        joined.loseThePlace(me);
                        buffer(me, keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
                    }
                }
            }
            case HUNTING -> buffer(me, keyHi, keyLo, lost, buffer, offset, length, dialectSequence, nowNs, atNs);
            default -> throw new IllegalStateException("a frame on leg " + me.leg + ", which is " + me.state);
        }
    }

    /** Timers: about every 50 ms and at the end of a batch. Cheap. */
    public void tick(long nowNs, long atNs) {
        hunt.tick(legs[0], nowNs);
        hunt.tick(legs[1], nowNs);
        leftBehind.tick(nowNs);
        watch.look(legs[0], nowNs);
        watch.look(legs[1], nowNs);
    }

    /** State and counters of leg 1 or 2. Any thread. */
    public LegTrack leg(int leg) {
        return track(leg);
    }

    /**
     * True while the first frames after an outage wait for the other leg. Whoever keeps the time calls {@link #settled} {@link ArbiterSettings#settleNs}
     * later, once it has looked whether the other leg has brought something meanwhile: time in which nobody read is no time in which it was silent.
     */
    public boolean isSettling() {
        return settleTime.isKeeping();
    }

    /** Ends the settle time, if it is not over: the leg that begins earlier goes first, nothing is kept any longer. */
    public void settled() {
        final LegTrack first = settleTime.close();
        if (first != null) {
            release(first);
            release(first.other);
        }
    }

    /** Frames that wait for their place and may be written at any time. The arbiter's thread. */
    public int heldFrames() {
        int frames = 0;
        for (final LegTrack leg : legs) {
            frames += leg.buffer.size() + leg.left.size();
        }
        return frames;
    }

    /** How many bytes their records hold, at most. The arbiter's thread. */
    public long heldBytes() {
        long bytes = 0;
        for (final LegTrack leg : legs) {
            bytes += leg.buffer.heldBytes() + leg.left.heldBytes();
        }
        return bytes;
    }

    /** True while no leg is connected. Any thread. */
    public boolean isLinkDown() {
        return linkDown;
    }

    private void buffer(
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
        if (hunt.makeRoom(me, length)) {
            me.buffer.add(keyHi, keyLo, lost, bytes, offset, length, dialectSequence, nowNs, atNs);
            hunt.buffered(me, keyHi, keyLo, nowNs);
        } else {
            arbitrate(me, keyHi, keyLo, lost, bytes, offset, length, dialectSequence, nowNs, atNs);
        }
    }

    private LegTrack track(int leg) {
        return legs[leg - 1];
    }
}
