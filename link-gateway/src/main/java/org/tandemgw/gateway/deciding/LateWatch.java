package org.tandemgw.gateway.deciding;

import java.util.concurrent.TimeUnit;

/**
 * Notices that whoever should look did not run: the process was stopped, the machine slept or had no time for us. Two clocks are
 * read, because one of them stands still while the machine sleeps. Pure; one thread.
 */
final class LateWatch {
    /** No wait of that thread is longer. */
    static final long LONGEST_WAIT_MS = 250;

    /** So much more is a stall: shorter than the time-outs by which servers are judged, longer than a busy machine makes wait. */
    static final long LATE_MS = 750;

    private long lastNs;
    private long lastBootedNs;

    LateWatch(long nowNs, long bootedNs) {
        lastNs = nowNs;
        lastBootedNs = bootedNs;
    }

    /** Called each time the thread wakes, before it does anything: by how many milliseconds that is too late; 0: it is not. */
    long wokeMs(long nowNs, long bootedNs) {
        final long sinceNs = Math.max(nowNs - lastNs, bootedNs - lastBootedNs);
        lastNs = nowNs;
        lastBootedNs = bootedNs;
        final long lateMs = TimeUnit.NANOSECONDS.toMillis(sinceNs) - LONGEST_WAIT_MS;
        return lateMs >= LATE_MS ? lateMs : 0;
    }
}
