package org.tandemgw.recovery;

import java.util.function.Consumer;

/**
 * The calls in flight and the agents of one ACD, folded from what it said: the same events make the same table, whatever was
 * restarted in between. Bounded; steady work allocates nothing. One thread.
 *
 * <p>A gap makes what is known unsure rather than wrong; an ACD's list of what there is makes it sure again. See
 * docs/adr/0023-the-call-table.md.
 */
public final class CallTable {
    /** So many events can be expected at a time: some more than memory answers at once, and their carriers have to stay in the cache as well. */
    public static final int MOST_EXPECTED = 32;

    /** Fewer are in the processor's cache as a whole. */
    private static final int MANY_CALLS = 10_000;

    final TableLimits limits;
    final Counts counts = new Counts();
    final Turns turns = new Turns();
    final Texts texts;
    final Calls calls;
    final Agents agents;
    private final Slab cells;
    private final CallFolding folding;
    private final Foresight foresight;
    private final Lists lists;
    private final Placing placing;
    private final CallView view;
    private long sequence;

    /** An empty table. */
    public CallTable(TableLimits limits, CallWatcher watcher) {
        this.limits = limits;
        cells = new Slab(4, limits.cells());
        texts = new Texts(cells, counts, TextHash.secret());
        calls = new Calls(
                new CallRows(limits.calls(), texts, cells),
                new LegRows(limits.legs(), texts),
                texts,
                turns,
                counts,
                watcher);
        agents = new Agents(new AgentRows(limits.agents(), texts), turns, counts);
        folding = new CallFolding(calls);
        foresight = new Foresight(calls);
        lists = new Lists(calls);
        placing = new Placing(calls, agents, texts);
        view = new CallView(calls, texts);
    }

    /** There are so many calls that expecting events saves more than it costs. */
    public boolean worthExpecting() {
        return inFlight() >= MANY_CALLS;
    }

    /**
     * These are the next events, so many of them: memory for all of them is asked for at once, so that it is waited for once. Changes nothing that can be seen;
     * an event that was not expected is folded in as well.
     *
     * @param count at most {@link #MOST_EXPECTED}
     */
    public void expect(CallEvent[] events, int count) {
        foresight.expect(events, count);
    }

    /**
     * Folds one event in.
     *
     * @throws IllegalStateException if its sequence is lower than the one before: the journal is in order, so the reader is wrong
     */
    public void apply(CallEvent event) {
        if (event.sequence() < sequence) {
            throw new IllegalStateException("the call table is at " + sequence + " and was given " + event);
        }
        sequence = event.sequence();
        final int likelyLeg = foresight.leg(event);
        counts.add(Count.EVENTS);
        if (calls.book != null) {
            calls.book.about(event);
        }
        if (event.unusable()) {
            counts.add(Count.UNUSABLE);
            return;
        }
        switch (event.kind().effect()) {
            case AGENT -> agents.apply(event);
            case TABLE -> whole(event);
            default -> folding.apply(event, likelyLeg);
        }
    }

    private void whole(CallEvent event) {
        switch (event.kind()) {
            case GAP -> {
                counts.add(Count.GAPS);
                forgetEnded();
                turns.gap();
                if (calls.book != null) {
                    calls.book.gap();
                }
            }
            case SWITCHED -> switched(event);
            case LIST_BEGAN -> {
                forgetEnded();
                turns.listBegan();
            }
            case CALLS_LISTED -> {
                if (lists.callsListed(event)) {
                    turns.placed = placing.place();
                }
                if (calls.book != null && complete() && placed()) {
                    calls.book.listed();
                }
            }
            default -> agents.agentsListed();
        }
    }

    private void switched(CallEvent event) {
        counts.add(Count.SWITCHES);
        for (int call = calls.rows.oldest(); call != 0; call = calls.rows.newer(call)) {
            calls.nextSegment(call, SegmentEnd.SWITCHED, event.timeNs());
        }
        if (calls.book != null) {
            calls.book.switched(event.text(CallText.PARTY));
        }
    }

