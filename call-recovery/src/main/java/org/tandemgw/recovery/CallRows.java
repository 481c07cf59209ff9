package org.tandemgw.recovery;

/**
 * The words of a call's row, behind those of its id:
 *
 * <pre>
 *   3  hash | frames of its life
 *   4  own bits: media (3), start seen (1), life cut (1), holed (1), what its last leg left behind (3), its queue has given it
 *       to somebody who has not answered (1)
 *   5  legs by state, 8 bits each
 *   6  last sequence
 *   7  turn in which it became known | turn in which it was last told of
 *   8  started
 *   9 to 12  its life
 *  13  state since       14  first leg | legs (8) and segments (24)
 *  15  answered          16  queued since         17  waited
 *  18  held since        19  held; all times in ns
 *  20  queue   | cause
 *  21  calling | called
 *  22  older call | newer call
 *  23  segment since, ns
 *  24  waited            25  held                26  talked, in this segment: what lasts is in them less its beginning
 *  27  who talked last in this segment | trunk of its first leg that had one, and has gone
 * </pre>
 *
 * What nearly every event needs stands together. Which leg rings, who talks, which trunk is used: that is with the legs.
 */
final class CallRows {
    static final int SEQUENCE = 6;
    static final int STARTED = 8;
    static final int STATE_SINCE = 13;
    static final int ANSWERED = 15;
    static final int QUEUED_SINCE = 16;
    static final int WAITED = 17;
    static final int HELD_SINCE = 18;
    static final int HELD = 19;

    static final int SEGMENT_SINCE = 23;
    static final int SEGMENT_WAITED = 24;
    static final int SEGMENT_HELD = 25;
    static final int SEGMENT_TALKED = 26;

    private static final int COUNTS = 5;
    private static final int TURNS = 7;
    private static final int LIFE = 9;
    private static final int LEGS = 14;
    private static final int NAMES = 20;
    private static final int NUMBERS = 21;
    private static final int ORDER = 22;
    private static final int GONE = 27;
    private static final int WORDS = 28;

    private static final int MEDIA_BITS = 7;
    private static final int START_SEEN = 8;
    private static final int LIFE_CUT = 16;
    private static final int HOLED = 32;
    private static final int LEFT_SHIFT = 6;
    private static final int LEFT_BITS = 7;
    private static final int GIVEN = 512;
    private static final int MOST_SEGMENTS = (1 << 24) - 1;

    final KeyedRows ids;
    final Lives lives;
    private final Slab rows;
    private final Texts texts;
    private final CallEvent named = new CallEvent();
    private final byte[] name = new byte[CallEvent.MAX_TEXT_BYTES];
    private int oldest;
    private int newest;
    private int waiting;

    CallRows(int limit, Texts texts, Slab cells) {
        rows = new Slab(WORDS, limit);
        ids = new KeyedRows(rows, texts);
        lives = new Lives(cells, rows, LIFE, KeyedRows.HASH);
        this.texts = texts;
    }

    int oldest() {
        return oldest;
    }

    int newer(int call) {
        return rows.high(call, ORDER);
    }

    boolean full() {
        return rows.full();
    }

    int used() {
        return rows.used();
    }

    /** 0 if there is no room. */
    int add(CallEvent event, int turn) {
        final int call = ids.add(event, CallText.CALL);
        if (call == 0) {
            return 0;
        }
        rows.low(call, ORDER, newest);
        if (newest == 0) {
            oldest = call;
        } else {
            rows.high(newest, ORDER, call);
        }
        newest = call;
        media(call, Media.VOICE);
        segments(call, 1);
        rows.set(call, TURNS, turn & 0xFFFF_FFFFL | (long) turn << 32);
        return call;
    }

    /** Its legs are gone already. */
    void remove(int call) {
        waiting -= waits(counts(call));
        final int older = rows.low(call, ORDER);
        final int newer = newer(call);
        if (older == 0) {
            oldest = newer;
        } else {
            rows.high(older, ORDER, newer);
        }
        if (newer == 0) {
            newest = older;
        } else {
            rows.low(newer, ORDER, older);
        }
        for (int word = NAMES; word <= NUMBERS; word++) {
            texts.release(rows.low(call, word));
            texts.release(rows.high(call, word));
        }
        forgetGone(call);
        lives.free(call);
        ids.remove(call);
    }

