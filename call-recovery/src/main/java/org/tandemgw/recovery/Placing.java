package org.tandemgw.recovery;

import java.util.Arrays;

/**
 * Who is on which leg, by what an ACD lists: its list of channels names no agents, and that of its agents says no more than that one is on a call of a queue. A leg that talks at his telephone is
 * his then, unless a leg of another call talks there too, and so is one that rings there for a call which waits in a queue of his.
 */
final class Placing {
    /** What may stand behind the name of a channel where an agent is rung through one within the ACD. */
    private static final byte[] OPTION = {'/', 'n'};

    private static final int SEVERAL = -1;

    private final Calls calls;
    private final CallRows rows;
    private final LegRows legs;
    private final AgentRows agents;
    private final Texts texts;
    private final CallEvent named = new CallEvent();
    private final byte[] name = new byte[CallEvent.MAX_TEXT_BYTES];
    private final byte[] telephone = new byte[CallEvent.MAX_TEXT_BYTES + OPTION.length];

    /** So many agents are on a call, and nobody knows on which. */
    private int wanted;

    /** By agent, the call that may be the one that is looked for: its legs talk at his telephone. */
    private int[] candidates = new int[16];

    Placing(Calls calls, Agents agents, Texts texts) {
        this.calls = calls;
        this.agents = agents.rows;
        this.texts = texts;
        rows = calls.rows;
        legs = calls.legs;
    }

    /**
     * All calls are listed, and so are the agents, if they are.
     *
     * @return false: somebody is on a call whose leg nobody knows, and there are calls that only a list has told of
     */
    boolean place() {
        wanted = 0;
        for (int agent = agents.oldest(); agent != 0; agent = agents.newer(agent)) {
            wanted += isWanted(agent) ? 1 : 0;
        }
        if (wanted > 0) {
            leaveOutWhoIsKnown();
        }
        if (wanted > 0) {
            findCandidates();
        }
        boolean strangers = false;
        for (int call = rows.oldest(); call != 0; call = rows.newer(call)) {
            strangers |= isPlacedInVain(call);
        }
        return wanted == 0 || !strangers;
    }

    private void leaveOutWhoIsKnown() {
        for (int call = rows.oldest(); call != 0; call = rows.newer(call)) {
            for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
                if (legs.agent(leg) != 0 && talks(leg)) {
                    found(agent(name, texts.copy(legs.agent(leg), name, 0)));
                }
            }
        }
    }

    private void found(int agent) {
        if (agent != 0 && isWanted(agent)) {
            agents.noCall(agent);
            wanted--;
        }
    }

    /** Also whose call may be over: it is not looked for, and may be one of those that are there. */
    private boolean isWanted(int agent) {
        return agents.onCall(agent, calls.turns.listTurn) || agents.onCall(agent, calls.turns.perhaps());
    }

    /** One of two calls at a telephone may be private: neither is taken for that of the queue then. */
    private void findCandidates() {
        Arrays.fill(candidates, 0);
        for (int call = rows.oldest(); call != 0; call = rows.newer(call)) {
            for (int leg = calls.holed(call) ? rows.firstLeg(call) : 0; leg != 0; leg = legs.next(leg)) {
                if (legs.agent(leg) == 0 && legs.trunk.has(leg) && talks(leg)) {
                    candidate(atTelephone(leg), call);
                }
            }
        }
    }

    private void candidate(int agent, int call) {
        if (agent >= candidates.length) {
            candidates = Arrays.copyOf(candidates, Math.max(agent + 1, candidates.length * 2));
        }
        final int other = candidates[agent];
        candidates[agent] = other == 0 || other == call ? call : SEVERAL;
    }

    /** Whether only a list has told of the call, and nobody is known who talks in it for the ACD. */
    private boolean isPlacedInVain(int call) {
        boolean inVain = calls.holed(call);
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            if (legs.agent(leg) == 0 && legs.trunk.has(leg)) {
                place(call, leg);
            }
            inVain &= legs.agent(leg) == 0;
        }
        return inVain && CallState.CONNECTED.in(rows.counts(call)) + CallState.HELD.in(rows.counts(call)) > 1;
    }

    private void place(int call, int leg) {
        final boolean rings = legs.state(leg) == CallState.RINGING && CallState.QUEUED.in(rows.counts(call)) > 0;
        if (!rings && !(wanted > 0 && talks(leg) && calls.holed(call))) {
            return;
        }
        final int agent = atTelephone(leg);
        if (agent == 0) {
            return;
        }
        if (rings) {
            if (rows.queue(call) != 0 && agents.place(agent, rows.queue(call)) != 0) {
                is(call, leg, agent, 0);
            }
        } else if (candidates[agent] == call && agents.onCall(agent, calls.turns.listTurn)) {
            is(call, leg, agent, agents.queueOfCall(agent, calls.turns.listTurn));
            found(agent);
        }
    }

    /** The agent whose telephone the leg is at; 0: it is nobody's. */
    private int atTelephone(int leg) {
        final int length = TrunkGroups.BY_NAME.of(name, legs.trunk.copy(leg, name, 0), telephone);
        final int agent = agent(telephone, length);
        if (agent != 0 || length + OPTION.length > CallEvent.MAX_TEXT_BYTES) {
            return agent;
        }
        System.arraycopy(OPTION, 0, telephone, length, OPTION.length);
        return agent(telephone, length + OPTION.length);
    }

    private int agent(byte[] id, int length) {
        return agents.ids.find(
                named.begin(CallEventKind.CHANGED, 0, 0).text(CallText.AGENT, id, 0, length), CallText.AGENT);
    }

    private void is(int call, int leg, int agent, int queue) {
        calls.touch(call);
        named.begin(CallEventKind.CHANGED, 0, 0).text(CallText.AGENT, name, 0, agents.ids.copyId(agent, name, 0));
        if (queue != 0) {
            named.text(CallText.QUEUE, name, 0, texts.copy(queue, name, 0));
        }
        legs.details(leg, named, true);
        rows.details(call, named, true);
        calls.settle();
    }

    private boolean talks(int leg) {
        return legs.state(leg) == CallState.CONNECTED || legs.state(leg) == CallState.HELD;
    }
}
