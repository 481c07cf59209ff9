package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.TimeToAct;

/** What can be seen to have failed is acted on in the time that is promised, or something that is true speaks against it, and is said. */
final class TimeToActRule {
    private static final long SLACK_MS = 300;
    /** From the last feed at parity, or from when Tandem could see again, to a standby that may take over. */
    private static final long REJOIN_MS = 12_000;

    private static final long BOX_SEEN_MS = 6_000;

    private final SimOracle oracle;
    private final SimWorld world;
    private final History history;

    private long judgedMs = Long.MIN_VALUE;
    /** How often something had to be acted on, and was not for a reason. */
    long excused;

    TimeToActRule(SimOracle oracle, SimWorld world, History history) {
        this.oracle = oracle;
        this.world = world;
        this.history = history;
    }

    private SwitchoverRules rules() {
        return history.site().rules();
    }

    /** Where a probe does not see everything, it depends on the fault what is promised. */
    private boolean promised() {
        return history.site().seesEverything();
    }

    void check(SimTandem tandem) {
        Durable state = history.written();
        long since = Math.max(history.disturbedMs(), Math.max(history.blindMs(), world.ownTroubleMs()) + REJOIN_MS);
        if (!promised() || since == judgedMs || state == null || state.active() == null || !tandem.running()) {
            return;
        }
        SimServer active = world.server(state.active());
        if (active.serves() && world.perfect(active)) {
            return;
        }
        long boundMs = boundMs(active);
        // Counted from the first answer after a trouble of its ways: a look that is under way, and the next.
        boundMs += Math.max(0, history.waysBackMs(active) + 2 * TimeToAct.NETWORK_LOOK_MS - since);
        if (boundMs(active) < 0 || oracle.nowMs() - since <= boundMs + SLACK_MS) {
            return;
        }
        judgedMs = since;
        List<String> reasons = reasons(active, state, since);
        add(
                reasons,
                history.inheritedHoldDown(state) && state.holdDownUntilMs() > since + tandem.clockOffsetMs,
                "hold-down from before the last start");
        if (reasons.isEmpty()) {
            throw oracle.broken(
                    "time-to-act",
                    active.name + " has failed for " + (oracle.nowMs() - since) + " ms, nothing is done; "
                            + "promised: " + boundMs + " ms; conditions: " + unmet(tandem));
        }
        excused++;
        if (state.open() == null && unmet(tandem).isEmpty()) {
            throw oracle.broken("why-not", "nothing is done because " + reasons + ", and why-not knows no reason");
        }
    }

    private static List<Condition> unmet(SimTandem tandem) {
        return tandem.life().core().view().conditions().stream()
                .filter(each -> !each.met())
                .toList();
    }

    /** What, in truth, speaks against acting. */
    private List<String> reasons(SimServer active, Durable state, long since) {
        List<String> reasons = new ArrayList<>();
        SimServer other = world.other(active);
        add(reasons, history.mode() != Mode.AUTO, "mode " + history.mode());
        add(reasons, state.holding() != null, "holding");
        add(reasons, state.open() != null, "a switchover is under way");
        add(reasons, history.holdDownUntilMs() > since, "hold-down");
        add(reasons, !world.perfect(other), "the other server is not well");
        add(reasons, history.granted().isOut(other.name), "the other server is out for maintenance");
        add(reasons, !history.parity(other), "the other server's feeds are behind");
        add(reasons, history.paritySinceMs(other) + REJOIN_MS > since, "the other server has just come back");
        add(
                reasons,
                history.serverWellMs(other) < oracle.nowMs() - since + REJOIN_MS,
                "the other server has just got well");
        add(reasons, !world.network.ownPerfect(), "our own network is in trouble");
        add(reasons, !history.answeredSinceSpent(active), "the evidence has not cleared");
        add(reasons, !active.release.equals(other.release), "releases differ");
        add(reasons, history.toldSkew(), "releases differed when both were last heard");
        add(reasons, history.clockSuspect(), "the clock is suspect");
        add(reasons, history.storeFailed(), "something could not be written");
        for (int i = 0; i < world.boxes.size(); i++) {
            SimBox box = world.boxes.get(i);
            boolean readable = box.mood != SimBox.Mood.UNREACHABLE && history.reachableForMs(i) > BOX_SEEN_MS;
            add(reasons, !readable, box.name + " cannot be read");
            add(reasons, box.together() != active.index, box.name + " stands elsewhere");
            long dwellMs = rules().switches().get(i).dwellMs();
            add(reasons, history.lastSelectMs() + dwellMs > since, box.name + " has just been moved");
        }
        return reasons;
    }

    private static void add(List<String> reasons, boolean holds, String reason) {
        if (holds) {
            reasons.add(reason);
        }
    }

    /** From the failure to the begin of the attempt, as the manual says it; -1: nobody promised anything. */
    private long boundMs(SimServer active) {
        SwitchoverRules rules = rules();
        ServerRules its = rules.servers().get(active.index);
        ProbeRules app = its.probes().get(0);
        boolean pathsWell = active.main.perfect() && active.second.perfect() && active.netTest.perfect();
        TimeToAct.Fault fault;
        if (!active.machineUp && pathsWell) {
            boolean told = its.netTest() != null;
            fault = told ? TimeToAct.Fault.MACHINE_GONE : TimeToAct.Fault.CUT_OFF;
        } else if (!active.machineUp || !pathsWell) {
            return -1;
        } else {
            boolean machineSeen = its.machine() != null || its.probes().stream().anyMatch(ProbeRules::machine);
            fault = switch (active.service) {
                case DEAD, WRONG -> TimeToAct.Fault.REFUSED;
                case HUNG -> machineSeen ? TimeToAct.Fault.HUNG : TimeToAct.Fault.CUT_OFF;
                case RUNNING -> null;
            };
        }
        if (fault == null) {
            return -1;
        }
        long actMs = TimeToAct.worstMs(
                app, rules.reconnectMs(), rules.unreachablePings(), rules.unreachableEveryMs(), fault);
        return actMs < 0 ? -1 : app.everyMs() + actMs;
    }
}
