package org.tandemgw.gateway.switchover.sim;

import java.util.HashSet;
import java.util.Set;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Step;

/** A server that was told to start and did not is not left at rest as the active one, unless that is known of it. */
final class StartedRule {
    private final SimOracle oracle;
    private final Set<String> failed = new HashSet<>();

    StartedRule(SimOracle oracle) {
        this.oracle = oracle;
    }

    /** An older file may know nothing of it. */
    void began(Durable found) {
        if (found == null || found.open() == null && found.unstarted() == null) {
            failed.clear();
        }
    }

    void hears(Event event) {
        if (!(event instanceof Event.StepOver over) || over.step() != Step.PROMOTE) {
            return;
        }
        if (over.ok()) {
            failed.remove(over.server());
        } else {
            failed.add(over.server());
        }
    }

    void wrote(Durable state) {
        boolean rests = state.open() == null && state.holding() == null && state.active() != null;
        if (rests && failed.contains(state.active()) && !state.active().equals(state.unstarted())) {
            throw oracle.broken("started", state.active() + " is active and at rest, and its last promote failed");
        }
    }
}
