package org.tandemgw.gateway.snmp;

import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.notice.NotificationPlan;
import org.tandemgw.gateway.status.GatewayStatus;

/** What is known of one manager. */
record ManagerStatus(SnmpConfig.Manager manager, boolean isCommunity, NotificationPlan.Tally tally) {
    /** Stable numbers of the MIB. */
    int stateCode() {
        if (!manager.inform() || tally.sent() == 0) {
            return 1;
        }
        return isUnreachable() ? 3 : 2;
    }

    GatewayStatus.Notified notified() {
        return new GatewayStatus.Notified(
                manager.target().toString(),
                manager.inform() ? "snmp/inform" : "snmp/trap",
                tally.sent() == 0
                        ? "notYet"
                        : !manager.inform() ? "unconfirmed" : isUnreachable() ? "unreachable" : "reached",
                tally.lastNumber(),
                tally.sent() - tally.failed(),
                tally.failed(),
                tally.untold(),
                0,
                0,
                isUnreachable() ? "it does not confirm" : null);
    }

    boolean isUnreachable() {
        return tally.failedInARow() > 0;
    }
}
