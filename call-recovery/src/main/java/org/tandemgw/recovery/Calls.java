package org.tandemgw.recovery;

import static org.tandemgw.recovery.CallRows.ANSWERED;
import static org.tandemgw.recovery.CallRows.HELD;
import static org.tandemgw.recovery.CallRows.HELD_SINCE;
import static org.tandemgw.recovery.CallRows.QUEUED_SINCE;
import static org.tandemgw.recovery.CallRows.SEGMENT_HELD;
import static org.tandemgw.recovery.CallRows.SEGMENT_SINCE;
import static org.tandemgw.recovery.CallRows.SEGMENT_TALKED;
import static org.tandemgw.recovery.CallRows.SEGMENT_WAITED;
import static org.tandemgw.recovery.CallRows.SEQUENCE;
import static org.tandemgw.recovery.CallRows.STARTED;
import static org.tandemgw.recovery.CallRows.STATE_SINCE;
import static org.tandemgw.recovery.CallRows.WAITED;

/**
 * Calls and their legs: how they begin, change state, become one and end. What an event means for them is {@link CallFolding}'s.
 */
final class Calls {
    static final int MOST_LEGS = 255;

    /** So many of the oldest calls are looked at for one that gives way. */
    private static final int CANDIDATES = 64;

    final CallRows rows;
    final LegRows legs;
    final Turns turns;
    final Counts counts;
    private final CallWatcher watcher;
    private final CallView view;

    /** Is told of segments that end; null if nobody listens. */
    SegmentWatcher segments;

    /** Gets what is counted; null if nobody counts. */
    IntervalBook book;

    /** Whoever looks at calls as they were at one moment. */
    final Sweeps sweeps = new Sweeps(this);

    private long[] lifeOne = {};
    private long[] lifeTwo = {};

    Calls(CallRows rows, LegRows legs, Texts texts, Turns turns, Counts counts, CallWatcher watcher) {
        this.rows = rows;
        this.legs = legs;
        this.turns = turns;
        this.counts = counts;
        this.watcher = watcher;
        view = new CallView(this, texts);
    }

    /** A new call; another one gives way if there is no room, but never {@code except}. 0 if that does not help. */
    int create(CallEvent event, int except) {
        if (rows.full()) {
            giveWay(event, except);
        }
        final int call = rows.add(event, turns.stamp(event));
        if (call == 0) {
            counts.add(Count.TEXTS_NOT_KEPT);
            return 0;
        }
        counts.add(Count.BEGUN);
        rows.set(call, STARTED, event.timeNs());
        rows.set(call, STATE_SINCE, event.timeNs());
        rows.set(call, SEGMENT_SINCE, event.timeNs());
        sweeps.born(call);
        if (book != null) {
            book.born(call);
        }
        if (event.kind() == CallEventKind.BORN && !event.listed()) {
            rows.markStartSeen(call);
        }
        return call;
    }

    /** A new leg at the end of the call's chain; 0 if there is no room. */
    int addLeg(int call, CallEvent event) {
        if (rows.legs(call) == MOST_LEGS) {
            counts.add(Count.LEGS_NOT_KEPT);
            return 0;
        }
        if (legs.full()) {
            legs.forgetEnded();
        }
        if (legs.full()) {
            giveWay(event, call);
        }
        final int leg = legs.ids.add(event, CallText.LEG);
        if (leg == 0) {
            counts.add(Count.LEGS_NOT_KEPT);
            return 0;
        }
        legs.state(leg, CallState.BORN);
        chain(call, leg);
        return leg;
    }

    /** The leg without a name, for dialects that name none; 0 if there is none. */
    int nameless(int call) {
        int leg = rows.firstLeg(call);
        while (leg != 0 && !legs.ids.nameless(leg)) {
            leg = legs.next(leg);
        }
        return leg;
    }

    void state(int call, int leg, CallState state, CallEvent event) {
        final long before = rows.counts(call);
        if (legs.state(leg) != state) {
            rows.counts(call, before - legs.state(leg).one() + state.one());
        }
        if (state != CallState.CONNECTED && state != CallState.HELD) {
            keepAgent(call, leg);
        }
        if (state == CallState.OFFERED && legs.state(leg) != CallState.OFFERED && legs.state(leg) != CallState.BORN) {
            rows.left(call, legs.state(leg));
        }
        legs.state(leg, state);
        if (state == CallState.CONNECTED && rows.get(call, ANSWERED) == 0) {
            rows.set(call, ANSWERED, since(event));
        }
        intervals(call, before, event.timeNs(), since(event));
    }

