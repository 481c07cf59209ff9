package org.tandemgw.gateway.time;

import java.time.Duration;

/** A machine whose clocks a test turns by hand. */
final class TurnedClock implements Clock {
    private long nanoTime = 77_000_000_000L;
    private long bootedNs = 3_600_000_000_000L;
    private long utcNs;
    private String bootId = "first";

    TurnedClock(long utcNs) {
        this.utcNs = utcNs;
    }

    /** All clocks go on. */
    void pass(Duration time) {
        nanoTime += time.toNanos();
        bootedNs += time.toNanos();
        utcNs += time.toNanos();
    }

    /** Somebody sets UTC. */
    void jump(long byNs) {
        utcNs += byNs;
    }

    /** The machine sleeps: its monotonic clock stands still. */
    void sleep(Duration time) {
        bootedNs += time.toNanos();
        utcNs += time.toNanos();
    }

    /** It was off for so long. */
    void reboot(Duration off) {
        bootId += "+";
        bootedNs = 20_000_000_000L;
        nanoTime = 20_000_000_000L;
        utcNs += off.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    @Override
    public long utcNs() {
        return utcNs;
    }

    @Override
    public long bootedNs() {
        return bootedNs;
    }

    @Override
    public String bootId() {
        return bootId;
    }
}
