package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillRules;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.switchover.Wish;

/** Drills: one way out for each time that somebody asked, home after it or a word on why not, and never at anybody's cost. */
final class PractiseRule {
    private static final long SLACK_MS = 60_000;
    /** So long a server may be gone until that is seen. */
    private static final long UNSEEN_MS = 60_000;

    private final SimOracle oracle;
    private final SimWorld world;
    private final History history;

    /** Whether the event that is heard now asks for a drill. */
    private boolean asked;
    /** Where the drill under way has to come back to; null: none is under way. */
    private String home;

    private boolean over;
    private long newest;
    /** Since when it could have come home, or could have said why not. */
    private long sinceMs;

    PractiseRule(SimOracle oracle, SimWorld world, History history) {
        this.oracle = oracle;
        this.world = world;
        this.history = history;
    }

    void began() {
        asked = false;
        forget();
        sinceMs = oracle.nowMs();
    }

    void hears(Event event) {
        forget();
        asked = event instanceof Event.Asked request && request.wish() instanceof Wish.Drill drill && !drill.dryRun();
    }

    /** What was written to be over is, once all of that step was done. */
    private void forget() {
        home = over ? null : home;
        over = false;
    }

    /** Also of a decision that Tandem dies over before it can tell. */
    void wrote(Durable state) {
        OpenAttempt open = state.open();
        if (open != null && open.trigger() == Trigger.DRILL) {
            way(open.decision(), open.from(), open.to(), open);
        } else if (open != null) {
            home = null; // somebody else decides
        }
        Drill drill = state.drills().newest();
        over = drill != null && !drill.open(); // the next start tells it, if this life ends first
    }

    void acts(Action action) {
        if (action instanceof Action.Opened opened) {
            Decision decision = opened.decision();
            if (decision.trigger() == Trigger.DRILL) {
                way(decision.decision(), decision.from(), decision.to(), decision);
                practises(decision);
            } else {
                home = null;
            }
        } else if (action instanceof Action.Drilled told && !told.drill().open()) {
            home = null;
        }
    }

    private void way(long decision, String from, String to, Object what) {
        if (decision == newest) {
            return;
        }
        newest = decision;
        sinceMs = oracle.nowMs();
        if (asked) {
            home = from;
        } else {
            require(to.equals(home), "drill", "a way out that nobody asked for: " + what);
        }
    }

    /** Looked at where it begins: what an operator's switch needs, and more. */
    private void practises(Decision decision) {
        SimServer to = world.server(decision.to());
        Mode mode = history.mode();
        long now = oracle.nowMs();
        require(mode == Mode.AUTO || mode == Mode.MANUAL, "mode", "a drill in mode " + mode + ": " + decision);
        require(!history.clockSuspect(), "distrust", "a drill with a suspect clock: " + decision);
        require(history.calls() == 0, "drill-calls", "a drill with " + history.calls() + " calls: " + decision);
        require(
                history.connected(to) && history.parity(to),
                "behind",
                "a drill to a server without parity: " + decision);
        require(
                history.badSinceMs(to) == Long.MAX_VALUE || now - history.badSinceMs(to) < UNSEEN_MS,
                "both-bad",
                "a drill to a server that is gone: " + decision);
    }

    /** It is not forgotten. */
    void check(SimTandem tandem) {
        if (!tandem.running() || history.otherFile()) {
            sinceMs = oracle.nowMs();
        }
        if (home != null && oracle.nowMs() - sinceMs > DrillRules.NONE.homeWithinMs() + SLACK_MS) {
            throw oracle.broken(
                    "drill-home",
                    "it is not at home at " + home + ", and nobody has said why; "
                            + history.site().rules().site());
        }
    }

    private void require(boolean holds, String rule, String what) {
        if (!holds) {
            throw oracle.broken(rule, what);
        }
    }
}
