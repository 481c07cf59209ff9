package org.tandemgw.recovery;

/**
 * The words of a leg's row, behind those of its id:
 *
 * <pre>
 *  4  own bits: state (3), ended (1), the last list during which something else told of it (20)
 *  5  call  | next leg of the call
 *  6  party | agent
 *  7  trunk | turn in which its state was last told
 * </pre>
 *
 * While the ACD lists its calls, a leg that ends keeps its row, marked and without a call, so that an item that was on its way does
 * not bring it back.
 */
final class LegRows {
    private static final int STATE_BITS = 7;
    private static final int ENDED = 8;
    private static final int LIST_SHIFT = 4;
    private static final int LIST_MASK = (1 << 20) - 1;

    final KeyedRows ids;
    private final Slab rows;
    private final Texts texts;
    private int firstEnded;

    LegRows(int limit, Texts texts) {
        rows = new Slab(8, limit);
        ids = new KeyedRows(rows, texts);
        this.texts = texts;
    }

    CallState state(int leg) {
        return CallState.of(ids.own(leg) & STATE_BITS);
    }

    void state(int leg, CallState state) {
        ids.own(leg, ids.own(leg) & ~STATE_BITS | state.ordinal());
    }

    boolean toldIn(int leg, int listTurn) {
        return ids.own(leg) >>> LIST_SHIFT == (listTurn & LIST_MASK);
    }

    void markToldIn(int leg, int listTurn) {
        ids.own(leg, ids.own(leg) & STATE_BITS | (listTurn & LIST_MASK) << LIST_SHIFT);
    }

    int call(int leg) {
        return rows.low(leg, 5);
    }

    void call(int leg, int call) {
        rows.low(leg, 5, call);
    }

    int next(int leg) {
        return rows.high(leg, 5);
    }

    void next(int leg, int next) {
        rows.high(leg, 5, next);
    }

    int party(int leg) {
        return rows.low(leg, 6);
    }

    int agent(int leg) {
        return rows.high(leg, 6);
    }

    int trunk(int leg) {
        return rows.low(leg, 7);
    }

    int stamp(int leg) {
        return rows.high(leg, 7);
    }

    void stamp(int leg, int turn) {
        rows.high(leg, 7, turn);
    }

    /** Takes over the names that the event tells; with {@code fill} only those that are not known. */
    void details(int leg, CallEvent event, boolean fill) {
        if (event.has(CallText.PARTY)
                && !(fill && party(leg) != 0)
                && !texts.same(party(leg), event, CallText.PARTY, 0)) {
            texts.release(party(leg));
            rows.low(leg, 6, texts.intern(event, CallText.PARTY, 0));
        }
        if (event.has(CallText.AGENT)
                && !(fill && agent(leg) != 0)
                && !texts.same(agent(leg), event, CallText.AGENT, 0)) {
            texts.release(agent(leg));
            rows.high(leg, 6, texts.intern(event, CallText.AGENT, 0));
        }
        if (event.has(CallText.TRUNK)
                && !(fill && trunk(leg) != 0)
                && !texts.same(trunk(leg), event, CallText.TRUNK, 0)) {
            texts.release(trunk(leg));
            rows.low(leg, 7, texts.intern(event, CallText.TRUNK, 0));
        }
    }

    /** Ends a leg that is in no call's chain any more. */
    void end(int leg, boolean remember) {
        texts.release(party(leg));
        texts.release(agent(leg));
        texts.release(trunk(leg));
        if (remember && !ids.nameless(leg)) {
            rows.set(leg, 6, 0);
            rows.set(leg, 7, 0);
            call(leg, 0);
            ids.own(leg, ENDED);
            next(leg, firstEnded);
            firstEnded = leg;
        } else {
            ids.remove(leg);
        }
    }

    /** Remembers a leg that was not known when it ended. Without room it is not remembered. */
    void endUnknown(CallEvent event, CallText id) {
        final int leg = ids.find(event, id) == 0 ? ids.add(event, id) : 0;
        if (leg != 0) {
            ids.own(leg, ENDED);
            next(leg, firstEnded);
            firstEnded = leg;
        }
    }

    boolean ended(int leg) {
        return (ids.own(leg) & ENDED) != 0;
    }

    int firstEnded() {
        return firstEnded;
    }

    /** Behind the one that was restored last, or 0. */
    void restoreEnded(int leg, int last) {
        ids.own(leg, ENDED);
        if (last == 0) {
            firstEnded = leg;
        } else {
            next(last, leg);
        }
    }

    void forgetEnded() {
        for (int leg = firstEnded; leg != 0; ) {
            final int next = next(leg);
            ids.remove(leg);
            leg = next;
        }
        firstEnded = 0;
    }

    boolean full() {
        return rows.full();
    }

    int used() {
        return rows.used();
    }
}
