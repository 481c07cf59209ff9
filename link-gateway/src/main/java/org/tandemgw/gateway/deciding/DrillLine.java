package org.tandemgw.gateway.deciding;

import java.time.Instant;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillVerdict;

/** A drill that begins, is over or was skipped, as a line of the audit file; the first keys are those of every line of that file. */
record DrillLine(
        Instant at,
        String who,
        String action,
        String object,
        String reason,
        boolean ok,
        String message,
        long drill,
        String verdict) {
    static DrillLine of(Instant at, Drill drill) {
        return new DrillLine(
                at,
                drill.who(),
                drill.open() ? "drill begun" : "drill " + drill.verdict(),
                drill.away(),
                drill.reason(),
                drill.open() || drill.verdict() == DrillVerdict.PASSED,
                drill.sentence(),
                drill.number(),
                drill.open() ? null : drill.verdict().toString());
    }
}