    /** What became of a call that its queue has given to somebody, if it has. */
    void given(int call, Tally how) {
        if (rows.takeGiven(call) && book != null) {
            book.given(rows.queue(call), how);
        }
    }

    /** Begins and ends waiting and holding, after the legs have changed. */
    void intervals(int call, long before, long nowNs, long sinceNs) {
        final long now = rows.counts(call);
        if (before == now) {
            return;
        }
        interval(call, CallState.QUEUED, before, now, QUEUED_SINCE, WAITED, nowNs, sinceNs);
        interval(call, CallState.HELD, before, now, HELD_SINCE, HELD, nowNs, sinceNs);
        if (CallState.ofCall(before) != CallState.ofCall(now)) {
            rows.set(call, STATE_SINCE, sinceNs);
        }
        segment(call, before, now, nowNs, sinceNs);
    }

    /** The same for what the present segment has of it. */
    private void segment(int call, long before, long now, long nowNs, long sinceNs) {
        share(call, SEGMENT_WAITED, CallState.QUEUED.in(before) > 0, CallState.QUEUED.in(now) > 0, nowNs, sinceNs);
        share(call, SEGMENT_HELD, CallState.HELD.in(before) > 0, CallState.HELD.in(now) > 0, nowNs, sinceNs);
        share(
                call,
                SEGMENT_TALKED,
                CallState.ofCall(before) == CallState.CONNECTED,
                CallState.ofCall(now) == CallState.CONNECTED,
                nowNs,
                sinceNs);
    }

    private void share(int call, int sum, boolean before, boolean now, long nowNs, long sinceNs) {
        if (before != now) {
            rows.set(call, sum, rows.get(call, sum) + (before ? nowNs : -sinceNs));
        }
    }

    /** What the call does from here on is another segment. */
    void nextSegment(int call, SegmentEnd how, long atNs) {
        if (segments != null) {
            segments.ended(view.on(call), how, atNs);
        }
        rows.nextSegment(call, atNs);
    }

    /** A leg leaves the call, whose records go on to tell who talked and where it came in. */
    private void keepNames(int call, int leg) {
        keepAgent(call, leg);
        if (rows.goneTrunk(call) == 0 && legs.trunk.has(leg) && firstWithTrunk(call) == leg) {
            rows.goneTrunk(call, legs.trunk, leg);
        }
    }

    /** Whoever talks on this leg, and is about to end that, talked last. */
    private void keepAgent(int call, int leg) {
        if (legs.agent(leg) != 0 && (legs.state(leg) == CallState.CONNECTED || legs.state(leg) == CallState.HELD)) {
            rows.goneAgent(call, legs.agent(leg));
        }
    }

    /** 0 if none has one. */
    int firstWithTrunk(int call) {
        int leg = rows.firstLeg(call);
        while (leg != 0 && !legs.trunk.has(leg)) {
            leg = legs.next(leg);
        }
        return leg;
    }

    /** This call is about to change. */
    void touch(int call) {
        if (call == 0) {
            return;
        }
        sweeps.changes(call);
        if (book != null) {
            book.touch(call);
        }
    }

    /** Of this call nothing but its names and this leg, or 0, is about to change. */
    void touch(int call, int leg) {
        sweeps.changes(call);
        if (book != null) {
            book.touch(call, leg);
        }
    }

    /** What was touched is now as it is. */
    void settle() {
        if (book != null) {
            book.settle();
        }
    }

    private void interval(
            int call, CallState state, long before, long now, int since, int sum, long nowNs, long sinceNs) {
        if (state.in(before) == 0 && state.in(now) > 0) {
            rows.set(call, since, sinceNs);
        } else if (state.in(before) > 0 && state.in(now) == 0) {
            rows.set(call, sum, rows.get(call, sum) + Math.max(0, nowNs - rows.get(call, since)));
            rows.set(call, since, 0);
        }
    }

    /** Takes a leg out of its call, which stays. */
    void endLeg(int leg, long nowNs) {
        final int call = legs.call(leg);
        touch(call);
        if (book != null) {
            book.legGone(call, leg);
        }
        keepNames(call, leg);
        final long before = rows.counts(call);
        unchain(call, leg);
        intervals(call, before, nowNs, nowNs);
        legs.end(leg, turns.callsOpen);
    }