    long get(int call, int word) {
        return rows.get(call, word);
    }

    void set(int call, int word, long value) {
        rows.set(call, word, value);
    }

    Media media(int call) {
        return Media.of(ids.own(call) & MEDIA_BITS);
    }

    void media(int call, Media media) {
        ids.own(call, ids.own(call) & ~MEDIA_BITS | media.code());
    }

    boolean startSeen(int call) {
        return (ids.own(call) & START_SEEN) != 0;
    }

    void markStartSeen(int call) {
        ids.own(call, ids.own(call) | START_SEEN);
    }

    boolean lifeCut(int call) {
        return (ids.own(call) & LIFE_CUT) != 0;
    }

    void markLifeCut(int call) {
        ids.own(call, ids.own(call) | LIFE_CUT);
    }

    /** It was first heard of in the middle, or a part of it was. */
    boolean holed(int call) {
        return (ids.own(call) & HOLED) != 0;
    }

    void markHoled(int call) {
        ids.own(call, ids.own(call) | HOLED);
    }

    /** What a leg of it did last before it did nothing any more; {@link CallState#BORN}: no leg has stopped. */
    CallState left(int call) {
        return CallState.of(ids.own(call) >>> LEFT_SHIFT & LEFT_BITS);
    }

    void left(int call, CallState state) {
        ids.own(call, ids.own(call) & ~(LEFT_BITS << LEFT_SHIFT) | state.ordinal() << LEFT_SHIFT);
    }

    /** Its queue has given it to somebody, and nobody has answered since. */
    boolean given(int call) {
        return (ids.own(call) & GIVEN) != 0;
    }

    /** Whether it was given to somebody; it is not any more. */
    boolean takeGiven(int call) {
        final boolean was = given(call);
        given(call, false);
        return was;
    }

    void given(int call, boolean is) {
        ids.own(call, is ? ids.own(call) | GIVEN : ids.own(call) & ~GIVEN);
    }

    long counts(int call) {
        return rows.get(call, COUNTS);
    }

    void counts(int call, long byState) {
        waiting += waits(byState) - waits(counts(call));
        rows.set(call, COUNTS, byState);
    }

    private static int waits(long byState) {
        return CallState.QUEUED.in(byState) > 0 ? 1 : 0;
    }

    /** How many calls have a leg that waits in a queue. */
    int waiting() {
        return waiting;
    }

    int firstLeg(int call) {
        return rows.low(call, LEGS);
    }

    void firstLeg(int call, int leg) {
        rows.low(call, LEGS, leg);
    }

    int legs(int call) {
        return rows.high(call, LEGS) & 0xFF;
    }

    void legs(int call, int legs) {
        rows.high(call, LEGS, rows.high(call, LEGS) & ~0xFF | legs);
    }

    int segments(int call) {
        return rows.high(call, LEGS) >>> 8;
    }

    void segments(int call, int segments) {
        rows.high(call, LEGS, legs(call) | Math.min(segments, MOST_SEGMENTS) << 8);
    }

    int queue(int call) {
        return rows.low(call, NAMES);
    }

    int cause(int call) {
        return rows.high(call, NAMES);
    }

    int calling(int call) {
        return rows.low(call, NUMBERS);
    }

    int called(int call) {
        return rows.high(call, NUMBERS);
    }

    /** One segment more, from now on. */
    void nextSegment(int call, long atNs) {
        segments(call, segments(call) + 1);
        set(call, SEGMENT_SINCE, atNs);
        final long counts = counts(call);
        set(call, SEGMENT_WAITED, CallState.QUEUED.in(counts) > 0 ? -atNs : 0);
        set(call, SEGMENT_HELD, CallState.HELD.in(counts) > 0 ? -atNs : 0);
        set(call, SEGMENT_TALKED, CallState.ofCall(counts) == CallState.CONNECTED ? -atNs : 0);
        forgetGone(call);
    }

    /** Who talked last on a leg that is gone, or does not talk any more. */
    int goneAgent(int call) {
        return rows.low(call, GONE);
    }

    void goneAgent(int call, int agent) {
        texts.share(agent);
        texts.release(goneAgent(call));
        rows.low(call, GONE, agent);
    }

    /** The trunk of the first leg that is gone. */
    int goneTrunk(int call) {
        return rows.high(call, GONE);
    }

