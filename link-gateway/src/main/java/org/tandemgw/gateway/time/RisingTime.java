package org.tandemgw.gateway.time;

/**
 * The time that records get. It is UTC as long as UTC rises. When the clock is set back, records do not go back with it: they go on from the last
 * one at half the speed of the monotonic clock until UTC has caught up, so that a second heals in two and an hour in two hours. A year never heals, but
 * time goes on: a roll file of ten minutes ends after twenty, and can be dropped one day. Pure; used by one thread at a time; allocates nothing.
 */
public final class RisingTime {
    private long lastNs;
    private long lastMonotonicNs;

    /** Begins now, below every time that there is. */
    public RisingTime(long monotonicNs) {
        lastMonotonicNs = monotonicNs;
    }

    /** At a start: no record is to come before the newest one that is there. */
    public void startAt(long newestRecordNs) {
        lastNs = Math.max(lastNs, newestRecordNs);
    }

    /** The time of a record that comes now. Never less than the last one. */
    public long at(long utcNs, long monotonicNs) {
        if (utcNs >= lastNs) {
            lastNs = utcNs;
            lastMonotonicNs = Math.max(lastMonotonicNs, monotonicNs);
        } else {
            // A nanosecond that is left over counts the next time: many short steps are as fast as a long one.
            final long half = Math.max(0, monotonicNs - lastMonotonicNs) / 2;
            lastNs += half;
            lastMonotonicNs += 2 * half;
        }
        return lastNs;
    }

    /** True if UTC is behind the last record. */
    public boolean isAhead(long utcNs) {
        return utcNs < lastNs;
    }
}
