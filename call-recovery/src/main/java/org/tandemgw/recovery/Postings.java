package org.tandemgw.recovery;

/** Posts what changed to the accounts that it is about: the queue, the agent, the group of trunks, the whole ACD. */
final class Postings {
    private final Accounts accounts;
    private final TrunkGroups groups;
    private final AccountsByText named;
    private final RowTexts trunks;
    private final byte[] trunk = new byte[CallEvent.MAX_TEXT_BYTES];
    private final byte[] group = new byte[CallEvent.MAX_TEXT_BYTES];

    /** When the present event happened; before the present part began, if it was told so late. */
    long nowNs;

    /** The present event is an item of a list. */
    boolean listed;

    /** The present event says that a caller whom it names was answered out of the queue that it names. */
    boolean answersQueue;

    private int queueBefore;
    private CallState before;
    private int agentBefore;
    private boolean heldBefore;
    private int trunkBefore;
    private long[] trunkWords;
    private int trunkAt;
    private int queueAfter;
    private CallState after;
    private int agentAfter;
    private boolean heldAfter;
    private int legAfter;

    Postings(Accounts accounts, TrunkGroups groups, Texts texts, RowTexts trunks) {
        this.accounts = accounts;
        this.groups = groups;
        this.trunks = trunks;
        named = new AccountsByText(accounts, texts);
    }

    /**
     * A leg as it was; without a state it was not there.
     *
     * @param held whether its call was on hold, by whichever leg
     */
    void before(int queue, CallState state, int agent, boolean held) {
        queueBefore = queue;
        before = state;
        agentBefore = agent;
        heldBefore = held;
    }

    /** What is held of the trunk that a leg had which was there. */
    void trunkBefore(int held, long[] words, int at) {
        trunkBefore = held;
        trunkWords = words;
        trunkAt = at;
    }

    /** As it is; without a state it is there no more. */
    void after(int queue, CallState state, int agent, int leg, boolean held) {
        queueAfter = queue;
        after = state;
        agentAfter = agent;
        heldAfter = held;
        legAfter = leg;
    }

    /**
     * A leg has changed.
     *
     * @param how it went, if it is there no more
     * @param answered whether somebody had answered its call
     */
    void leg(Parting how, boolean answered) {
        queue(how);
        agent(how);
        trunk(how, answered);
    }

    private void queue(Parting how) {
        final Account from = before == CallState.QUEUED ? named.find(AccountKind.QUEUE, queueBefore) : null;
        final Account to = after == CallState.QUEUED ? named.open(AccountKind.QUEUE, queueAfter) : null;
        if (from == to) {
            if (answersQueue && isAnsweredOutside()) {
                named.open(AccountKind.QUEUE, queueAfter).afterAll(Tally.ANSWERED);
            }
            return;
        }
        if (from != null) {
            from.count(talks(after) ? Tally.ANSWERED : unanswered(how));
            from.leave(Span.WAIT, nowNs);
            accounts.whole().leave(Span.WAIT, nowNs);
        }
        if (to != null) {
            to.count(came());
            to.enter(Span.WAIT, nowNs);
            accounts.whole().enter(Span.WAIT, nowNs);
        }
    }

    /** A caller whom the ACD took out of the queue before it said that he is answered: until now nobody knew why he had left. */
    private boolean isAnsweredOutside() {
        return before == CallState.OFFERED
                && after == CallState.CONNECTED
                && agentAfter == 0
                && queueBefore != 0
                && queueBefore == queueAfter;
    }

    /** Until now nobody knew why a call had left its queue. */
    void given(int queue, Tally how) {
        if (queue != 0) {
            named.open(AccountKind.QUEUE, queue).afterAll(how);
        }
    }

    private void agent(Parting how) {
        final Span spanBefore = agentBefore == 0 ? null : ofAgent(before);
        final Span spanAfter = agentAfter == 0 ? null : ofAgent(after);
        final Account from = spanBefore == null ? null : named.find(AccountKind.AGENT, agentBefore);
        final Account to = spanAfter == null ? null : named.open(AccountKind.AGENT, agentAfter);
        if (from == to && spanBefore == spanAfter) {
            return;
        }
        if (from != null) {
            from.leave(spanBefore, nowNs);
            if (spanBefore == Span.RING) {
                from.count(from == to ? Tally.ANSWERED : unanswered(how));
                accounts.whole().leave(Span.RING, nowNs);
            }
        }
        if (to != null) {
            to.enter(spanAfter, nowNs);
            if (spanAfter == Span.RING) {
                to.count(came());
                accounts.whole().enter(Span.RING, nowNs);
            } else if (from != to) {
                to.count(came());
                to.count(Tally.ANSWERED); // it did not ring before
            }
        }
    }

