package org.tandemgw.gateway.snmp;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;

/** Finds the last switchover among the records of decisions, when the picture says that there is something new. The agent's thread. */
final class LastSwitchMemory {
    private static final Logger LOG = LoggerFactory.getLogger(LastSwitchMemory.class);
    /** Further back nobody looks: refusals may be many. */
    private static final int MOST_LOOKED_AT = 50;

    private final DecisionLog decisions;
    private String knownFor = "";
    private LastSwitch last = LastSwitch.NEVER;

    LastSwitchMemory(Path data) {
        decisions = new DecisionLog(data);
    }

    LastSwitch of(GatewayStatus status) {
        final String now = status.decision() + " " + status.epoch() + " " + status.active() + " " + status.state();
        if (status.decision() > 0 && !now.equals(knownFor)) {
            knownFor = now;
            look();
        }
        return last;
    }

    private void look() {
        try {
            decisions.newest(MOST_LOOKED_AT).records().stream()
                    .map(each -> each.decision())
                    .filter(each -> each.outcome() == Outcome.SWITCHED && each.closedAt() != null)
                    .findFirst()
                    .ifPresent(each -> last = new LastSwitch(each.closedAt(), said(each)));
        } catch (IOException e) {
            LOG.debug("the records of decisions cannot be read", e);
        }
    }

    private static String said(Decision decision) {
        return decision.trigger() + " to " + decision.to() + ", by " + decision.who() + ": " + decision.reason();
    }
}
