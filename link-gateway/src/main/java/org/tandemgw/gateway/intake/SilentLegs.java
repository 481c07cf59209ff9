package org.tandemgw.gateway.intake;

import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.leg.LegState;

/** Closes and opens again a leg that is silent while the other one delivers: TCP believes in a half-open peer for minutes. */
final class SilentLegs {
    private final AcdLeg[] legs;
    private final LineArbiter arbiter;
    private final long limitNs;
    private final long[] sinceNs = new long[2];

    /** @param limitMs how long a leg may be silent; 0 is for ever */
    SilentLegs(AcdLeg[] legs, LineArbiter arbiter, long limitMs) {
        this.legs = legs;
        this.arbiter = arbiter;
        this.limitNs = TimeUnit.MILLISECONDS.toNanos(limitMs);
    }

    /** One look. On the intake thread. */
    void look(long nowNs) {
        for (int i = 0; i < 2; i++) {
            if (legs[i].state() != LegState.UP
                    || arbiter.leg(i + 1).state() != org.tandemgw.gateway.arbiter.LegState.SILENT) {
                sinceNs[i] = nowNs;
            } else if (limitNs > 0 && nowNs - sinceNs[i] > limitNs) {
                sinceNs[i] = nowNs;
                legs[i].drop(
                        "silent for " + TimeUnit.NANOSECONDS.toMillis(limitNs) + " ms while the other leg delivered");
            }
        }
    }
}
