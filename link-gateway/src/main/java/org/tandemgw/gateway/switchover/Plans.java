package org.tandemgw.gateway.switchover;

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
