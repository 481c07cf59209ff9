package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Holding;
import org.tandemgw.gateway.switchover.Wish;

/** What is held is held until an operator says otherwise, over any death; only unreadable positions end by being read. */
final class HoldingRule {
    private final SimOracle oracle;
    private Holding held;
    private Event hearing;
    private boolean otherFile;

    HoldingRule(SimOracle oracle) {
        this.oracle = oracle;
    }

    void file(boolean other) {
        otherFile = other;
    }

    void began(Durable found, Durable state) {
        held = found == null ? null : found.holding();
        hearing = null;
        ends(state);
    }

    void hears(Event event) {
        hearing = event;
    }

    void wrote(Durable state) {
        ends(state);
        held = state.holding();
    }

    private void ends(Durable state) {
        if (held == null || state.holding() != null) {
            return;
        }
        boolean asked = hearing instanceof Event.Asked request
                && (request.wish() instanceof Wish.Resume
                        || request.wish() instanceof Wish.Adopted
                        || request.wish() instanceof Wish.Switch);
        boolean read =
                held.kind() == Holding.Kind.POSITIONS_UNKNOWN && (hearing instanceof Event.TrunksSeen || otherFile);
        if (!asked && !read) {
            throw oracle.broken("holding", "holding ends by itself, at " + hearing + ": " + held);
        }
    }
}