    void end(int call, End how, long atNs) {
        touch(call);
        if (how == End.CLEARED) {
            given(call, Tally.ABANDONED);
            final long before = rows.counts(call);
            rows.counts(call, 0);
            interval(call, CallState.QUEUED, before, 0, QUEUED_SINCE, WAITED, atNs, 0);
            interval(call, CallState.HELD, before, 0, HELD_SINCE, HELD, atNs, 0);
            rows.counts(call, before);
        }
        counts.add(
                switch (how) {
                    case CLEARED -> Count.ENDED;
                    case MERGED -> Count.MERGED;
                    case ENDED_MEANWHILE -> Count.ENDED_MEANWHILE;
                    case GAVE_WAY -> Count.GAVE_WAY;
                });
        watcher.ended(view.on(call), how, atNs);
        if (segments != null) {
            segments.ended(how == End.CLEARED ? view.cleared(call) : view.on(call), SegmentEnd.of(how), atNs);
        }
        if (book != null) {
            book.callGone(call, how);
        }
        for (int leg = rows.firstLeg(call); leg != 0; ) {
            final int next = legs.next(leg);
            legs.end(leg, turns.callsOpen && how == End.CLEARED);
            leg = next;
        }
        sweeps.goes(call);
        rows.remove(call);
    }

    /** The leg belongs to another call from now on. The one that it leaves goes with it when it was its last. */
    void move(int leg, int to, boolean fresh, CallEvent event) {
        noteMove(leg, event);
        final int from = legs.call(leg);
        final long queuedNs = rows.get(from, QUEUED_SINCE);
        final long heldNs = rows.get(from, HELD_SINCE);
        final long fromBefore = rows.counts(from);
        final long toCounts = rows.counts(to);
        final long toBefore = fresh ? fromBefore : toCounts;
        touch(from);
        touch(to);
        keepNames(from, leg);
        unchain(from, leg);
        chain(to, leg);
        closeWithout(from);
        open(to, CallState.QUEUED, QUEUED_SINCE, queuedNs);
        open(to, CallState.HELD, HELD_SINCE, heldNs);
        if (fresh) {
            rows.set(to, STATE_SINCE, rows.get(from, STATE_SINCE));
        }
        rows.inherit(to, from, fresh);
        stateSince(to, toBefore, event);
        stateSince(from, fromBefore, event);
        segment(to, toCounts, rows.counts(to), event.timeNs(), event.timeNs());
        segment(from, fromBefore, rows.counts(from), event.timeNs(), event.timeNs());
        join(to, from);
        if (rows.legs(from) == 0) {
            end(from, End.MERGED, event.timeNs());
        }
    }

