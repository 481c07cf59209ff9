package org.tandemgw.gateway.snmp;

import java.time.Instant;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.notice.NotificationPlan;
import org.tandemgw.gateway.status.GatewayStatus;

/**
 * What is known of one manager.
 *
 * @param confirmedAt when it confirmed last; null: never in this run
 * @param testedAt when somebody asked for a test last; null: nobody did in this run
 */
record ManagerStatus(
        SnmpConfig.Manager manager,
        boolean isCommunity,
        NotificationPlan.Tally tally,
        Instant confirmedAt,
        Instant testedAt) {
    /** Stable numbers of the MIB. */
    int stateCode() {
        if (isUnreachable()) {
            return 3;
        }
        return manager.inform() && tally.taken() > 0 ? 2 : 1;
    }

    GatewayStatus.Notified notified() {
        return new GatewayStatus.Notified(
                manager.target().toString(),
                manager.inform() ? "snmp/inform" : "snmp/trap",
                isUnreachable()
                        ? "unreachable"
                        : tally.taken() == 0 ? "notYet" : manager.inform() ? "reached" : "unconfirmed",
                tally.lastNumber(),
                tally.taken(),
                tally.failed(),
                tally.untold(),
                0,
                0,
                !isUnreachable() ? null : manager.inform() ? "it does not confirm" : "it cannot be sent to",
                confirmedAt,
                testedAt == null ? null : new GatewayStatus.NotifyTest(testedAt, test()));
    }

    /** Stable numbers of the MIB. */
    int testCode() {
        return 1 + tally.test().ordinal();
    }

    private String test() {
        return switch (tally.test()) {
            case NONE, WAITING -> "waiting";
            case UNDER_WAY -> "underWay";
            case TAKEN -> manager.inform() ? "confirmed" : "sent";
            case NOT_TAKEN -> "failed";
        };
    }

    boolean isUnreachable() {
        return tally.failedInARow() > 0;
    }
}
