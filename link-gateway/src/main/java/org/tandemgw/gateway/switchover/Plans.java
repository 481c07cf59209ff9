package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.List;

/** What a decision looks like before it has a number. */
final class Plans {
    /** Who decided what nobody asked for. */
    static final String TANDEM = "tandem";

    private Plans() {}

    static Decision automatic(
            Core core, String from, String to, String reason, List<Condition> conditions, String diagnosis) {
        return plan(core, from, to, Trigger.AUTOMATIC, reason, TANDEM, false, conditions, diagnosis);
    }

    static Decision manual(Core core, Wish.Switch wish, Event.Asked asked, List<Condition> conditions) {
        return plan(
                core,
                core.kept.active(),
                wish.server(),
                Trigger.MANUAL,
                asked.why(),
                asked.who(),
                wish.force(),
                conditions,
                null);
    }

    /** One way of a drill; {@code to} is null where nobody is known to be active. */
    static Decision drill(Core core, String to, String reason, String who, List<Condition> conditions) {
        return plan(core, core.kept.active(), to, Trigger.DRILL, reason, who, false, conditions, null);
    }

    /** What must survive of a decision that begins now. */
    static OpenAttempt begun(Core core, Decision plan, boolean hard) {
        return new OpenAttempt(
                plan.decision(),
                plan.epoch(),
                core.rules.other(plan.to()),
                plan.to(),
                plan.trigger(),
                plan.reason(),
                plan.who(),
                plan.forced(),
                Step.DEMOTE,
                false,
                false,
                hard,
                core.nowMs(),
                core.rules.configHash(),
                core.newCauses(core.rules.other(plan.to())));
    }

    /** What is known of an open attempt after a start: no more than the control file holds. */
    static Decision takenUp(Core core, OpenAttempt open) {
        return new Decision(
                open.decision(),
                open.epoch(),
                open.from(),
                open.to(),
                open.trigger(),
                open.reason(),
                open.who(),
                open.forced(),
                null,
                List.of(),
                List.of(),
                "taken up again after a restart of Tandem in the middle of it",
                List.of(),
                List.of(),
                null,
                core.facts.calls(),
                Instant.ofEpochMilli(open.openedMs()),
                null);
    }

    private static Decision plan(
            Core core,
            String from,
            String to,
            Trigger trigger,
            String reason,
            String who,
            boolean forced,
            List<Condition> conditions,
            String diagnosis) {
        return new Decision(
                0,
                null,
                from,
                to,
                trigger,
                reason,
                who,
                forced,
                null,
                List.of(),
                conditions,
                diagnosis,
                core.evidence(),
                List.of(),
                null,
                core.facts.calls(),
                null,
                null);
    }
}