    private void trunk(Parting how, boolean answered) {
        final Span spanBefore = ofTrunk(before, heldBefore);
        final Span spanAfter = ofTrunk(after, heldAfter);
        final boolean same = before != null
                && after != null
                && (agentBefore == 0) == (agentAfter == 0)
                && trunks.isStill(legAfter, trunkBefore, trunkWords, trunkAt);
        if (same && spanBefore == spanAfter && accounts.hasAll(AccountKind.TRUNK)) {
            return;
        }
        final Account from = before == null || agentBefore != 0
                ? null
                : trunk(trunks.copyHeld(trunkBefore, trunkWords, trunkAt, trunk), false);
        final Account to;
        if (same && from != null && accounts.hasAll(AccountKind.TRUNK)) {
            to = from;
        } else {
            to = after == null || agentAfter != 0 ? null : trunk(trunks.copy(legAfter, trunk, 0), true);
        }
        if (from != to) {
            if (from != null) {
                from.count(after == null ? gone(how, answered) : Tally.LEFT);
                from.leave(Span.PRESENT, nowNs);
            }
            if (to != null) {
                to.count(came());
                to.enter(Span.PRESENT, nowNs);
            }
        } else if (spanBefore == spanAfter) {
            return;
        }
        if (from != null && spanBefore != null) {
            from.leave(spanBefore, nowNs);
        }
        if (to != null && spanAfter != null) {
            to.enter(spanAfter, nowNs);
        }
    }

    /** Of the trunk's name, so long. A leg of an agent is no trunk. */
    private Account trunk(int bytes, boolean enters) {
        final int length = bytes == 0 ? 0 : groups.of(trunk, bytes, group);
        if (length == 0) {
            return null;
        }
        return enters
                ? accounts.open(AccountKind.TRUNK, group, length)
                : accounts.find(AccountKind.TRUNK, group, length);
    }

    /** A call has changed; without a state it was, or is, not there. */
    void call(int queueWas, CallState was, int queueIs, CallState is, Parting how, boolean answered) {
        final Span spanBefore = ofCall(was);
        final Span spanAfter = ofCall(is);
        final Account from = spanBefore == null || queueWas == 0 ? null : named.find(AccountKind.QUEUE, queueWas);
        final Account to = spanAfter == null || queueIs == 0 ? null : named.open(AccountKind.QUEUE, queueIs);
        if (from != null) {
            from.leave(spanBefore, nowNs);
        }
        if (to != null) {
            to.enter(spanAfter, nowNs);
        }
        final Account whole = accounts.whole();
        if (spanBefore != null) {
            whole.leave(spanBefore, nowNs);
        }
        if (spanAfter != null) {
            whole.enter(spanAfter, nowNs);
        }
        if (was == null && is != null) {
            whole.count(came());
            whole.enter(Span.PRESENT, nowNs);
        } else if (was != null && is == null) {
            whole.count(gone(how, answered));
            whole.leave(Span.PRESENT, nowNs);
        }
    }

    /** What an agent does beside calls; bits of {@link IntervalBook}. */
    void agent(byte[] id, int length, int was, int is) {
        work(id, length, was, is, IntervalBook.THERE, Span.PRESENT);
        work(id, length, was, is, IntervalBook.AT_WORK, Span.WORK);
        if (((was ^ is) & IntervalBook.AT_WORK) != 0) {
            if ((is & IntervalBook.AT_WORK) != 0) {
                accounts.whole().enter(Span.WORK, nowNs);
            } else {
                accounts.whole().leave(Span.WORK, nowNs);
            }
        }
    }

    private void work(byte[] id, int length, int was, int is, int bit, Span span) {
        if ((was & bit) == (is & bit)) {
            return;
        }
        if ((is & bit) != 0) {
            accounts.open(AccountKind.AGENT, id, length).enter(span, nowNs);
        } else {
            accounts.find(AccountKind.AGENT, id, length).leave(span, nowNs);
        }
    }

    private Tally came() {
        return listed ? Tally.FOUND : Tally.OFFERED;
    }

    private Tally unanswered(Parting how) {
        if (after == CallState.ABANDONED || after == null && how == Parting.CLEARED) {
            return Tally.ABANDONED;
        }
        return after == null && how == Parting.LOST ? Tally.LOST : Tally.LEFT;
    }

    private static Tally gone(Parting how, boolean answered) {
        return switch (how) {
            case CLEARED -> answered ? Tally.ANSWERED : Tally.ABANDONED;
            case LEFT -> Tally.LEFT;
            case LOST -> Tally.LOST;
        };
    }

    private static boolean talks(CallState state) {
        return state == CallState.CONNECTED || state == CallState.HELD;
    }

    private static Span ofCall(CallState state) {
        return talks(state) ? state == CallState.HELD ? Span.HOLD : Span.TALK : null;
    }

    private static Span ofAgent(CallState state) {
        return state == CallState.RINGING ? Span.RING : ofCall(state);
    }

    /** Whoever has put a call on hold, all that talk in it are: an ACD says so of the leg of him who did, mostly the agent's. */
    private static Span ofTrunk(CallState state, boolean held) {
        if (state == CallState.QUEUED) {
            return Span.WAIT;
        }
        return talks(state) ? held ? Span.HOLD : Span.TALK : null;
    }
}
