package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.switchover.Decision.StepLine;

/** What the end of a switchover leaves behind: its record, spent evidence, hold-down, a holding, the phase. */
final class Closing {
    private final Core core;

    Closing(Core core) {
        this.core = core;
    }

    /**
     * How it is to end.
     *
     * @param holding null: it does not end in holding
     */
    record Ending(Outcome outcome, Holding.Kind holding, String why) {}

    void close(Decision plan, List<StepLine> lines, FenceHeld fence, Ending how) {
        final OpenAttempt open = core.kept.open();
        final boolean switched = how.outcome == Outcome.SWITCHED;
        final Decision over =
                plan.closed(how.outcome, switched ? List.of() : List.of(how.why), lines, fence, core.now());
        core.kept.open(null);
        if (how.outcome == Outcome.ABANDONED) {
            open.spent().forEach(core.kept::cleared);
        } else {
            core.spendEvidence(open.from());
        }
        if (switched) {
            remember(open);
        }
        final Holding holding = holding(how, plan);
        if (holding != null) {
            core.kept.holding(holding);
        }
        final boolean tookOver = open.to().equals(core.kept.active());
        if (switched || tookOver && how.holding == Holding.Kind.PROMOTE_FAILED) {
            core.kept.switched(open.epoch());
        }
        core.act(new Action.Closed(over, tookOver));
        core.act(new Action.Hook(switched ? HookEvent.SWITCHED : HookEvent.DISCONTINUE, over));
        core.move(after(holding), holding == null ? how.why : holding.why());
    }

    /** Null: none. Whatever became of it, a server in control that was not told to start is an operator's business. */
    private Holding holding(Ending how, Decision plan) {
        final String active = core.kept.active();
        if (how.outcome == Outcome.SWITCHED) {
            core.kept.unstarted(null);
        } else if (how.holding == Holding.Kind.PROMOTE_FAILED) {
            core.kept.unstarted(active);
        } else if (core.kept.isUnstarted(active)) {
            if (how.outcome == Outcome.ABANDONED && how.holding == null && !well(active)) {
                return null; // it is watched on, and may get its switch; should it answer, an operator is asked
            }
            final String why = how.why + "; and " + active + " is in control, but was not told to start with success";
            return new Holding(Holding.Kind.PROMOTE_FAILED, why, core.nowMs(), plan.decision());
        } else {
            core.kept.unstarted(null);
        }
        return how.holding == null ? null : new Holding(how.holding, how.why, core.nowMs(), plan.decision());
    }

    private boolean well(String server) {
        return core.facts.health(server).health(core.nowMs()) == Health.UP;
    }

    private Phase after(Holding holding) {
        if (holding != null) {
            return Phase.HOLDING;
        }
        return core.kept.active() == null ? Phase.UNASSIGNED : Phase.WATCHING;
    }

    private void remember(OpenAttempt open) {
        if (open.trigger() == Trigger.DRILL) {
            core.kept.holdDownUntilMs(0);
            return; // whoever an automatic switch left is still the one to go back to
        }
        final boolean automatic = open.trigger() == Trigger.AUTOMATIC;
        final boolean goesHome = open.to().equals(core.kept.home());
        core.kept.holdDownUntilMs(automatic ? core.nowMs() + core.rules.holdDownMs() : 0);
        core.kept.home(automatic && !goesHome ? open.from() : null);
    }
}
