package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.time.RecordClock;

/**
 * The monotonic time of one intake, by which legs are judged. It goes on with the turns of the intake thread, and by at most {@link #MOST_PER_TURN_NS} in
 * one: while that thread does not run, waits for the disk, or is busy with what one leg has brought, nobody reads the other one, which is then neither silent
 * nor late. It stands altogether while no leg is read for want of room on the disk. Intake thread; the time may be asked by any.
 */
final class StandingClock {
    /** Several of the thread's ticks: a turn that takes longer is no ordinary one. */
    static final long MOST_PER_TURN_NS = 100_000_000;

    private static final long RUNNING = Long.MIN_VALUE;

    private final RecordClock clock;

    /** The time shown while it stands. */
    private volatile long standsAtNs = RUNNING;

    private volatile Turn turn;

    /** When the thread last came round, and which time it was then. */
    private record Turn(long atNs, long shownNs) {
        long shownNs(long machineNs) {
            return shownNs + Math.min(machineNs - atNs, MOST_PER_TURN_NS);
        }
    }

    StandingClock(RecordClock clock) {
        this.clock = clock;
        this.turn = new Turn(clock.nanoTime(), clock.nanoTime());
    }

    /** The intake thread comes round: what the legs had has been read. */
    void turn() {
        if (standsAtNs == RUNNING) {
            final long machineNs = clock.nanoTime();
            turn = new Turn(machineNs, turn.shownNs(machineNs));
        }
    }

    void stand() {
        if (standsAtNs == RUNNING) {
            standsAtNs = nanoTime();
        }
    }

    void goOn() {
        if (standsAtNs != RUNNING) {
            turn = new Turn(clock.nanoTime(), standsAtNs);
            standsAtNs = RUNNING;
        }
    }

    long nanoTime() {
        final long standing = standsAtNs;
        return standing == RUNNING ? turn.shownNs(clock.nanoTime()) : standing;
    }

    /** The time of records goes on. */
    long recordNs() {
        return clock.recordNs();
    }
}
