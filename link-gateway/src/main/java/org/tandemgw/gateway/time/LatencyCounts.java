package org.tandemgw.gateway.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How long things took, counted in buckets of fixed bounds. One thread adds, a few nanoseconds each and without allocation or lock; any thread reads. A reading
 * is no single moment, but each of its numbers is one that was true, and none ever falls.
 */
public final class LatencyCounts {
    /** Upper bounds of the buckets, in nanoseconds, each inclusive; what is above the last is counted behind them. */
    private static final long[] BOUNDS_NS = {
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000,
        20_000_000,
        50_000_000,
        100_000_000,
        200_000_000,
        500_000_000,
        1_000_000_000,
        2_000_000_000,
        5_000_000_000L,
        10_000_000_000L,
        30_000_000_000L,
        60_000_000_000L
    };

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SUM;

    static {
        try {
            SUM = MethodHandles.lookup().findVarHandle(LatencyCounts.class, "sumNs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] counts = new long[BOUNDS_NS.length + 1];
    private long sumNs;

    /**
     * What was counted.
     *
     * @param counts of each bucket alone, one more than there are bounds
     */
    public record Reading(long[] counts, long sumNs) {
        /** How many in all. */
        public long total() {
            return Arrays.stream(counts).sum();
        }
    }

    /** The upper bounds of the buckets in nanoseconds. */
    public static long[] boundsNs() {
        return BOUNDS_NS.clone();
    }

    /** Counts so many that took so long each. Its one thread; less than nothing counts as nothing. */
    public void add(long tookNs, int times) {
        final long ns = Math.max(0, tookNs);
        int bucket = 0;
        while (bucket < BOUNDS_NS.length && ns > BOUNDS_NS[bucket]) {
            bucket++;
        }
        COUNT.setRelease(counts, bucket, counts[bucket] + times);
        SUM.setRelease(this, sumNs + ns * times);
    }

    /** Any thread. */
    public Reading read() {
        final long sum = (long) SUM.getAcquire(this);
        final long[] copy = new long[counts.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (long) COUNT.getAcquire(counts, i);
        }
        return new Reading(copy, sum);
    }
}
