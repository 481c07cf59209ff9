package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.time.RecordClock;

/**
 * The monotonic time of one intake. It stands while no leg is read for want of room on the disk: a leg that we do not read
 * is neither silent nor late, and nothing is decided meanwhile about frames that wait. Intake thread; the time may be asked
 * by any.
 */
final class StandingClock {
    private static final long RUNNING = Long.MIN_VALUE;

    private final RecordClock clock;

    /** The time shown while it stands. */
    private volatile long standsAtNs = RUNNING;

    /** For how long it has stood in all. */
    private volatile long stoodNs;

    StandingClock(RecordClock clock) {
        this.clock = clock;
    }

    void stand() {
        if (standsAtNs == RUNNING) {
            standsAtNs = clock.nanoTime() - stoodNs;
        }
    }

    void goOn() {
        if (standsAtNs != RUNNING) {
            stoodNs = clock.nanoTime() - standsAtNs;
            standsAtNs = RUNNING;
        }
    }

    long nanoTime() {
        final long standing = standsAtNs;
        return standing == RUNNING ? clock.nanoTime() - stoodNs : standing;
    }

    /** The time of records goes on. */
    long recordNs() {
        return clock.recordNs();
    }
}
