package org.tandemgw.gateway.arbiter;

/**
 * After an outage of both legs, or a start, the leg that is read first need not be the one that begins earlier. So the first frames are kept for a moment,
 * until both legs have brought some that can be compared; then the leg that begins earlier goes first, and what the other one brings are repeats.
 * It only chooses in which order of arrival the frames are arbitrated: whatever it chooses, nothing is lost. It ends when that is known, when a leg goes,
 * when {@link #KEPT_FRAMES} or {@link #KEPT_BYTES} are kept, and when the caller says so.
 */
final class SettleTime {
    static final int KEPT_FRAMES = 4_096;
    static final int KEPT_BYTES = 1 << 20;

    /** So many equal frames in a row say how two beginnings lie to each other. */
    private static final int SURE = 3;
    /** Longer beginnings are not compared with each frame, and not further than so far. */
    private static final int LOOK = 128;

    private final boolean used;
    private boolean open;
    private LegTrack first;

    SettleTime(ArbiterSettings settings) {
        used = settings.settleNs() > 0;
    }

    /** A leg connects: if the other one is down, the stream begins anew. */
    void connected(LegTrack me) {
        if (used && me.other.state == LegState.DOWN) {
            open = true;
        }
    }

    /** True until it is over: frames are to be kept, as far as there is room. */
    boolean isOpen() {
        return open;
    }

    /** True if something is kept. */
    boolean isKeeping() {
        return first != null;
    }

    /** A leg has brought its first frame. */
    void begins(LegTrack me) {
        if (first == null) {
            first = me;
        }
    }

    /** True if it is known which leg begins earlier. */
    boolean isDecided() {
        return first.kept.keys().size() <= LOOK && first.other.kept.keys().size() <= LOOK && earlier(SURE) != null;
    }

    /** Ends it. Returns the leg whose frames go first, or null if none are kept. */
    LegTrack close() {
        final LegTrack goesFirst = first == null ? null : best();
        open = false;
        first = null;
        return goesFirst;
    }

    private LegTrack best() {
        if (first.other.kept.isEmpty()) {
            return first;
        }
        final LegTrack sure = earlier(SURE);
        final LegTrack likely = sure == null ? earlier(1) : sure;
        if (likely != null) {
            return likely;
        }
        final boolean otherHasMine = has(first.other, first);
        return otherHasMine && !has(first, first.other) ? first.other : first;
    }

    /** The leg that begins earlier, or null if that cannot be told by so many frames. */
    private LegTrack earlier(int frames) {
        final boolean mine = beginsInside(first.other, first, frames) || same(first.other, first, 0, frames);
        final boolean others = beginsInside(first, first.other, frames);
        return mine == others ? null : mine ? first : first.other;
    }

    /** True if {@code me} may begin with a frame that is not the first one of {@code that}, and goes on like it. */
    private static boolean beginsInside(LegTrack me, LegTrack that, int frames) {
        final KeyRing mine = me.kept.keys();
        if (mine.size() == 0) {
            return false;
        }
        final KeyRing theirs = that.kept.keys();
        for (long at = theirs.newest(mine.hi(mine.base()), mine.lo(mine.base()));
                at > theirs.base();
                at = theirs.older(at)) {
            if (same(me, that, at - theirs.base(), frames)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(LegTrack me, LegTrack that, long ahead, int frames) {
        final KeyRing mine = me.kept.keys();
        final KeyRing theirs = that.kept.keys();
        final long count = Math.min(LOOK, Math.min(mine.size(), theirs.size() - ahead));
        for (int i = 0; i < count; i++) {
            if (!theirs.same(theirs.base() + ahead + i, mine, mine.base() + i)) {
                return false;
            }
        }
        return count >= frames;
    }

    private static boolean has(LegTrack me, LegTrack that) {
        final KeyRing theirs = that.kept.keys();
        return me.kept.keys().newest(theirs.hi(theirs.base()), theirs.lo(theirs.base())) != KeyRing.NONE;
    }
}
