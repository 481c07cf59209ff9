package org.tandemgw.gateway.trunks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.TrunkReport;

/** One trunk switch as a switchover sees it: every refusal is a result, and each result is audited. */
final class AttemptedSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptedSwitch.class);

    private final SiteSwitch trunk;
    private final AuditFile audit;

    AttemptedSwitch(SiteSwitch trunk, AuditFile audit) {
        this.trunk = trunk;
        this.audit = audit;
    }

    /**
     * Begins.
     *
     * @param taken whether the epoch is this attempt's own
     */
    void select(SelectWish attempt, boolean taken, SelectWish.Over over) {
        final String position = position(attempt.server());
        final String refused = refused(attempt, position, taken);
        if (refused != null) {
            end(attempt, over, refused(attempt, position, refused));
            return;
        }
        final TrunkOrder order = new TrunkOrder(0, "select", position, attempt.epoch());
        trunk.select(
                        new SelectOrder(
                                position,
                                trunk.settings().cards(),
                                attempt.epoch(),
                                attempt.automatic(),
                                attempt.forced(),
                                attempt.carryOn(),
                                attempt.who(),
                                attempt.why()),
                        order)
                .whenComplete((selected, fault) -> {
                    if (fault != null) {
                        LOG.error("select of switch {} failed", trunk.name(), fault);
                    }
                    end(attempt, over, fault == null ? selected : broken(attempt, position, fault));
                });
    }

    /** Where its cards are now, all of them asked once more. Never exceptional. */
    CompletableFuture<Selected> lookAgain(Selected selected) {
        final SwitchPositions before = trunk.positions();
        return trunk.query().handle((look, fault) -> {
            if (fault != null) {
                LOG.error("switch {} could not be asked once more", trunk.name(), fault);
                return SeenAgain.unread(selected);
            }
            return SeenAgain.of(selected, before, look);
        });
    }

    private String refused(SelectWish attempt, String position, boolean taken) {
        if (position == null) {
            return "no position of " + trunk.name() + " leads to " + attempt.server();
        }
        if (!taken) {
            return "epoch " + attempt.epoch() + " was taken by an order by hand meanwhile";
        }
        if (!trunk.isStarted()) {
            return trunk.name() + " is not started";
        }
        final String lost = trunk.memory().lost();
        if (lost != null) {
            return lost + ": nothing is moved before somebody has looked (tandem trunks adopt " + trunk.name() + ")";
        }
        final long leftMs = attempt.forced() ? 0 : trunk.unknownDwellMs();
        return leftMs <= 0 ? null : "dwell: what was ordered before this start is not known; wait " + leftMs + " ms";
    }

    private String position(String server) {
        return trunk.settings().rules().positions().keySet().stream()
                .filter(each -> server.equals(trunk.config().server(each)))
                .findFirst()
                .orElse(null);
    }

    private static Selected refused(SelectWish attempt, String position, String because) {
        return new Selected(
                Overall.REFUSED, because, attempt.epoch(), position, List.of(), Duration.ZERO, Duration.ZERO);
    }

    /** Nobody knows what has left. */
    private static Selected broken(SelectWish attempt, String position, Throwable fault) {
        return new Selected(
                Overall.UNKNOWN,
                "a fault of ours: " + fault,
                attempt.epoch(),
                position,
                List.of(),
                Duration.ZERO,
                Duration.ZERO);
    }

    private void end(SelectWish attempt, SelectWish.Over over, Selected selected) {
        try {
            audit(attempt, selected);
        } finally {
            over.over(trunk.name(), selected);
        }
    }

    /** What became of it is audited. */
    void audit(SelectWish attempt, Selected selected) {
        final String because = selected.refusedBecause() == null ? "" : ": " + selected.refusedBecause();
        audit.append(
                "switchover select result",
                trunk.name(),
                new Operator(attempt.who(), attempt.why()),
                new TrunkReport(
                        selected.overall() == Overall.OK,
                        "epoch " + attempt.epoch() + ", to " + attempt.server() + ": " + selected.overall() + because,
                        null,
                        null,
                        true,
                        "select",
                        trunk.name(),
                        selected.overall().name(),
                        attempt.epoch(),
                        selected.position(),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        List.of(),
                        List.of()));
    }
}
