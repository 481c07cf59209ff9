package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.feed.Parity.Standing;

/**
 * Says from samples how fast a server catches up and when it will be at parity. Pure; one thread. Remembers {@link #CAPACITY} samples, at least
 * {@link #APART_NS} apart; rates are over those of the last {@link #WINDOW_NS}.
 */
final class ParityEstimator {
    static final long WINDOW_NS = 5_000_000_000L;
    /** What could be sent so long ago a server at parity has. */
    static final long PARITY_NS = 1_000_000_000L;

    private static final long APART_NS = 100_000_000L;
    private static final long MEASURED_NS = 400_000_000L;
    private static final int CAPACITY = 64;

    private final long limitPerSecond;
    private final long[] atNs = new long[CAPACITY];
    private final long[] readable = new long[CAPACITY];
    private final long[] taken = new long[CAPACITY];
    private long samples;
    private long firstOfSession;
    private long session;

    /** {@code limitPerSecond}: 0 if there is none. */
    ParityEstimator(long limitPerSecond) {
        this.limitPerSecond = limitPerSecond;
    }

    /**
     * Takes a sample.
     *
     * @param nowSession counts the server's logins; 0 while it is away
     * @param nowReadable the last sequence that may be sent
     * @param nowTaken the last one that the server has, as far as we know
     */
    Parity sample(long nowNs, long nowSession, long nowReadable, long nowTaken) {
        if (nowSession != session) {
            session = nowSession;
            firstOfSession = samples;
        } else if (samples - 2 >= Math.max(firstOfSession, oldest())
                && nowNs - atNs[(int) ((samples - 2) % CAPACITY)] < APART_NS) {
            samples--; // The last one takes the place of the one before it, which is too young to tell anything.
        }
        final int now = (int) (samples++ % CAPACITY);
        atNs[now] = nowNs;
        readable[now] = nowReadable;
        taken[now] = nowTaken;
        final int first = oldestWithin(WINDOW_NS, nowNs, 0);
        final long liveRate = rate(readable, first, now);
        final long behind = Math.max(0, nowReadable - nowTaken);
        if (session == 0) {
            return new Parity(Standing.AWAY, behind, 0, liveRate, -1);
        }
        if (nowTaken >= readable[aParityAgo(nowNs)]) {
            return new Parity(Standing.AT_PARITY, behind, 0, liveRate, 0);
        }
        final int begun = oldestWithin(WINDOW_NS, nowNs, firstOfSession);
        final long catchUpRate = rate(taken, begun, now);
        if (limitPerSecond > 0 && liveRate >= limitPerSecond) {
            return new Parity(Standing.NOT_AT_THIS_LIMIT, behind, catchUpRate, liveRate, -1);
        }
        if (nowNs - atNs[begun] < MEASURED_NS) {
            return new Parity(Standing.MEASURING, behind, catchUpRate, liveRate, -1);
        }
        final long gain = catchUpRate - liveRate;
        return gain <= 0
                ? new Parity(Standing.NOT_AT_THIS_RATE, behind, catchUpRate, liveRate, -1)
                : new Parity(Standing.APPROACHING, behind, catchUpRate, liveRate, Math.max(1, (long)
                        (behind * 1_000.0 / gain)));
    }

    /** The newest sample that is at least {@link #PARITY_NS} old, or the oldest there is. */
    private int aParityAgo(long nowNs) {
        long index = samples - 1;
        while (index > oldest() && nowNs - atNs[(int) (index % CAPACITY)] < PARITY_NS) {
            index--;
        }
        return (int) (index % CAPACITY);
    }

    private int oldestWithin(long windowNs, long nowNs, long from) {
        long index = Math.max(from, oldest());
        while (index < samples - 1 && nowNs - atNs[(int) (index % CAPACITY)] > windowNs) {
            index++;
        }
        return (int) (index % CAPACITY);
    }

    private long oldest() {
        return Math.max(0, samples - CAPACITY);
    }

    private long rate(long[] of, int from, int to) {
        final long tookNs = atNs[to] - atNs[from];
        return tookNs <= 0 ? 0 : Math.max(0, Math.round((of[to] - of[from]) * 1e9 / tookNs));
    }
}
