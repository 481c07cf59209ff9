package org.tandemgw.gateway.decision;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.FenceHeld;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Trigger;

/**
 * A decision as programs read it: {@code switch --json}, {@code why --json}. Keys may be added, none renamed.
 *
 * @param outcome null while it is under way
 * @param calls null as long as nobody counts them
 */
public record DecisionJson(
        long decision,
        Long epoch,
        String from,
        String to,
        Trigger trigger,
        String reason,
        Outcome outcome,
        List<String> refusedBecause,
        String diagnosis,
        List<Decision.EvidenceLine> evidence,
        List<Decision.StepLine> steps,
        Calls calls,
        String who,
        boolean forced,
        FenceHeld fence,
        List<Condition> conditions,
        Instant openedAt,
        Instant closedAt) {
    /**
     * What became of the calls in flight.
     *
     * @param kept null, as {@code recovered} and {@code cut}, while it is not known which calls run through cards that have moved
     * @param unknown of these nobody can say it; all of them while there is no account, or it is not closed
     * @param inFlight how many there were as it began, as far as was known
     * @param final_ false while it is not known which calls run through cards that have moved
     */
    public record Calls(Long kept, Long recovered, Long cut, long unknown, Integer inFlight, boolean final_) {
        /** Of an account that is closed. */
        public static Calls of(long kept, long recovered, long cut, long unknown) {
            return new Calls(kept, recovered, cut, unknown, (int) (kept + recovered + cut + unknown), true);
        }

        /** Nothing but how many there were is known yet. */
        public static Calls open(long inFlight) {
            return new Calls(null, null, null, inFlight, (int) inFlight, false);
        }
    }

    /** Copies the lists. */
    public DecisionJson {
        refusedBecause = List.copyOf(refusedBecause);
        evidence = List.copyOf(evidence);
        steps = List.copyOf(steps);
        conditions = List.copyOf(conditions);
    }

    /** Null of null. */
    public static DecisionJson of(Decision decision) {
        return decision == null
                ? null
                : new DecisionJson(
                        decision.decision(),
                        decision.epoch(),
                        decision.from(),
                        decision.to(),
                        decision.trigger(),
                        decision.reason(),
                        decision.outcome(),
                        decision.refusedBecause(),
                        decision.diagnosis(),
                        decision.evidence(),
                        decision.steps(),
                        decision.calls() < 0
                                ? null
                                : new Calls(
                                        0L, 0L, 0L, decision.calls(), decision.calls(), decision.closedAt() != null),
                        decision.who(),
                        decision.forced(),
                        decision.fence(),
                        decision.conditions(),
                        decision.openedAt(),
                        decision.closedAt());
    }

    /** The same with the account of the calls. */
    public DecisionJson with(Calls account) {
        return new DecisionJson(
                decision,
                epoch,
                from,
                to,
                trigger,
                reason,
                outcome,
                refusedBecause,
                diagnosis,
                evidence,
                steps,
                account,
                who,
                forced,
                fence,
                conditions,
                openedAt,
                closedAt);
    }

    /** As deciding knows it. */
    public Decision asDecided() {
        return new Decision(
                decision,
                epoch,
                from,
                to,
                trigger,
                reason,
                who,
                forced,
                outcome,
                refusedBecause,
                conditions,
                diagnosis,
                evidence,
                steps,
                fence,
                calls == null || calls.inFlight() == null ? -1 : calls.inFlight(),
                openedAt,
                closedAt);
    }
}
