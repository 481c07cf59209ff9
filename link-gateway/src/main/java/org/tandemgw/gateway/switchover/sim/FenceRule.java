package org.tandemgw.gateway.switchover.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FenceHeld;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Step;

/** Nothing is promoted before the other server really cannot act any more. */
final class FenceRule {
    /** So long a relay may have moved by hand without Tandem knowing. */
    private static final long UNSEEN_MS = 6_000;

    private static final long DEAD_LATELY_MS = 120_000;

    private final SimOracle oracle;
    private final SimWorld world;
    private final History history;
    private final Set<String> demoted = new HashSet<>();
    private final Set<String> promotedLate = new HashSet<>();
    private final Set<Long> overTheDead = new HashSet<>();
    private final Map<String, Long> stoppingUntilMs = new HashMap<>();
    private Decision current;

    FenceRule(SimOracle oracle, SimWorld world, History history) {
        this.oracle = oracle;
        this.world = world;
        this.history = history;
    }

    void opened(Decision decision) {
        current = decision;
    }

    /** It is told to stop, and may be stopping until its program has had its time. */
    void demotes(Action.Demote demote) {
        stoppingUntilMs.put(demote.server(), oracle.nowMs() + history.site().demoteMs(world.server(demote.server())));
    }

    void hears(Event event) {
        if (event instanceof Event.StepOver over && over.step() == Step.DEMOTE) {
            stoppingUntilMs.remove(over.server());
        }
    }

    void killed() {
        stoppingUntilMs.clear();
    }

    /** It takes effect; what was told to start after it was told to stop must not be stopped by that. */
    void demoted(SimServer server, long epoch, boolean unforeseen) {
        if (server.promoted && server.promotedEpoch >= epoch && !unforeseen) {
            throw oracle.broken(
                    "overtaken",
                    "the demote of " + server.name + " under epoch " + epoch + " stops what was promoted under epoch "
                            + server.promotedEpoch);
        }
        demoted.add(server.name + "@" + epoch);
        promotedLate.remove(server.name);
    }

    void late(SimServer server) {
        promotedLate.add(server.name);
    }

    /** It is over; where no promote went out, the server is in control from here on. */
    void closed(Decision decision) {
        if (decision.outcome() == Outcome.SWITCHED && history.site().promoteMs(world.server(decision.to())) == 0) {
            promotes(new Action.Promote(decision.epoch(), decision.to(), decision.fence(), 1));
        }
    }

    /** The order goes out. */
    void ordered(Action.Promote promote) {
        if (stoppingUntilMs.getOrDefault(promote.server(), Long.MIN_VALUE) > oracle.nowMs()) {
            throw oracle.broken("overtaken", promote + " while it may be stopping");
        }
        promotes(promote);
    }

    private void promotes(Action.Promote promote) {
        SimServer server = world.server(promote.server());
        SimServer other = world.other(server);
        FencePolicy policy = history.site().rules().fence();
        boolean held =
                switch (promote.fence()) {
                    case TRUNK_SWITCH -> allCardsAt(server) && (policy != FencePolicy.DEMOTE || !other.promoted);
                    case DEMOTE ->
                        policy != FencePolicy.TRUNK_SWITCH && demoted.contains(other.name + "@" + promote.epoch());
                    case DEAD ->
                        mayPromoteOverTheDead(other)
                                && (policy != FencePolicy.DEMOTE
                                        || demoted.contains(other.name + "@" + promote.epoch()));
                    case NONE -> policy == FencePolicy.NONE;
                    case NEVER_LEFT -> allCardsAt(server) || !other.promoted;
                };
        if (promote.fence() == FenceHeld.DEAD) {
            overTheDead.add(promote.epoch());
        }
        if (!held) {
            throw oracle.broken(
                    "fence",
                    promote + " while " + other.name + (other.promoted ? " is promoted" : " is not promoted")
                            + " and the cards stand at " + cards());
        }
    }

    private boolean mayPromoteOverTheDead(SimServer other) {
        boolean lately = !other.serves() || history.wellSinceMs(other) > oracle.nowMs() - DEAD_LATELY_MS;
        return lately
                && history.site().rules().switches().stream()
                        .anyMatch(each -> each.onPartial() == OnPartial.RETRY_THEN_PROMOTE);
    }

    /** It takes effect. */
    void promoted(SimServer server, long epoch) {
        SimServer other = world.other(server);
        if (!other.promoted
                || overTheDead.contains(epoch)
                || promotedLate.contains(server.name)
                || promotedLate.contains(other.name)) {
            return;
        }
        boolean holds = world.boxes.isEmpty() && history.site().rules().fence() == FencePolicy.DEMOTE;
        for (int i = 0; i < world.boxes.size(); i++) {
            holds |= world.boxes.get(i).anyAt(other.index) && !history.movedByHandSince(i, oracle.nowMs() - UNSEEN_MS);
        }
        if (holds && history.site().rules().fence() != FencePolicy.NONE) {
            throw oracle.broken(
                    "fence",
                    server.name + " is promoted under epoch " + epoch + " while " + other.name
                            + " still is, under epoch " + other.promotedEpoch + ", with cards at " + cards());
        }
    }

    private boolean allCardsAt(SimServer server) {
        for (int i = 0; i < world.boxes.size(); i++) {
            boolean there = world.boxes.get(i).together() == server.index;
            if (!there && !history.movedByHandSince(i, oracle.nowMs() - UNSEEN_MS)) {
                return false;
            }
        }
        return true;
    }

    private String cards() {
        StringBuilder text = new StringBuilder();
        for (SimBox box : world.boxes) {
            text.append(box.name).append(java.util.Arrays.toString(box.leadsTo)).append(' ');
        }
        return text.append("decision ").append(current).toString();
    }
}