    /** The call has another id from now on; false if there is no room for it. */
    boolean rename(int call, CallEvent event) {
        if (!rows.ids.rename(call, event, CallText.CALL)) {
            return false;
        }
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            noteMove(leg, event);
        }
        return true;
    }

    /**
     * An item of the list that is under way knows no better where this leg belongs; unless nothing was told of the leg since the gap,
     * and it may have left this call unheard.
     */
    private void noteMove(int leg, CallEvent event) {
        if (turns.callsOpen && !event.listed() && !turns.unsure(legs.stamp(leg))) {
            legs.markToldIn(leg, turns.listTurn);
        }
    }

    /** Two calls are one from now on. */
    void merge(int gone, int into, CallEvent event) {
        touch(gone);
        touch(into);
        while (rows.legs(gone) > 1) {
            final int leg = rows.firstLeg(gone);
            if (rows.legs(into) == MOST_LEGS) {
                counts.add(Count.LEGS_NOT_KEPT);
                endLeg(leg, event.timeNs());
            } else {
                move(leg, into, false, event);
            }
        }
        if (rows.legs(gone) == 1 && rows.legs(into) < MOST_LEGS) {
            move(rows.firstLeg(gone), into, false, event);
        } else {
            rows.inherit(into, gone, false);
            join(into, gone);
            end(gone, End.MERGED, event.timeNs());
        }
    }

    /** Whether frames of it may have been missed in the gap that this turn began with. */
    boolean unsure(int call, int gapTurn) {
        boolean unsure = rows.legs(call) == 0 && rows.stamp(call) < gapTurn;
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            unsure |= legs.stamp(leg) < gapTurn;
        }
        return unsure;
    }

    boolean holed(int call) {
        return rows.holed(call) || turns.unsure(rows.bornTurn(call));
    }

    /** The frame of this event belongs to the call's life. */
    void touch(int call, CallEvent event) {
        if (event.listed()) {
            if (rows.lives.size(call) == 0) {
                rows.set(call, SEQUENCE, event.sequence());
            }
            return;
        }
        if (!rows.lifeCut(call) && !rows.lives.append(call, event.sequence(), rows.get(call, SEQUENCE))) {
            cutLife(call);
        }
        rows.set(call, SEQUENCE, event.sequence());
    }

    /** Both lives in one, in order. */
    private void join(int to, int from) {
        if (lifeOne.length == 0) {
            lifeOne = new long[Lives.MAX_FRAMES];
            lifeTwo = new long[Lives.MAX_FRAMES];
        }
        final int one = rows.lives.read(to, lifeOne);
        final int two = rows.lives.read(from, lifeTwo);
        boolean room = true;
        long last = one == 0 ? 0 : lifeOne[one - 1];
        if (two > 0) {
            rows.lives.free(to);
            last = 0;
            for (int i = 0, k = 0; room && i + k < one + two; ) {
                final boolean first = k == two || i < one && lifeOne[i] <= lifeTwo[k];
                final long sequence = first ? lifeOne[i++] : lifeTwo[k++];
                room = rows.lives.append(to, sequence, last);
                last = sequence;
            }
        }
        if (!room || rows.lifeCut(from)) {
            cutLife(to);
        }
        final boolean goesOn = !rows.lifeCut(to) && rows.lives.size(to) > 0;
        rows.set(to, SEQUENCE, goesOn ? last : Math.max(rows.get(to, SEQUENCE), rows.get(from, SEQUENCE)));
    }

    private void cutLife(int call) {
        if (!rows.lifeCut(call)) {
            rows.markLifeCut(call);
            counts.add(Count.LIVES_CUT);
        }
    }

    private void stateSince(int call, long before, CallEvent event) {
        if (CallState.ofCall(before) != CallState.ofCall(rows.counts(call))) {
            rows.set(call, STATE_SINCE, event.timeNs());
        }
    }

    /** Of the oldest calls the first one that is not sure; if all are, the one that has been silent the longest. */
    private void giveWay(CallEvent event, int except) {
        int silent = 0;
        int seen = 0;
        for (int call = rows.oldest(); call != 0 && seen < CANDIDATES; call = rows.newer(call), seen++) {
            if (call == except) {
                continue;
            }
            if (unsure(call, turns.gapTurn)) {
                silent = call;
                break;
            }
            if (silent == 0 || rows.get(call, SEQUENCE) < rows.get(silent, SEQUENCE)) {
                silent = call;
            }
        }
        if (silent != 0) {
            end(silent, End.GAVE_WAY, event.timeNs());
        }
    }

    private void closeWithout(int from) {
        final long counts = rows.counts(from);
        if (CallState.QUEUED.in(counts) == 0) {
            rows.set(from, QUEUED_SINCE, 0);
        }
        if (CallState.HELD.in(counts) == 0) {
            rows.set(from, HELD_SINCE, 0);
        }
    }

    private void open(int to, CallState state, int since, long sinceNs) {
        if (state.in(rows.counts(to)) > 0 && rows.get(to, since) == 0) {
            rows.set(to, since, sinceNs);
        }
    }

    void chain(int call, int leg) {
        legs.call(leg, call);
        legs.next(leg, 0);
        final int first = rows.firstLeg(call);
        if (first == 0) {
            rows.firstLeg(call, leg);
        } else {
            int last = first;
            while (legs.next(last) != 0) {
                last = legs.next(last);
            }
            legs.next(last, leg);
        }
        rows.legs(call, rows.legs(call) + 1);
        rows.counts(call, rows.counts(call) + legs.state(leg).one());
    }

    private void unchain(int call, int leg) {
        if (rows.firstLeg(call) == leg) {
            rows.firstLeg(call, legs.next(leg));
        } else {
            int before = rows.firstLeg(call);
            while (legs.next(before) != leg) {
                before = legs.next(before);
            }
            legs.next(before, legs.next(leg));
        }
        rows.legs(call, rows.legs(call) - 1);
        rows.counts(call, rows.counts(call) - legs.state(leg).one());
    }

    private static long since(CallEvent event) {
        return event.sinceNs() != 0 ? event.sinceNs() : event.timeNs();
    }
}
