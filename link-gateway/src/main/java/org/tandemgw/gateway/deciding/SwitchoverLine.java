package org.tandemgw.gateway.deciding;

import java.time.Instant;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;

/**
 * A decision, as a line of the audit file; the first keys are those of every line of that file.
 *
 * @param positionMs from the verdict to the last position read back; null: nothing was selected, or it is not over
 * @param ownMs what of that was neither the box, nor its line, nor a pause of its profile, nor the demote
 * @param driverMs what of ours is the driver's of the slowest trunk switch
 */
record SwitchoverLine(
        Instant at,
        String who,
        String action,
        String object,
        String reason,
        boolean ok,
        String message,
        Long epoch,
        long decision,
        String from,
        String to,
        String trigger,
        String outcome,
        Double positionMs,
        Double ownMs,
        Double driverMs) {
    /** @param times null: it is not over, or nothing was moved */
    static SwitchoverLine of(Instant at, String action, Decision decision, SwitchTimes times) {
        final Outcome outcome = decision.outcome();
        final boolean well = outcome == null || outcome == Outcome.SWITCHED || outcome == Outcome.WOULD_SWITCH;
        final String because =
                decision.refusedBecause().isEmpty() ? "" : ": " + String.join("; ", decision.refusedBecause());
        return new SwitchoverLine(
                at,
                decision.who(),
                action,
                decision.to(),
                decision.reason(),
                well,
                (outcome == null ? "under way" : outcome) + because,
                decision.epoch(),
                decision.decision(),
                decision.from(),
                decision.to(),
                decision.trigger() == null ? null : decision.trigger().toString(),
                outcome == null ? null : outcome.toString(),
                times == null ? null : times.wholeMs(),
                times == null ? null : times.ownMs(),
                times == null ? null : times.driverMs());
    }
}
