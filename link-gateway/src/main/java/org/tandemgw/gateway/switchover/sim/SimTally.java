package org.tandemgw.gateway.switchover.sim;

import java.util.Map;
import java.util.TreeMap;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;

/** What happened in simulated lives, counted: a simulation in which nothing happens proves nothing. */
final class SimTally {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what, long by) {
        counts.merge(what, by, Long::sum);
    }

    void acts(Action action) {
        if (action instanceof Action.Closed closed) {
            Decision decision = closed.decision();
            count(decision.trigger() + " " + decision.outcome(), 1);
        } else if (action instanceof Action.Promote promote) {
            count("promote " + promote.fence(), 1);
        } else if (action instanceof Action.Select) {
            count("select", 1);
        } else if (action instanceof Action.Demote) {
            count("demote", 1);
        }
    }

    void add(SimTally other) {
        other.counts.forEach(this::count);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
