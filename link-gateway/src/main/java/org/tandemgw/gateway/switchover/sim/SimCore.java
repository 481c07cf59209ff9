package org.tandemgw.gateway.switchover.sim;

import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** What is on trial: the state machine as it is, or with a defect planted in it. */
interface SimCore {
    List<Action> on(Event event, long nowMs);

    long dueMs();

    Durable durable();

    SwitchoverView view();

    Phase phase();

    String snapshot();

    /** The one that goes on from here by other rules. */
    SimCore under(SwitchoverRules rules, Set<String> anew);

    /** How one comes to be. */
    interface Maker {
        SimCore begin(SwitchoverRules rules, Durable found, long nowMs);

        SimCore restore(SwitchoverRules rules, String snapshot);
    }

    /** The state machine as it is. */
    Maker TRUE = new Maker() {
        @Override
        public SimCore begin(SwitchoverRules rules, Durable found, long nowMs) {
            return new Plain(new Switchover(rules, found, nowMs));
        }

        @Override
        public SimCore restore(SwitchoverRules rules, String snapshot) {
            return new Plain(Switchover.restore(rules, snapshot));
        }
    };

    /** Nothing between the simulation and the machine. */
    record Plain(Switchover machine) implements SimCore {
        @Override
        public List<Action> on(Event event, long nowMs) {
            return machine.on(event, nowMs);
        }

        @Override
        public long dueMs() {
            return machine.dueMs();
        }

        @Override
        public Durable durable() {
            return machine.durable();
        }

        @Override
        public SwitchoverView view() {
            return machine.view();
        }

        @Override
        public Phase phase() {
            return machine.phase();
        }

        @Override
        public SimCore under(SwitchoverRules rules, Set<String> anew) {
            return new Plain(machine.under(rules, anew));
        }

        @Override
        public String snapshot() {
            return machine.snapshot();
        }
    }
}
