package org.tandemgw.gateway.process;

import java.time.Duration;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;

/** This machine's clocks, and a hand on them. Any thread. */
final class JumpingClock implements Clock {
    private final SystemClock machine = new SystemClock();
    private volatile long utcOffNs;
    private volatile long passedNs;

    /** Sets UTC. */
    synchronized void set(long utcNs) {
        utcOffNs += utcNs - utcNs();
    }

    /** Somebody sets UTC forward or back. */
    synchronized void jump(Duration by) {
        utcOffNs += by.toNanos();
    }

    /** All clocks go on at once, as if so much time had passed. */
    synchronized void pass(Duration time) {
        passedNs += time.toNanos();
    }

    @Override
    public long nanoTime() {
        return machine.nanoTime() + passedNs;
    }

    @Override
    public long utcNs() {
        return machine.utcNs() + passedNs + utcOffNs;
    }

    @Override
    public long bootedNs() {
        return machine.bootedNs() + passedNs;
    }

    @Override
    public String bootId() {
        return machine.bootId();
    }
}
