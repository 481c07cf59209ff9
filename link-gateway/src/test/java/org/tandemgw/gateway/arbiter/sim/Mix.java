package org.tandemgw.gateway.arbiter.sim;

/** Eight kinds of traffic: from calls alone on even legs to almost only heartbeats on legs that lag and swap. */
public enum Mix {
    CALLS_ONLY(0, 50, 0),
    CALLS_SWAPPED(0, 200, 10),
    CALLS_LATE(0, 1_000, 1),
    SOME_HEARTBEATS(30, 200, 1),
    SOME_HEARTBEATS_LATE(30, 1_000, 5),
    MANY_HEARTBEATS(60, 200, 1),
    MOSTLY_HEARTBEATS(90, 200, 2),
    EVERYTHING_AT_ONCE(90, 1_000, 10);

    /** Share of frames that are one of three heartbeats. */
    public final int dullPercent;

    /** How many frames a leg may lag. */
    public final int maxLagFrames;

    /** How often a leg swaps two neighbours. */
    public final int swapPercent;

    Mix(int dullPercent, int maxLagFrames, int swapPercent) {
        this.dullPercent = dullPercent;
        this.maxLagFrames = maxLagFrames;
        this.swapPercent = swapPercent;
    }
}
