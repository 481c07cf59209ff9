package org.tandemgw.gateway.arbiter;

/**
 * A leg that connected while nothing was on its way starts where the list ended when it connected: its place needs no
 * search. Decides whether that was so; the frames have the last word.
 */
final class CommonStart {
    /** Beyond so many frames ordinary hunting knows better. */
    private static final int LOOK = 64;

    private static final int KEYS_WITHOUT_SILENCE = 3;
    private static final int KEYS_AFTER_SILENCE = 2;

    private final long idleNs;
    private final long firstQuietNs;
    private final long abreastNs;
    private final MergedList list;
    private final KeyRing merged;
    private long lastFrameNs = LegTrack.NEVER;
    private long connectNs;
    private boolean awaited;
    private boolean untouched;
    private boolean quiet;

    CommonStart(ArbiterSettings settings, MergedList list) {
        idleNs = settings.idleNs();
        firstQuietNs = settings.firstQuietNs();
        abreastNs = settings.holdNs();
        this.list = list;
        merged = list.keys;
    }

    /** A leg has connected at the end of the list. */
    void connected(LegTrack me, long nowNs) {
        final LegTrack other = me.other;
        untouched = other.state == LegState.DOWN || !other.hasBrought;
        me.startsAtConnect = untouched || nowNs - lastFrameNs >= idleNs;
        if (!untouched) {
            other.startsAtConnect = false;
        }
        me.hasBrought = false;
        connectNs = nowNs;
        awaited = true;
        quiet = false;
    }

    /** A frame of either leg comes. */
    void frame(LegTrack me, boolean hasHistory, long nowNs) {
        lastFrameNs = nowNs;
        me.hasBrought = true;
        if (awaited) {
            awaited = false;
            quiet = untouched && nowNs - connectNs >= (hasHistory ? idleNs : firstQuietNs);
        }
    }

    /**
     * True if the buffer equals the list from the place on at which the leg connected. After a silence that let everything
     * arrive which had been on its way one frame is proof, else different keys that occur nowhere else.
     */
    boolean isProved(LegTrack me) {
        if (!me.startsAtConnect) {
            return false;
        }
        final KeyRing keys = me.buffer.keys();
        final long first = keys.base();
        final long count = Math.min(keys.size(), merged.end() - me.connectedAt);
        if (count > LOOK || me.connectedAt < merged.base()) {
            me.startsAtConnect = false;
            return false;
        }
        int telling = 0;
        for (int i = 0; i < count; i++) {
            // One that comes so much later may have been on its way before the other leg connected.
            final long apartNs = Math.abs(me.buffer.nowNs(first + i) - list.arrivedNs(me.connectedAt + i));
            if (apartNs > abreastNs || !merged.same(me.connectedAt + i, keys, first + i)) {
                me.startsAtConnect = false;
                return false;
            }
            final long hi = keys.hi(first + i);
            final long lo = keys.lo(first + i);
            if (merged.count(hi, lo, 2) == 1 && keys.count(hi, lo, 2) == 1) {
                telling++;
            }
        }
        return telling >= (untouched ? KEYS_WITHOUT_SILENCE : KEYS_AFTER_SILENCE) || quiet && count > 0;
    }
}
