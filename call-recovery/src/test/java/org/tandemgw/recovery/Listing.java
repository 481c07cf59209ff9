package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tandemgw.recovery.Truth.Agent;
import org.tandemgw.recovery.Truth.Call;
import org.tandemgw.recovery.Truth.Leg;

/** Lists what there is in a {@link ContactCentre}, in some order, as it was when the list began. */
final class Listing {
    private final ContactCentre centre;
    private final List<Runnable> items = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    /** Agents of whom the list says that they are on a call, and not on which leg. */
    private final Set<String> namelessOnACall = new HashSet<>();

    private boolean open;

    Listing(ContactCentre centre) {
        this.centre = centre;
    }

    boolean open() {
        return open;
    }

    /** The connection broke; some items may still turn up. */
    void breaks() {
        if (!open) {
            return;
        }
        open = false;
        namelessOnACall.clear();
        if (centre.chance(2)) {
            late.addAll(items);
        }
        items.clear();
        late.add(() -> end(CallEventKind.CALLS_LISTED));
        late.add(() -> end(CallEventKind.AGENTS_LISTED));
    }

    private void end(CallEventKind kind) {
        centre.begin(kind, null);
        centre.tell(null);
    }

    /** One item that comes when nobody lists any more; false if there is none. */
    boolean late() {
        if (open || late.isEmpty()) {
            return false;
        }
        late.remove(late.size() - 1).run();
        return true;
    }

    void begin() {
        centre.begin(CallEventKind.LIST_BEGAN, null);
        centre.tell(null);
        open = true;
        late.clear();
        nameNoLegsOfSome();
        final Set<String> onACall = new HashSet<>(namelessOnACall);
        for (final Leg leg : centre.truth.legs.values()) {
            items.add(item(leg));
        }
        for (final Agent agent : centre.truth.agents.values()) {
            final String id = agent.id;
            final String queue = agent.queue;
            final AgentState state = agent.state;
            final String cause = agent.cause;
            final long since = agent.sinceNs;
            final boolean talks = namelessOnACall.contains(id) && (onACall.remove(id) || centre.chance(2));
            items.add(() -> {
                agent.vague = agent.state == AgentState.LOGGED_ON;
                centre.begin(
                                switch (state) {
                                    case READY -> CallEventKind.AGENT_READY;
                                    case NOT_READY -> CallEventKind.AGENT_NOT_READY;
                                    case AFTER_CALL_WORK -> CallEventKind.AGENT_AFTER_CALL_WORK;
                                    default -> CallEventKind.AGENT_LOGGED_ON;
                                },
                                null)
                        .text(CallText.AGENT, id)
                        .text(CallText.QUEUE, queue)
                        .text(CallText.CAUSE, cause)
                        .sinceNs(since)
                        .listed(true)
                        .onCall(talks);
                centre.tell(null);
            });
        }
        Collections.shuffle(items, centre.random);
    }

    /** As one that lists channels and members of queues: who he is has to be found by his telephone. */
    private void nameNoLegsOfSome() {
        for (final Leg leg : centre.truth.legs.values()) {
            final boolean talks = leg.state == CallState.CONNECTED || leg.state == CallState.HELD;
            if (talks
                    && !leg.agent.isEmpty()
                    && !leg.passedOn
                    && centre.chance(2)
                    && centre.truth.agents.keySet().stream().anyMatch(each -> each.startsWith(leg.agent + "/"))
                    && centre.truth.legs.values().stream()
                            .noneMatch(each -> each != leg && each.agent.equals(leg.agent))) {
                namelessOnACall.add(leg.agent);
            }
        }
    }

    /** What he does meanwhile would tell more of him. */
    boolean needs(String agent) {
        return namelessOnACall.contains(agent);
    }

    private Runnable item(Leg leg) {
        final Call call = leg.call;
        final String id = call.id;
        final String legId = leg.id;
        final CallState state = leg.state;
        final String queue = state == CallState.QUEUED ? call.queue : "";
        final String agent = namelessOnACall.contains(leg.agent) ? "" : leg.agent;
        final String[] names = {leg.party, agent, leg.trunk, call.calling, call.called};
        final long startedNs = call.tellsStart ? call.startedNs : 0;
        final Media media = call.media;
        return () -> {
            centre.begin(state == CallState.CONNECTED ? CallEventKind.RETRIEVED : ContactCentre.kind(state), null)
                    .startedNs(startedNs)
                    .media(media)
                    .listed(true)
                    .text(CallText.CALL, id)
                    .text(CallText.LEG, legId)
                    .text(CallText.QUEUE, queue)
                    .text(CallText.PARTY, names[0])
                    .text(CallText.AGENT, names[1])
                    .text(CallText.TRUNK, names[2])
                    .text(CallText.CALLING, names[3])
                    .text(CallText.CALLED, names[4]);
            centre.tell(null);
        };
    }

    void next() {
        if (!items.isEmpty()) {
            items.remove(items.size() - 1).run();
            return;
        }
        open = false;
        namelessOnACall.clear();
        centre.unsure = false;
        centre.begin(CallEventKind.AGENTS_LISTED, null);
        centre.tell(null);
        centre.begin(CallEventKind.CALLS_LISTED, null);
        centre.tell(null);
    }
}
