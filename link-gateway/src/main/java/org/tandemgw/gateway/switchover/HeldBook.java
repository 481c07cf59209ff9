package org.tandemgw.gateway.switchover;

import java.util.List;

/** Decisions not to switch become records as well: one per reason, not one per look. */
final class HeldBook {
    /** The same reason is told again after so long. */
    static final long AGAIN_MS = 600_000;

    private final Core core;
    private String told;
    private long toldMs;

    HeldBook(Core core) {
        this.core = core;
    }

    void tell(String active, List<Condition> all, String diagnosis) {
        final String reason = active + ": "
                + String.join(
                        ", ",
                        all.stream()
                                .filter(each -> !each.met())
                                .map(Condition::name)
                                .toList());
        if (reason.equals(told) && core.nowMs() < toldMs + AGAIN_MS) {
            return;
        }
        told = reason;
        toldMs = core.nowMs();
        final Decision plan =
                Plans.automatic(core, active, core.rules.other(active), active + " is down", all, diagnosis);
        core.act(new Action.Closed(plan.opened(core.kept.nextDecision(), null, core.now())
                .closed(Outcome.HELD, Conditions.unmet(all), List.of(), null, core.now())));
    }

    Memory memory() {
        return new Memory(told, toldMs);
    }

    void recall(Memory memory) {
        told = memory.told;
        toldMs = memory.toldMs;
    }

    record Memory(String told, long toldMs) {}
}
