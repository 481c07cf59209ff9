package org.tandemgw.gateway.switchover.sim;

import java.util.HashMap;
import java.util.Map;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Durable;

/** An epoch belongs to one attempt and to one active server, for ever, whatever dies in between. */
final class EpochRule {
    private final SimOracle oracle;
    private final Map<Long, Long> decisionOf = new HashMap<>();
    private final Map<Long, String> activeOf = new HashMap<>();
    private final Map<Long, String> promotedIn = new HashMap<>();
    private long newest;

    EpochRule(SimOracle oracle) {
        this.oracle = oracle;
    }

    void opened(Decision decision) {
        if (decision.epoch() == null) {
            return;
        }
        long epoch = decision.epoch();
        Long before = decisionOf.putIfAbsent(epoch, decision.decision());
        if (before != null && before != decision.decision()) {
            throw oracle.broken("epoch", "epoch " + epoch + " of decision " + before + " is used again by " + decision);
        }
        if (before == null && epoch <= newest) {
            throw oracle.broken("epoch", "epoch " + epoch + " is not newer than " + newest);
        }
        newest = Math.max(newest, epoch);
    }

    /** A demote, select or promote goes out. */
    void acts(long epoch, Durable state) {
        if (epoch < newest) {
            throw oracle.broken("epoch", "acts under epoch " + epoch + " after epoch " + newest);
        }
        if (state.epoch() < epoch) {
            throw oracle.broken("epoch", "acts under epoch " + epoch + " and keeps only " + state.epoch());
        }
        newest = epoch;
    }

    void promotes(Action.Promote promote) {
        String before = promotedIn.putIfAbsent(promote.epoch(), promote.server());
        if (before != null && !before.equals(promote.server())) {
            throw oracle.broken(
                    "one-active", "epoch " + promote.epoch() + " promoted " + before + " and now " + promote.server());
        }
    }

    void wrote(Durable state) {
        if (state.open() == null && state.active() != null) {
            String before = activeOf.putIfAbsent(state.epoch(), state.active());
            if (before != null && !before.equals(state.active())) {
                throw oracle.broken(
                        "one-active",
                        "in epoch " + state.epoch() + " first " + before + " was active, now " + state.active());
            }
        }
    }
}
