package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.health.Sight;

/**
 * When to look again. Pure. After an answer, and after a look that told nothing: one interval after the look began. After a failed one: the pause {@code retry}
 * after its end, as many times as failures are allowed; then, for as long as it lasts, no oftener than once a second.
 */
final class Rhythm {
    private static final long LEAST_PAUSE_MS = 10;
    private static final long LASTING_PAUSE_MS = 1_000;

    private final long everyMs;
    private final long retryMs;
    private final int failures;
    private int failed;

    Rhythm(long everyMs, long retryMs, int failures) {
        this.everyMs = everyMs;
        this.retryMs = retryMs;
        this.failures = failures;
    }

    /** How long to wait after a look that saw this and took so long. */
    long pauseMs(Sight sight, long tookMs) {
        switch (sight) {
            case ANSWERED -> failed = 0;
            case NOT_ASKED -> {
                // Neither better nor worse than before.
            }
            default -> {
                failed = Math.min(failed + 1, failures);
                final long lasting = Math.min(everyMs, LASTING_PAUSE_MS);
                return Math.max(Math.max(retryMs, LEAST_PAUSE_MS), failed < failures ? 0 : lasting);
            }
        }
        return Math.max(LEAST_PAUSE_MS, everyMs - tookMs);
    }
}
