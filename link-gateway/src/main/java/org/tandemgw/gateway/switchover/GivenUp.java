package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.switchover.Closing.Ending;

/** Switchovers that were given up before anything was moved: how they end, and how many of Tandem's own are too many. */
final class GivenUp {
    /** So many of Tandem's own within {@link #PERIOD_MS}; then an operator decides, for the reason does not go away. */
    static final int MOST = 3;

    static final long PERIOD_MS = 3_600_000;

    private final Core core;
    private final List<Long> atMs = new ArrayList<>();

    GivenUp(Core core) {
        this.core = core;
    }

    /** The end of one that the old active answered, or needed not: bounded, if it was Tandem's own. */
    Ending bounded(OpenAttempt open, Ending how) {
        if (how.outcome() == Outcome.SWITCHED) {
            atMs.clear();
        }
        // One that the operator's mode ended does not begin again by itself.
        final boolean ours = open.trigger() == Trigger.AUTOMATIC && core.mode() == Mode.AUTO;
        if (how.outcome() != Outcome.ABANDONED || how.holding() != null || !ours) {
            return how;
        }
        atMs.removeIf(each -> each <= core.nowMs() - PERIOD_MS);
        atMs.add(core.nowMs());
        if (atMs.size() < MOST) {
            return how;
        }
        atMs.clear();
        final String why = MOST + " automatic switches were given up within " + PERIOD_MS / 60_000
                + " minutes before anything was moved; the last one because " + how.why();
        if (open.to().equals(core.kept.home())) {
            core.kept.home(null);
            return new Ending(Outcome.ABANDONED, null, why + "; it is not switched back any more by itself");
        }
        return new Ending(Outcome.ABANDONED, Holding.Kind.SWITCH_FAILED, why);
    }

    /**
     * The end of one whose old active could not be told to start again. One that is well needs an operator; of one that is not, it
     * was to be expected: it goes on being watched, and may get its switch.
     */
    Ending notPutBack(OpenAttempt open, Ending how, String said) {
        final String why = how.why() + "; and " + open.from() + " could not be told to start again: " + said;
        final boolean well = core.facts.health(open.from()).health(core.nowMs()) == Health.UP;
        if (how.holding() != null || well) {
            return new Ending(Outcome.FAILED, Holding.Kind.PROMOTE_FAILED, why);
        }
        core.kept.notStarted(open.from());
        return new Ending(how.outcome(), null, why);
    }

    /** The active server answers. Holds if it was told to stop and could not be told to start again: perhaps nobody serves. */
    boolean holdsUnstarted(String active) {
        if (!core.kept.isUnstarted(active)) {
            return false;
        }
        final String why = active + " answers again, but was told to stop and could not be told to start";
        core.kept.holding(new Holding(Holding.Kind.PROMOTE_FAILED, why, core.nowMs(), core.kept.decision()));
        core.move(Phase.HOLDING, why);
        return true;
    }

    Memory memory() {
        return new Memory(atMs);
    }

    void recall(Memory memory) {
        atMs.addAll(memory.atMs);
    }

    record Memory(List<Long> atMs) {
        Memory {
            atMs = List.copyOf(atMs);
        }
    }
}
