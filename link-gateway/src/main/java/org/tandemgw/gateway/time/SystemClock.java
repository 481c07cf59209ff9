package org.tandemgw.gateway.time;

import java.time.Instant;

/** The machine's clocks. UTC is read once a second and carried on from there, so that it allocates nothing per frame. */
public final class SystemClock implements Clock {
    private static final long REANCHOR_NS = 1_000_000_000L;

    private long anchorNano = System.nanoTime();
    private long anchorUtc = wallNs();
    private long lastUtc;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public synchronized long utcNs() {
        final long nano = System.nanoTime();
        if (nano - anchorNano > REANCHOR_NS) {
            anchorNano = nano;
            anchorUtc = wallNs();
        }
        lastUtc = Math.max(lastUtc, anchorUtc + (nano - anchorNano));
        return lastUtc;
    }

    private static long wallNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
