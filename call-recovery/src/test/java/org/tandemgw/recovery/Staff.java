package org.tandemgw.recovery;

import org.tandemgw.recovery.Truth.Agent;

/** The agents of a {@link ContactCentre}: they come, pause, work after calls, and go. */
final class Staff {
    private final ContactCentre centre;

    Staff(ContactCentre centre) {
        this.centre = centre;
    }

    void something() {
        final String id = centre.agent();
        final String queue = centre.chance(10) ? "" : centre.pick(ContactCentre.QUEUES);
        final String key = id + "/" + queue;
        final Agent known = centre.truth.agents.get(key);
        final boolean placeless = queue.isEmpty();
        if (known == null) {
            if (placeless && centre.truth.agents.keySet().stream().anyMatch(each -> each.startsWith(id + "/"))) {
                return;
            }
            if (!placeless && centre.truth.agents.containsKey(id + "/")) {
                return;
            }
            final Agent agent = new Agent();
            agent.id = id;
            agent.queue = queue;
            centre.truth.agents.put(key, agent);
            agent.state = AgentState.LOGGED_ON;
            agent.sinceNs = centre.timeNs();
            tell(agent, CallEventKind.AGENT_LOGGED_ON, "");
        } else if (centre.chance(6)) {
            centre.truth.agents.remove(key);
            tell(known, CallEventKind.AGENT_LOGGED_OFF, "");
        } else {
            final CallEventKind kind = centre.pick(
                    CallEventKind.AGENT_READY, CallEventKind.AGENT_NOT_READY, CallEventKind.AGENT_AFTER_CALL_WORK);
            final AgentState state =
                    switch (kind) {
                        case AGENT_READY -> AgentState.READY;
                        case AGENT_NOT_READY -> AgentState.NOT_READY;
                        default -> AgentState.AFTER_CALL_WORK;
                    };
            final String cause = centre.chance(2) ? centre.pick(ContactCentre.CAUSES) : "";
            if (known.state != state) {
                known.state = state;
                known.sinceNs = centre.timeNs();
            }
            known.cause = cause;
            known.vague = false;
            tell(known, kind, cause);
        }
    }

    private void tell(Agent agent, CallEventKind kind, String cause) {
        centre.begin(kind, null)
                .text(CallText.AGENT, agent.id)
                .text(CallText.QUEUE, agent.queue)
                .text(CallText.CAUSE, cause);
        centre.tell(null);
    }
}
