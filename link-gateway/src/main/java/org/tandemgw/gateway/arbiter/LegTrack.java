package org.tandemgw.gateway.arbiter;

/** What the arbiter knows of one leg. Written by the thread that calls the arbiter; the public part is read by any. */
public final class LegTrack {
    static final long NEVER = Long.MIN_VALUE;

    final int leg;
    final int bit;

    /** Why its next frame is doubtful, if leg and list differ and there is no other leg to compare with. */
    final String differs;

    final FrameBuffer buffer;

    /** What only this leg had when it went down while its place was not known. */
    final FrameBuffer left;

    /** What came first after an outage, while the other leg may still bring something earlier. */
    final FrameBuffer kept;

    LegTrack other;

    /** DOWN, HUNTING or UP; silence is judged beside it. */
    LegState state = LegState.DOWN;

    /** Highest place of the merged list that this leg claimed. */
    long front = -1;

    /** This leg claims nothing below. */
    long floor;

    /** The end of the merged list when this leg connected: what was before is not owed. */
    long connectedAt;

    /** Its first frame may be the one at {@link #connectedAt}; {@link CommonStart} decides. */
    boolean startsAtConnect;

    /** A frame came since it connected. */
    boolean hasBrought;

    /** Connected when no other leg was up, and never lost its place since: what it brings is older than nothing. */
    boolean freshAlone;

    /** So many of its next frames may be followed by a resend that did not begin with what the list has. */
    int doubtful;

    /** Lost its place while up: what it brings may lie anywhere. */
    boolean jumped;

    long lastFrameNs = NEVER;

    /** Since when the buffer holds what the other leg should have brought and has not. */
    long unexplainedSinceNs = NEVER;

    /** What the other leg brought first since this one's last frame, and since when. */
    int missedFrames;

    long missedSinceNs;

    /** All places below are older than {@link ArbiterSettings#owedAfterNs}. */
    long dueBelow;

    final Tally first = new Tally();
    final Tally confirmed = new Tally();
    final Tally owed = new Tally();
    final Tally lagNs = new Tally();
    final Tally jumps = new Tally();
    final Tally forcedEnds = new Tally();
    final Tally strays = new Tally();
    final Tally bufferDrops = new Tally();
    private volatile LegState shown = LegState.DOWN;
    private volatile boolean contributing = true;
    private volatile boolean startsAtEnd;

    LegTrack(int leg, ArbiterSettings settings) {
        this.leg = leg;
        bit = 1 << leg - 1;
        differs = "leg " + leg + " did not bring what the other leg had brought";
        buffer = new FrameBuffer(settings.bufferFrames(), settings.bufferBytes());
        left = new FrameBuffer(settings.bufferFrames(), settings.bufferBytes());
        kept = new FrameBuffer(SettleTime.KEPT_FRAMES, SettleTime.KEPT_BYTES);
    }

    /** Down, hunting, up or silent. Any thread. */
    public LegState state() {
        return shown;
    }

    /** Frames that came on this leg first. Any thread. */
    public long first() {
        return first.get();
    }

    /** Frames that the other leg had brought before. Any thread. */
    public long confirmed() {
        return confirmed.get();
    }

    /** Frames that the other leg brought long ago and this connected leg did not. Any thread. */
    public long owed() {
        return owed.get();
    }

    /** How much later than the first this leg brought the last frame it confirmed; 0 while it leads. Any thread. */
    public long lagMs() {
        return lagNs.get() / 1_000_000;
    }

    /** How often this leg brought something other than what had to come, and lost its place. Any thread. */
    public long jumps() {
        return jumps.get();
    }

    /** Hunts that ended without a proof of place. Any thread. */
    public long forcedEnds() {
        return forcedEnds.get();
    }

    /** Frames that have no place in the stream and were emitted after a discontinuity. Any thread. */
    public long strays() {
        return strays.get();
    }

    /** Frames dropped from a full buffer because the other leg covers them. Any thread. */
    public long bufferDrops() {
        return bufferDrops.get();
    }

    /**
     * True if it hunts in name only: it connected while nothing was on its way, nothing has come since, and so its place is
     * where the stream ends. Any thread.
     */
    public boolean startsAtEnd() {
        return startsAtEnd;
    }

    /** False if the leg is connected but adds no redundancy: it owes too much, lags too far or is silent. Any thread. */
    public boolean isContributing() {
        return contributing;
    }

    boolean isUp() {
        return state == LegState.UP;
    }

    boolean isHunting() {
        return state == LegState.HUNTING;
    }

    /** The one place where a leg changes; silence is judged again with the next tick. */
    void become(LegState next) {
        state = next;
        shown = next;
    }

    /** The other leg brought a frame first. */
    void missed(long nowNs) {
        if (missedFrames++ == 0) {
            missedSinceNs = nowNs;
        }
    }

    void show(boolean silent, boolean contributes) {
        final boolean ready = isHunting() && startsAtConnect && buffer.isEmpty();
        if (ready != startsAtEnd) {
            startsAtEnd = ready;
        }
        final LegState now = silent ? LegState.SILENT : state;
        if (now != shown) {
            shown = now;
        }
        if (contributes != contributing) {
            contributing = contributes;
        }
    }
}
