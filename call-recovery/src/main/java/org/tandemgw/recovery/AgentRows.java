package org.tandemgw.recovery;

/**
 * Agents, and for each one row for every queue that he works for, or one without a queue:
 *
 * <pre>
 *  agent   5  older agent | newer agent
 *          6  first place | places
 *  place   0  queue       | next place of the agent
 *          1  state (3), the last list that said he is on a call of it (20) | turn in which it was last told
 *          2  since, ns
 *          3  cause       | turn in which something was told of all his queues, while this one was not sure
 * </pre>
 */
final class AgentRows {
    static final int MOST_PLACES = 1024;

    private static final int STATE_BITS = 7;
    private static final int LIST_SHIFT = 4;
    private static final int LIST_MASK = (1 << 20) - 1;

    final KeyedRows ids;
    private final Slab agents;
    private final Slab places;
    private final Texts texts;
    private int oldest;
    private int newest;

    AgentRows(int limit, Texts texts) {
        agents = new Slab(7, limit);
        places = new Slab(4, limit * 4);
        ids = new KeyedRows(agents, texts);
        this.texts = texts;
    }

    int used() {
        return agents.used();
    }

    int oldest() {
        return oldest;
    }

    int newer(int agent) {
        return agents.high(agent, 5);
    }

    int add(CallEvent event) {
        final int agent = ids.add(event, CallText.AGENT);
        if (agent != 0) {
            agents.low(agent, 5, newest);
            if (newest == 0) {
                oldest = agent;
            } else {
                agents.high(newest, 5, agent);
            }
            newest = agent;
        }
        return agent;
    }

    /** A place at the end of the agent's chain; 0 if there is no room. */
    int addPlace(int agent, CallEvent event) {
        final int count = agents.high(agent, 6);
        final int place = count == MOST_PLACES ? 0 : places.take();
        if (place == 0) {
            return 0;
        }
        places.low(place, 0, texts.intern(event, CallText.QUEUE, 0));
        int last = firstPlace(agent);
        if (last == 0) {
            agents.low(agent, 6, place);
        } else {
            while (nextPlace(last) != 0) {
                last = nextPlace(last);
            }
            places.high(last, 0, place);
        }
        agents.high(agent, 6, count + 1);
        return place;
    }

    int firstPlace(int agent) {
        return agents.low(agent, 6);
    }

    int nextPlace(int place) {
        return places.high(place, 0);
    }

    /** His place in a queue; 0 if he is not in it. */
    int place(int agent, int queue) {
        int place = firstPlace(agent);
        while (place != 0 && queue(place) != queue) {
            place = nextPlace(place);
        }
        return place;
    }

    int place(int agent, CallEvent event) {
        int place = firstPlace(agent);
        while (place != 0 && !texts.same(queue(place), event, CallText.QUEUE, 0)) {
            place = nextPlace(place);
        }
        return place;
    }

    void removePlace(int agent, int place) {
        if (firstPlace(agent) == place) {
            agents.low(agent, 6, nextPlace(place));
        } else {
            int before = firstPlace(agent);
            while (nextPlace(before) != place) {
                before = nextPlace(before);
            }
            places.high(before, 0, nextPlace(place));
        }
        agents.high(agent, 6, agents.high(agent, 6) - 1);
        texts.release(queue(place));
        texts.release(cause(place));
        places.free(place);
    }

    /** Forgets an agent who has no place. */
    void removeIfIdle(int agent) {
        if (firstPlace(agent) != 0) {
            return;
        }
        final int older = agents.low(agent, 5);
        final int newer = newer(agent);
        if (older == 0) {
            oldest = newer;
        } else {
            agents.high(older, 5, newer);
        }
        if (newer == 0) {
            newest = older;
        } else {
            agents.low(newer, 5, older);
        }
        ids.remove(agent);
    }

    int queue(int place) {
        return places.low(place, 0);
    }

    int cause(int place) {
        return places.low(place, 3);
    }

    /** The cause as told now; none if it is not told. */
    void cause(int place, CallEvent event) {
        if (!texts.same(cause(place), event, CallText.CAUSE, 0)) {
            texts.release(cause(place));
            places.low(place, 3, texts.intern(event, CallText.CAUSE, 0));
        }
    }

    AgentState state(int place) {
        return AgentState.of(places.low(place, 1) & STATE_BITS);
    }

    void state(int place, AgentState state, long sinceNs) {
        places.low(place, 1, places.low(place, 1) & ~STATE_BITS | state.ordinal());
        places.set(place, 2, sinceNs);
    }

    /** Whether this list said that he is on a call of a queue. */
    boolean onCall(int agent, int listTurn) {
        int place = firstPlace(agent);
        while (place != 0 && !isOnCall(place, listTurn)) {
            place = nextPlace(place);
        }
        return place != 0;
    }

    /** The queue of that call; 0 if there are several that it may be of. */
    int queueOfCall(int agent, int listTurn) {
        int queue = 0;
        int queues = 0;
        for (int place = firstPlace(agent); place != 0; place = nextPlace(place)) {
            if (isOnCall(place, listTurn)) {
                queue = queue(place);
                queues++;
            }
        }
        return queues == 1 ? queue : 0;
    }

    boolean isOnCall(int place, int listTurn) {
        return call(place) != 0 && call(place) == (listTurn & LIST_MASK);
    }

    void markOnCall(int place, int listTurn) {
        call(place, listTurn & LIST_MASK);
    }

    /** It is known which one. */
    void noCall(int agent) {
        for (int place = firstPlace(agent); place != 0; place = nextPlace(place)) {
            call(place, 0);
        }
    }

    /** The last list that said he is on a call of this queue; 0: none did. */
    int call(int place) {
        return places.low(place, 1) >>> LIST_SHIFT;
    }

    void call(int place, int list) {
        places.low(place, 1, places.low(place, 1) & STATE_BITS | list << LIST_SHIFT);
    }

    int toldTurn(int place) {
        return places.high(place, 3);
    }

    void toldTurn(int place, int turn) {
        places.high(place, 3, turn);
    }

    int stamp(int place) {
        return places.high(place, 1);
    }

    void stamp(int place, int turn) {
        places.high(place, 1, turn);
    }

    long sinceNs(int place) {
        return places.get(place, 2);
    }

    int places() {
        return places.used();
    }

    long bytes() {
        return ids.bytes() + places.bytes();
    }
}
