package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.health.Sight;

/**
 * When to look again. Pure. After an answer, and after a look that told nothing: one interval after the look began. After a failed one: the pause {@code retry}
 * after its end; once ten times as many have failed as may, no oftener than once a second: by then everybody knows.
 */
final class Rhythm {
    private static final long LEAST_PAUSE_MS = 10;
    private static final long LASTING_PAUSE_MS = 1_000;
    private static final int LASTING = 10;

    private final long everyMs;
    private final long retryMs;
    private final long lasting;
    private long failed;

    Rhythm(long everyMs, long retryMs, int failures) {
        this.everyMs = everyMs;
        this.retryMs = retryMs;
        this.lasting = (long) LASTING * failures;
    }

    /** How long to wait after a look that saw this and took so long. */
    long pauseMs(Sight sight, long tookMs) {
        if (sight.answered()) {
            failed = 0;
        }
        if (sight.answered() || sight == Sight.NOT_ASKED) {
            return Math.max(LEAST_PAUSE_MS, everyMs - tookMs);
        }
        failed++;
        final long pauseMs = Math.max(retryMs, LEAST_PAUSE_MS);
        return failed < lasting ? pauseMs : Math.max(pauseMs, Math.min(everyMs, LASTING_PAUSE_MS));
    }
}
