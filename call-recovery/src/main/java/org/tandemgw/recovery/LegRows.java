package org.tandemgw.recovery;

/**
 * The words of a leg's row, behind those of its id:
 *
 * <pre>
 *   3  hash  | turn in which its state was last told
 *   4  own bits: state (3), ended (1), the last list during which something else told of it (20)
 *   5  call  | next leg of the call
 *   6  lengths and rests of party | and trunk
 *   7, 8   party
 *   9 to 11  trunk
 *  12  agent
 * </pre>
 *
 * Party and trunk are in the row because some ACDs tell them with each event, and no two legs have the same.
 *
 * While the ACD lists its calls, a leg that ends keeps its row, marked and without a call, so that an item that was on its way does
 * not bring it back.
 */
final class LegRows {
    private static final int CHAIN = 5;
    private static final int USES = 6;
    private static final int PARTY = 7;
    private static final int PARTY_WORDS = 2;
    private static final int TRUNK = PARTY + PARTY_WORDS;
    private static final int TRUNK_WORDS = 3;
    private static final int AGENT = TRUNK + TRUNK_WORDS;
    private static final int WORDS = AGENT + 1;

    private static final int STATE_BITS = 7;
    private static final int ENDED = 8;
    private static final int LIST_SHIFT = 4;
    private static final int LIST_MASK = (1 << 20) - 1;

    final KeyedRows ids;
    final RowTexts party;
    final RowTexts trunk;
    private final Slab rows;
    private final Texts texts;
    private int firstEnded;

    LegRows(int limit, Texts texts) {
        rows = new Slab(WORDS, limit);
        ids = new KeyedRows(rows, texts);
        party = new RowTexts(rows, texts, USES, false, PARTY, PARTY_WORDS);
        trunk = new RowTexts(rows, texts, USES, true, TRUNK, TRUNK_WORDS);
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
        return rows.low(leg, CHAIN);
    }

    void call(int leg, int call) {
        rows.low(leg, CHAIN, call);
    }

    int next(int leg) {
        return rows.high(leg, CHAIN);
    }

    void next(int leg, int next) {
        rows.high(leg, CHAIN, next);
    }

    int agent(int leg) {
        return rows.low(leg, AGENT);
    }

    int stamp(int leg) {
        return rows.high(leg, KeyedRows.HASH);
    }

    void stamp(int leg, int turn) {
        rows.high(leg, KeyedRows.HASH, turn);
    }

    /** Takes over the names that the event tells; with {@code fill} only those that are not known. */
    void details(int leg, CallEvent event, boolean fill) {
        detail(party, leg, event, CallText.PARTY, fill);
        detail(trunk, leg, event, CallText.TRUNK, fill);
        if (event.has(CallText.AGENT)
                && !(fill && agent(leg) != 0)
                && !texts.same(agent(leg), event, CallText.AGENT, 0)) {
            texts.release(agent(leg));
            rows.low(leg, AGENT, texts.intern(event, CallText.AGENT, 0));
        }
    }

    private static void detail(RowTexts of, int leg, CallEvent event, CallText field, boolean fill) {
        if (event.has(field) && !(fill && of.has(leg)) && !of.same(leg, event, field)) {
            of.set(leg, event, field);
        }
    }

    /** Ends a leg that is in no call's chain any more. */
    void end(int leg, boolean remember) {
        party.clear(leg);
        trunk.clear(leg);
        texts.release(agent(leg));
        if (remember && !ids.nameless(leg)) {
            rows.low(leg, AGENT, 0);
            stamp(leg, 0);
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
