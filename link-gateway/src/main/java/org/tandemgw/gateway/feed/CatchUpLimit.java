package org.tandemgw.gateway.feed;

import java.util.function.LongSupplier;

/**
 * How fast a server that is behind may be filled ({@code catch-up}): a bucket of permits, of which each record that is older than
 * {@link #LIVE_NS} takes one. Younger records need none, so live traffic is never held. The bucket fills at the limit, or at the rate at which
 * records come meanwhile if that is higher: then the server stays behind, but not further and further. Pure; the feed's thread.
 */
final class CatchUpLimit {
    /** A record that waited no longer than this is live. */
    static final long LIVE_NS = 2_000_000_000L;
    /** When the bucket is empty, the session looks again after so long. */
    static final long WAIT_MS = 20;

    private static final double BURST_SECONDS = 0.1;
    private static final long MEASURE_NS = 1_000_000_000L;

    private final long perSecond;
    private final LongSupplier readable;
    private double permits;
    private double liveRate;
    private long filledNs;
    private long measuredNs;
    private long measuredReadable;

    /** {@code readable}: the last sequence that may be sent. */
    CatchUpLimit(long perSecond, LongSupplier readable, long nowNs) {
        this.perSecond = perSecond;
        this.readable = readable;
        this.filledNs = nowNs;
        this.measuredNs = nowNs;
        this.measuredReadable = readable.getAsLong();
    }

    /** Time has passed. */
    void fill(long nowNs) {
        final long measuredForNs = nowNs - measuredNs;
        if (measuredForNs >= MEASURE_NS) {
            final long end = readable.getAsLong();
            liveRate = (end - measuredReadable) * 1e9 / measuredForNs;
            measuredNs = nowNs;
            measuredReadable = end;
        }
        final double rate = Math.max(perSecond, liveRate);
        permits = Math.min(Math.max(1, rate * BURST_SECONDS), permits + rate * (nowNs - filledNs) / 1e9);
        filledNs = nowNs;
    }

    /** Takes a permit for a record that is behind; false if there is none now. */
    boolean take() {
        if (permits < 1) {
            return false;
        }
        permits--;
        return true;
    }
}
