package org.tandemgw.gateway.alarm;

import java.time.Duration;
import java.time.Instant;
import org.tandemgw.gateway.time.Clock;

/** A clock that a test turns by hand. */
public final class ManualClock implements Clock {
    private static final long START_UTC_NS =
            Instant.parse("2026-11-21T06:00:00Z").getEpochSecond() * 1_000_000_000L;

    private long elapsedNs;

    @Override
    public long nanoTime() {
        return elapsedNs;
    }

    @Override
    public long utcNs() {
        return START_UTC_NS + elapsedNs;
    }

    /** Lets time pass. */
    public void forward(Duration by) {
        elapsedNs += by.toNanos();
    }
}