    void goneTrunk(int call, RowTexts trunks, int leg) {
        final int length = trunks.copy(leg, name, 0);
        texts.release(goneTrunk(call));
        rows.high(
                call,
                GONE,
                texts.intern(
                        named.begin(CallEventKind.CHANGED, 0, 0).text(CallText.TRUNK, name, 0, length),
                        CallText.TRUNK,
                        0));
    }

    private void forgetGone(int call) {
        texts.release(goneAgent(call));
        texts.release(goneTrunk(call));
        rows.set(call, GONE, 0);
    }

    /** As a snapshot has them: agent, then trunk. */
    void restoreGone(int call, CallEvent names) {
        rows.low(call, GONE, texts.intern(names, CallText.AGENT, 0));
        rows.high(call, GONE, texts.intern(names, CallText.TRUNK, 0));
    }

    int bornTurn(int call) {
        return rows.low(call, TURNS);
    }

    void bornTurn(int call, int turn) {
        rows.low(call, TURNS, turn);
    }

    int stamp(int call) {
        return rows.high(call, TURNS);
    }

    /** A list's item makes it no older than it is. */
    void stamp(int call, int turn) {
        rows.high(call, TURNS, Math.max(stamp(call), turn));
    }

    /** Takes over what the event tells; with {@code fill} only the names that are not known. */
    void details(int call, CallEvent event, boolean fill) {
        if (event.media() != null && !fill) {
            media(call, event.media());
        }
        if (event.startedNs() != 0 && get(call, STARTED) != event.startedNs()) {
            startTold(call, event.startedNs());
        }
        if (event.has(CallText.QUEUE) && !(fill && queue(call) != 0)) {
            rows.low(call, NAMES, replaced(queue(call), event, CallText.QUEUE));
        }
        if (event.has(CallText.CAUSE) && !(fill && cause(call) != 0)) {
            rows.high(call, NAMES, replaced(cause(call), event, CallText.CAUSE));
        }
        if (event.has(CallText.CALLING) && !(fill && calling(call) != 0)) {
            rows.low(call, NUMBERS, replaced(calling(call), event, CallText.CALLING));
        }
        if (event.has(CallText.CALLED) && !(fill && called(call) != 0)) {
            rows.high(call, NUMBERS, replaced(called(call), event, CallText.CALLED));
        }
    }

    /** What the ACD says of the start counts; the earliest if it says several. What was only seen gives way. */
    private void startTold(int call, long startedNs) {
        if (!startSeen(call) || startedNs < get(call, STARTED)) {
            if (get(call, SEGMENT_SINCE) == get(call, STARTED)) {
                set(call, SEGMENT_SINCE, startedNs);
            }
            set(call, STARTED, startedNs);
            markStartSeen(call);
        }
    }

    /** The older call's history becomes the younger one's. Which of both is older is judged by their starts. */
    void inherit(int call, int from, boolean fresh) {
        if (fresh || get(from, STARTED) < get(call, STARTED)) {
            set(call, STARTED, get(from, STARTED));
            set(call, WAITED, get(from, WAITED));
            set(call, HELD, get(from, HELD));
            if (startSeen(from)) {
                markStartSeen(call);
            }
            if (fresh) {
                media(call, media(from));
            }
            rows.low(call, NAMES, taken(queue(call), queue(from)));
            rows.high(call, NAMES, taken(cause(call), cause(from)));
            rows.low(call, NUMBERS, taken(calling(call), calling(from)));
            rows.high(call, NUMBERS, taken(called(call), called(from)));
        }
        final long answered = get(from, ANSWERED);
        if (answered != 0 && (get(call, ANSWERED) == 0 || answered < get(call, ANSWERED))) {
            set(call, ANSWERED, answered);
        }
        segments(call, Math.max(segments(call), segments(from)));
        bornTurn(call, Math.min(bornTurn(call), bornTurn(from)));
        if (holed(from)) {
            markHoled(call);
        }
        if (given(from)) {
            given(call, true);
        }
        if (left(call) == CallState.BORN) {
            left(call, left(from));
        }
    }

    private int taken(int own, int other) {
        if (other == 0) {
            return own;
        }
        texts.share(other);
        texts.release(own);
        return other;
    }

    private int replaced(int own, CallEvent event, CallText field) {
        if (texts.same(own, event, field, 0)) {
            return own;
        }
        texts.release(own);
        return texts.intern(event, field, 0);
    }
}
