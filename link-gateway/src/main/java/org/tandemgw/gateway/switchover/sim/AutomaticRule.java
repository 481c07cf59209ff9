package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Trigger;

/** What Tandem may never begin by itself: a switch that nobody allowed, that helps nobody, or that its own trouble looks like. */
final class AutomaticRule {
    private static final long SLACK_MS = 3_000;
    /** So long a standby may be behind and still take over. */
    private static final long BEHIND_MS = 10_000;

    private static final long LATELY_MS = 120_000;

    /** So long a move by hand may go unseen. */
    private static final long UNSEEN_MS = 6_000;

    private final SimOracle oracle;
    private final SimWorld world;
    private final History history;

    AutomaticRule(SimOracle oracle, SimWorld world, History history) {
        this.oracle = oracle;
        this.world = world;
        this.history = history;
    }

    /** Called before the decision has become history. */
    void opened(Decision decision) {
        Mode mode = history.mode();
        if (decision.trigger() == Trigger.MANUAL) {
            boolean allowed =
                    mode != Mode.NONE && (mode != Mode.HELD || history.granted().withForce());
            require(allowed, "mode", "an operator's switch in mode " + mode, decision);
            return;
        }
        if (decision.trigger() == Trigger.DRILL) {
            return; // a rule of its own
        }
        long now = oracle.nowMs();
        SimServer to = world.server(decision.to());
        SimServer from = world.other(to);
        require(mode == Mode.AUTO, "mode", "an automatic switch in mode " + mode, decision);
        require(!history.clockSuspect(), "distrust", "an automatic switch with a suspect clock", decision);
        require(now >= history.holdDownUntilMs(), "hold-down", "an automatic switch in hold-down", decision);
        require(
                now - history.badSinceMs(to) < detectionMs(to),
                "both-bad",
                "an automatic switch to a server that is gone",
                decision);
        require(
                history.connected(to) && (history.parity(to) || now - history.paritySinceMs(to) <= BEHIND_MS),
                "behind",
                "an automatic switch to a server without parity",
                decision);
        require(trunksWhereExpected(from), "rest", "an automatic switch although trunks were moved", decision);
        require(
                history.site().rules().skewAllowed() || !history.toldSkew(),
                "skew",
                "an automatic switch between releases",
                decision);
        if (isFailBack(from, decision)) {
            return;
        }
        require(
                history.answeredSinceLeft(from),
                "evidence",
                "the same evidence switches twice without having cleared",
                decision);
        require(
                now - history.wellSinceMs(from) < detectionMs(from) || history.wellSinceMs(from) == Long.MAX_VALUE,
                "false-switch",
                from.name + " has been well for long",
                decision);
        require(history.toldEnough(from), "hasty", "too few looks have failed", decision);
        require(unreachableForLong(from), "unreachable", "a server that is merely unreachable was left", decision);
        require(
                !history.site().seesEverything() || !onlyTheWay(from, decision),
                "way",
                "a service that is well was left for the silence of its way",
                decision);
        require(!ownTroubleAlone(from), "own-isolation", "only our own network is in trouble", decision);
    }

    /** An order to the trunk switch goes out. */
    void selects(Action.Select select) {
        if (select.automatic() && !select.carryOn()) {
            Mode mode = history.mode();
            require(mode == Mode.AUTO, "mode", "an automatic select in mode " + mode, select);
        }
    }

    /** Back to where it came from, for no failure: only as the file allows it. */
    private boolean isFailBack(SimServer from, Decision decision) {
        FailBack.Policy policy = history.site().rules().failBack().policy();
        boolean allowed = policy == FailBack.Policy.WINDOW || policy == FailBack.Policy.IDLE && history.calls() == 0;
        boolean seemsWell = from.serves() || decision.reason().startsWith("fail-back");
        return allowed && seemsWell && !history.failing(from);
    }

    /** Its neighbour cannot be reached either, and nobody said no: then only after the time that the file gives. */
    private boolean unreachableForLong(SimServer from) {
        boolean merely = from.serves() && from.main.cut && from.second.cut && from.netTest.cut;
        long badForMs = oracle.nowMs() - history.badSinceMs(from);
        boolean lately = oracle.nowMs() - world.changedMs() < SLACK_MS;
        if (!merely || lately || history.serviceFailedMs(from) > oracle.nowMs() - LATELY_MS) {
            return true;
        }
        int pings = history.site().rules().unreachablePings();
        return pings >= 0 && badForMs >= (pings - 1) * history.site().rules().unreachableEveryMs();
    }

    /** It is the service, says the diagnosis; and the service has been well all the time, and no way to it slow or lossy. */
    private boolean onlyTheWay(SimServer from, Decision decision) {
        boolean poor = Math.max(from.main.poorUntilMs, from.second.poorUntilMs) > oracle.nowMs() - LATELY_MS;
        return decision.diagnosis() != null
                && decision.diagnosis().endsWith("its machine answers")
                && from.serves()
                && !poor
                && history.serviceFailedMs(from) < oracle.nowMs() - LATELY_MS;
    }

    /** The server and all ways to it are well; our own interfaces or gateways are not, and have not been for longer than it takes to see. */
    private boolean ownTroubleAlone(SimServer from) {
        int net = world.network.mainNet(from);
        boolean asked = history.site().rules().gateways().size() > net;
        boolean ownCut = world.network.own[net].cut;
        return asked && ownCut && world.perfect(from) && history.serverWellMs(from) > detectionMs(from);
    }

    private boolean trunksWhereExpected(SimServer from) {
        if (history.written() != null && history.written().epoch() - 1 == history.overTheDead()) {
            return true;
        }
        for (int i = 0; i < world.boxes.size(); i++) {
            SimBox box = world.boxes.get(i);
            boolean known = box.mood != SimBox.Mood.UNREACHABLE;
            if (known
                    && box.together() != from.index
                    && !history.movedByHandSince(i, oracle.nowMs() - UNSEEN_MS)
                    && history.reachableForMs(i) > UNSEEN_MS) {
                return false;
            }
        }
        return true;
    }

    /** How long any failure of this server may take to be seen, and to be acted on. */
    private long detectionMs(SimServer server) {
        long worstMs = 0;
        for (ProbeRules probe :
                history.site().rules().servers().get(server.index).probes()) {
            long look = probe.timeoutMs() * (probe.secondPath() ? 2 : 1) + probe.retryMs();
            worstMs = Math.max(worstMs, probe.everyMs() + probe.failures() * look);
        }
        long pingsMs = Math.max(0, history.site().rules().unreachablePings())
                * history.site().rules().unreachableEveryMs();
        return worstMs + history.site().rules().reconnectMs() + pingsMs + SLACK_MS;
    }

    private void require(boolean holds, String rule, String what, Object of) {
        if (!holds) {
            throw oracle.broken(rule, what + ": " + of);
        }
    }
}
