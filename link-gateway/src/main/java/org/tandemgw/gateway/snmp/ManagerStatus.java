package org.tandemgw.gateway.snmp;

import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.notice.NotificationPlan;

/** What is known of one manager. */
record ManagerStatus(SnmpConfig.Manager manager, boolean isCommunity, NotificationPlan.Tally tally) {
    /** Stable numbers of the MIB. */
    int stateCode() {
        if (!manager.inform() || tally.sent() == 0) {
            return 1;
        }
        return isUnreachable() ? 3 : 2;
    }

    boolean isUnreachable() {
        return tally.failedInARow() > 0;
    }
}
