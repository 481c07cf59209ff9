package org.tandemgw.recovery;

/** What events mean for agents. An event that names no queue is about all queues of the agent. */
final class Agents {
    final AgentRows rows;
    private final Turns turns;
    private final Counts counts;
    private final byte[] id = new byte[CallEvent.MAX_TEXT_BYTES];

    /** Gets what is counted; null if nobody counts. */
    IntervalBook book;

    Agents(AgentRows rows, Turns turns, Counts counts) {
        this.rows = rows;
        this.turns = turns;
        this.counts = counts;
    }

    void apply(CallEvent event) {
        if (!event.has(CallText.AGENT)) {
            counts.add(Count.UNUSABLE);
            return;
        }
        if (event.listed() && !turns.agentsOpen) {
            counts.add(Count.LISTED_LATE);
            return;
        }
        final boolean off = event.kind() == CallEventKind.AGENT_LOGGED_OFF;
        int agent = rows.ids.find(event, CallText.AGENT);
        final int before = book == null ? 0 : work(agent);
        final boolean everywhere =
                !event.has(CallText.QUEUE) && !event.listed() && agent != 0 && everywhere(agent, event);
        if (!everywhere) {
            int place = agent == 0 ? 0 : rows.place(agent, event);
            if (off && (place == 0 || rows.state(place) == AgentState.LOGGED_OFF)) {
                counts.add(Count.UNKNOWN);
                if (place != 0 || !turns.agentsOpen) {
                    return; // else it is remembered, for an item that may be on its way
                }
            }
            if (place == 0) {
                agent = agent == 0 ? rows.add(event) : agent;
                place = agent == 0 ? 0 : rows.addPlace(agent, event);
                if (place == 0) {
                    counts.add(Count.AGENTS_NOT_KEPT);
                } else {
                    onCall(place, event);
                    set(place, event, true);
                }
            } else {
                onCall(place, event);
                told(agent, place, event);
            }
        }
        if (agent != 0) {
            book(agent, before);
            rows.removeIfIdle(agent);
        }
    }

    /** Where more was told of him since the list began, before his item or after it, the call may be over that the list means: then no other one is taken for it. */
    private void onCall(int place, CallEvent event) {
        if (event.listed() && event.onCall()) {
            final boolean late = turns.newerThanList(rows.stamp(place)) || turns.newerThanList(rows.toldTurn(place));
            rows.markOnCall(place, late ? turns.perhaps() : turns.listTurn);
        }
    }

    /** What of his work is timed: whether he is there, whether he works after a call. */
    private int work(int agent) {
        int work = 0;
        for (int place = agent == 0 ? 0 : rows.firstPlace(agent); place != 0; place = rows.nextPlace(place)) {
            final AgentState state = rows.state(place);
            work |= state == AgentState.LOGGED_OFF ? 0 : IntervalBook.THERE;
            work |= state == AgentState.AFTER_CALL_WORK ? IntervalBook.AT_WORK : 0;
        }
        return work;
    }

    private void book(int agent, int before) {
        if (book != null) {
            final int after = work(agent);
            if (before != after) {
                book.agent(id, rows.ids.copyId(agent, id, 0), before, after);
            }
        }
    }

    /** All agents are listed: who was not has logged off. */
    void agentsListed() {
        if (!turns.agentsOpen) {
            counts.add(Count.LISTED_LATE);
            return;
        }
        turns.agentsOpen = false;
        forget(true);
    }

    /** Forgets who logged off while agents were listed. */
    void forgetEnded() {
        forget(false);
    }

    private void forget(boolean notListed) {
        for (int agent = rows.oldest(); agent != 0; ) {
            final int newer = rows.newer(agent);
            final int before = book == null ? 0 : work(agent);
            int perhaps = 0;
            for (int place = rows.firstPlace(agent); place != 0; ) {
                final int next = rows.nextPlace(place);
                final boolean goes = notListed && turns.notListed(rows.stamp(place));
                if (goes && rows.queue(place) == 0 && turns.newerThanList(rows.toldTurn(place))) {
                    perhaps = place;
                } else if (goes || rows.state(place) == AgentState.LOGGED_OFF) {
                    rows.removePlace(agent, place);
                }
                place = next;
            }
            if (perhaps != 0) {
                withoutQueue(agent, perhaps);
            }
            book(agent, before);
            rows.removeIfIdle(agent);
            agent = newer;
        }
    }

    /** Something was told of him since the list began, and of no queue: if he is in none he is logged on without one. */
    private void withoutQueue(int agent, int place) {
        if (rows.firstPlace(agent) == place && rows.nextPlace(place) == 0) {
            rows.stamp(place, rows.toldTurn(place));
        } else {
            rows.removePlace(agent, place);
        }
    }

    /**
     * What is told of all queues of an agent proves nothing of those that were not sure: he may have left them. False if he is logged on nowhere for sure, so that
     * he may be logged on without a queue.
     */
    private boolean everywhere(int agent, CallEvent event) {
        final boolean off = event.kind() == CallEventKind.AGENT_LOGGED_OFF;
        boolean sure = off;
        boolean any = false;
        for (int place = rows.firstPlace(agent); place != 0; ) {
            final int next = rows.nextPlace(place);
            if (rows.state(place) != AgentState.LOGGED_OFF) {
                any = true;
                if (off || !turns.unsure(rows.stamp(place))) {
                    sure = true;
                    told(agent, place, event);
                } else {
                    toldOfAll(place, event);
                }
            }
            place = next;
        }
        if (any && !sure && rows.place(agent, event) == 0) {
            final int place = rows.addPlace(agent, event);
            if (place == 0) {
                counts.add(Count.AGENTS_NOT_KEPT);
            } else {
                set(place, event, true);
                rows.stamp(place, turns.gapTurn - 1);
                rows.toldTurn(place, turns.turn);
            }
        }
        return any;
    }

    private void toldOfAll(int place, CallEvent event) {
        final int stamp = rows.stamp(place);
        set(place, event, false);
        rows.stamp(place, stamp);
        rows.toldTurn(place, turns.turn);
    }

    private void told(int agent, int place, CallEvent event) {
        if (event.listed() && turns.newerThanList(rows.stamp(place))) {
            counts.add(Count.LISTED_LATE);
        } else if (event.listed() && turns.newerThanList(rows.toldTurn(place))) {
            rows.stamp(place, turns.stamp(event)); // he is there; what he does was told since
        } else if (event.kind() == CallEventKind.AGENT_LOGGED_OFF && !turns.agentsOpen) {
            rows.removePlace(agent, place);
        } else {
            set(place, event, false);
        }
    }

    private void set(int place, CallEvent event, boolean fresh) {
        if (!event.listed() && rows.isOnCall(place, turns.listTurn)) {
            rows.markOnCall(place, turns.perhaps());
        }
        final AgentState state = AgentState.after(event.kind());
        final boolean stays = !fresh
                && (rows.state(place) == state
                        || event.listed()
                                && state == AgentState.LOGGED_ON
                                && rows.state(place) != AgentState.LOGGED_OFF);
        if (!stays) {
            rows.state(place, state, event.sinceNs() != 0 ? event.sinceNs() : event.timeNs());
            rows.cause(place, event);
        } else if (!event.listed() || event.has(CallText.CAUSE) || turns.unsure(rows.stamp(place))) {
            rows.cause(place, event); // a list that tells no cause takes none away
        }
        rows.stamp(place, turns.stamp(event));
    }
}
