package org.tandemgw.gateway.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tandemgw.recovery.AgentState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.PlannedCall;

/** Lines of a ledger out of the table. On the table's thread, before its next event. */
final class LedgerDraft {
    private final String acd;
    private final long nowNs;
    private final Map<String, AgentState> inQueue = new HashMap<>();
    private final Map<String, AgentState> anywhere = new HashMap<>();

    /** @param nowNs the moment that it is about, by the ACD's clock */
    LedgerDraft(CallTable table, String acd, long nowNs) {
        this.acd = acd;
        this.nowNs = nowNs;
        table.agents(agent -> {
            inQueue.put(agent.queue() + '\0' + agent.agent(), agent.state());
            anywhere.put(agent.agent(), agent.state());
        });
    }

    LedgerLine line(PlannedCall planned) {
        final CallView call = planned.call();
        final String queue = call.queue();
        final String agent = call.agent();
        return new LedgerLine(
                call.id(),
                acd,
                planned.fate().word(),
                call.state().word(),
                Instant.ofEpochSecond(0, call.startedNs()),
                TimeUnit.NANOSECONDS.toMillis(call.waitedNs(nowNs)),
                queue,
                agent,
                agentState(queue, agent),
                call.parties(),
                call.trunk(),
                call.media().word(),
                call.segments(),
                call.sequence(),
                planned.doubt() == null ? "" : planned.doubt().word(),
                planned.why(),
                "",
                "",
                call.trunks(),
                call.legIds());
    }

    private String agentState(String queue, String agent) {
        final AgentState there = inQueue.get(queue + '\0' + agent);
        final AgentState state = there != null ? there : anywhere.get(agent);
        return state == null ? "" : state.word();
    }
}
