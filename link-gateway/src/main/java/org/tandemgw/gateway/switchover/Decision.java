package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.List;

/**
 * One decision, to switch or not to; what {@code why} tells. Component names are the JSON keys.
 *
 * @param decision number; 0 for a dry run
 * @param epoch null: it used none
 * @param from the active server before; null: none was known
 * @param to the server that was to be active
 * @param reason the operator's, or what was found
 * @param who the operator; {@code tandem} for an automatic one
 * @param outcome null while it is open
 * @param refusedBecause one sentence per unmet condition
 * @param conditions all that were looked at
 * @param diagnosis where the fault was found to be; null: nobody asked
 * @param fence what held at the promote; null: there was none
 * @param calls in flight as it began; -1: not known
 */
public record Decision(
        long decision,
        Long epoch,
        String from,
        String to,
        Trigger trigger,
        String reason,
        String who,
        boolean forced,
        Outcome outcome,
        List<String> refusedBecause,
        List<Condition> conditions,
        String diagnosis,
        List<EvidenceLine> evidence,
        List<StepLine> steps,
        FenceHeld fence,
        int calls,
        Instant openedAt,
        Instant closedAt) {
    /** Copies the lists. */
    public Decision {
        refusedBecause = List.copyOf(refusedBecause);
        conditions = List.copyOf(conditions);
        evidence = List.copyOf(evidence);
        steps = List.copyOf(steps);
    }

    /** The plan becomes a decision. */
    Decision opened(long number, Long withEpoch, Instant at) {
        return new Decision(
                number,
                withEpoch,
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
                calls,
                at,
                closedAt);
    }

    /** It is over. */
    Decision closed(Outcome how, List<String> because, List<StepLine> done, FenceHeld held, Instant at) {
        return new Decision(
                decision,
                epoch,
                from,
                to,
                trigger,
                reason,
                who,
                forced,
                how,
                because,
                conditions,
                diagnosis,
                evidence,
                done,
                held,
                calls,
                openedAt,
                at);
    }

    /**
     * What a look said.
     *
     * @param source such as {@code probe cms-east/app}
     */
    public record EvidenceLine(Instant at, String source, String said) {}

    /**
     * One step, or one card of it.
     *
     * @param step such as {@code select}
     * @param server whose step it is
     * @param switch_ of a select; null otherwise
     * @param card of a select; null otherwise, and where the switch told none
     * @param startedAt when the step was begun
     * @param ms how long it took
     * @param outcome of the card, or ok, failed, no-answer
     * @param said detail; null: none
     */
    public record StepLine(
            String step,
            String server,
            String switch_,
            Integer card,
            Instant startedAt,
            Double ms,
            String outcome,
            String said) {}
}
