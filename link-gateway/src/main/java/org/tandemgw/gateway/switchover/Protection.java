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
        for (final ServerRules each : core.rules.servers()) {
            final Standing standing = core.standing(each.name());
            if (core.kept.isOut(each.name()) != standing.isOut()) {
                standing.out(core.kept.isOut(each.name())); // at a start, or because it is in control now
            }
            standing.update(core.facts, core.nowMs());
        }
    }

    /** Tells it once when there is none any more. */
    void tell() {
        if (core.phases.phase().switching()) {
            return;
        }
        final boolean now = holds();
        if (was && !now && core.kept.active() != null && !planned()) {
            final String active = core.kept.active();
            final Decision told =
                    Plans.automatic(core, active, core.rules.other(active), reason(core), List.of(), null);
            core.act(new Action.Hook(HookEvent.UNPROTECTED, told));
        }
        was = now;
    }

    /** Whether there is no standby for no other reason than that an operator has taken it out. */
    boolean planned() {
        final String active = core.kept.active();
        return core.quiet(core.rules.other(active))
                && !core.split()
                && !core.facts.health(active).blind();
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