    /** From here on each segment that ends is told. On the table's thread, before anything is folded in. */
    public void tellSegments(SegmentWatcher watcher) {
        calls.segments = watcher;
    }

    /** From here on what happens is counted and timed there. On the table's thread, with a book that knows the table as it is: both new, or of one snapshot. */
    public void keepBook(IntervalBook book) {
        book.of(calls, texts);
        calls.book = book;
        agents.book = book;
    }

    private void forgetEnded() {
        calls.legs.forgetEnded();
        if (turns.agentsOpen) {
            agents.forgetEnded();
        }
    }

    /** Of the last event; after a restart the reader goes on behind it. */
    public long sequence() {
        return sequence;
    }

    void sequence(long restored) {
        sequence = restored;
    }

    public int inFlight() {
        return calls.rows.used();
    }

    /** How many calls have a leg that waits in a queue. */
    public int waiting() {
        return calls.rows.waiting();
    }

    /** How many agents are logged on, in whatever queues. */
    public int agentsKnown() {
        return agents.rows.used();
    }

    /** False if there may be calls that are not known, or known ones that have ended: since the last gap they have not been listed. */
    public boolean complete() {
        return !turns.incomplete();
    }

    /** False if an agent was on a call by the last list, and it may be one of those that only a list has told of: then another list is wanted, and what is counted is not sure. */
    public boolean placed() {
        return turns.placed;
    }

    public long count(Count count) {
        return counts.get(count);
    }

    /** All calls, the one known longest first. */
    public void calls(Consumer<CallView> each) {
        firstCalls(Integer.MAX_VALUE, each);
    }

    /** The same, of at most so many. */
    public void firstCalls(int most, Consumer<CallView> each) {
        int rest = most;
        for (int call = calls.rows.oldest(); call != 0 && rest > 0; call = calls.rows.newer(call), rest--) {
            each.accept(view.on(call));
        }
    }

    /** Each call as it is now, shown step by step while events are folded in between. One at a time: one that is not over by then is finished first. */
    public CallSweep sweep(Consumer<CallView> each) {
        return calls.sweeps.begin(new CallView(calls, texts).asOfNow(), limits.calls(), each);
    }

    /** The call of that id, or null. */
    public CallView call(String id) {
        final CallEvent asked =
                new CallEvent().begin(CallEventKind.CHANGED, 0, 0).text(CallText.CALL, id);
        final int call = asked.unusable() ? 0 : calls.rows.ids.find(asked, CallText.CALL);
        return call == 0 ? null : view.on(call);
    }

    /** The call that this leg is in, or null. */
    public CallView callOfLeg(String id) {
        final CallEvent asked =
                new CallEvent().begin(CallEventKind.CHANGED, 0, 0).text(CallText.LEG, id);
        final int leg = asked.unusable() ? 0 : calls.legs.ids.find(asked, CallText.LEG);
        return leg == 0 || calls.legs.ended(leg) ? null : view.on(calls.legs.call(leg));
    }

    /** All agents in all their queues, the one known longest first. */
    public void agents(Consumer<AgentView> each) {
        final AgentRows rows = agents.rows;
        final AgentView agentView = new AgentView(rows, texts, turns);
        for (int agent = rows.oldest(); agent != 0; agent = rows.newer(agent)) {
            for (int place = rows.firstPlace(agent); place != 0; place = rows.nextPlace(place)) {
                if (rows.state(place) != AgentState.LOGGED_OFF) {
                    each.accept(agentView.on(agent, place));
                }
            }
        }
    }

    /** Memory that the table holds, in bytes. It grows with the most calls that were ever in flight, and does not shrink. */
    public long bytes() {
        return calls.rows.ids.bytes() + calls.legs.ids.bytes() + agents.rows.bytes() + cells.bytes() + texts.bytes();
    }
}
