package org.tandemgw.gateway.time;

/**
 * How long ago a record came, by the monotonic clock: its time alone does not say so once the clock has jumped in between, or while record time rises at
 * half its speed. Remembers where the line from record time to monotonic time bends; the last eight bends are enough for whoever is behind by less, and
 * beyond them the line is straight. Pure; used by one thread at a time; allocates nothing.
 */
final class RecordAges {
    private static final long BEND_NS = 100_000_000;
    private static final int POINTS = 16;

    private final long[] recordNs = new long[POINTS];
    private final long[] monotonicNs = new long[POINTS];
    private int count;
    private boolean halfSpeed;
    private long lastRecordNs;
    private long lastMonotonicNs;

    /** Record time has this value now, and rises at half or full speed from here. */
    void note(long nowRecordNs, long nowMonotonicNs, boolean nowHalfSpeed) {
        if (count == 0) {
            point(nowRecordNs, nowMonotonicNs);
        } else if (nowHalfSpeed != halfSpeed || isBend(nowRecordNs, nowMonotonicNs)) {
            point(lastRecordNs, lastMonotonicNs);
            point(nowRecordNs, nowMonotonicNs);
        }
        halfSpeed = nowHalfSpeed;
        lastRecordNs = nowRecordNs;
        lastMonotonicNs = nowMonotonicNs;
    }

    /** How long ago record time had this value, as of the last {@link #note}. */
    long ageNs(long atNs) {
        if (count == 0 || atNs >= lastRecordNs) {
            return 0;
        }
        int from = count - 1;
        while (from >= 0 && recordNs[from] > atNs) {
            from--;
        }
        if (from < 0) {
            return lastMonotonicNs - monotonicNs[0] + (recordNs[0] - atNs);
        }
        final long endRecordNs = from + 1 < count ? recordNs[from + 1] : lastRecordNs;
        final long endMonotonicNs = from + 1 < count ? monotonicNs[from + 1] : lastMonotonicNs;
        final double part = (atNs - recordNs[from]) / (double) (endRecordNs - recordNs[from]);
        return lastMonotonicNs - monotonicNs[from] - (long) (part * (endMonotonicNs - monotonicNs[from]));
    }

    private boolean isBend(long nowRecordNs, long nowMonotonicNs) {
        final long sinceNs = nowMonotonicNs - monotonicNs[count - 1];
        final long expectedNs = recordNs[count - 1] + (halfSpeed ? sinceNs / 2 : sinceNs);
        return Math.abs(nowRecordNs - expectedNs) > BEND_NS;
    }

    private void point(long atRecordNs, long atMonotonicNs) {
        if (count == POINTS) {
            count--;
            System.arraycopy(recordNs, 1, recordNs, 0, count);
            System.arraycopy(monotonicNs, 1, monotonicNs, 0, count);
        }
        recordNs[count] = atRecordNs;
        monotonicNs[count] = atMonotonicNs;
        count++;
    }
}
