package org.tandemgw.gateway.switchover;

import java.util.List;

/** Whether a healthy standby could take over; tells when there is none any more. */
final class Protection {
    private final Core core;
    private boolean was;

    Protection(Core core) {
        this.core = core;
    }

    boolean holds() {
        final String active = core.kept.active();
        return active != null
                && !core.split()
                && !core.facts.health(active).blind()
                && core.standing(core.rules.other(active)).ready();
    }

    void update() {
        core.standings.forEach(each -> each.update(core.facts, core.nowMs()));
    }

    /** Tells it once when there is none any more. */
    void tell() {
        if (core.phases.phase().switching()) {
            return;
        }
        final boolean now = holds();
        if (was && !now && core.kept.active() != null) {
            final String active = core.kept.active();
            final Decision told =
                    Plans.automatic(core, active, core.rules.other(active), reason(core), List.of(), null);
            core.act(new Action.Hook(HookEvent.UNPROTECTED, told));
        }
        was = now;
    }

    private static String reason(Core core) {
        final String active = core.kept.active();
        return core.facts.health(active).blind()
                ? "a failure of " + active + " cannot be seen"
                : "there is no healthy standby";
    }

    boolean memory() {
        return was;
    }

    void recall(boolean memory) {
        was = memory;
    }
}
