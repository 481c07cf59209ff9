package org.tandemgw.recovery;

/** What an event means for calls and legs: which are meant, which have another name now, and what happens to them. */
final class CallFolding {
    private final Calls calls;
    private final CallRows rows;
    private final LegRows legs;
    private final Turns turns;
    private final Counts counts;

    /** The call and the leg that the present event is about; 0 while they are not known. */
    private int call;

    private int leg;

    /** The event is a list's item about a leg of which something was told since: its call and its names may be old. */
    private boolean outdated;

    CallFolding(Calls calls) {
        this.calls = calls;
        rows = calls.rows;
        legs = calls.legs;
        turns = calls.turns;
        counts = calls.counts;
    }

    /** @param likelyLeg the leg's row as far as anybody has looked for it; 0 if nobody has */
    void apply(CallEvent event, int likelyLeg) {
        if (!find(event, likelyLeg) || event.listed() && late()) {
            return;
        }
        if (changesOneLeg(event)) {
            calls.touch(call, leg);
        } else {
            calls.touch(call);
            calls.touch(leg == 0 ? 0 : legs.call(leg));
        }
        follow(event);
        switch (event.kind().effect()) {
            case LEG_STATE -> state(event);
            case LEG_ENDS -> ends(event);
            case SEGMENT -> {
                if (known()) {
                    calls.nextSegment(call, SegmentEnd.of(event.kind()), event.timeNs());
                    told(event);
                }
            }
            default -> {
                if (known()) {
                    told(event);
                }
            }
        }
        calls.settle();
    }

    /** At most the one it names: none comes, goes or moves. */
    private boolean changesOneLeg(CallEvent event) {
        final boolean known = leg != 0 && legs.call(leg) == call;
        return switch (event.kind().effect()) {
                    case LEG_STATE -> known;
                    case DETAILS -> known || leg == 0 && call != 0;
                    default -> false;
                }
                && !event.has(CallText.FORMER_CALL)
                && !event.has(CallText.FORMER_LEG);
    }

    /** Finds call and leg as they are named; false if the event says nothing that can be used. */
    private boolean find(CallEvent event, int likelyLeg) {
        if (event.listed() && !turns.callsOpen) {
            counts.add(Count.LISTED_LATE);
            return false;
        }
        outdated = false;
        leg = legs.ids.find(event, CallText.LEG, likelyLeg);
        if (leg != 0 && legs.ended(leg)) {
            if (event.listed()) {
                counts.add(Count.LISTED_LATE);
                return false;
            }
            legs.ids.forget(leg);
            leg = 0;
        }
        if (!event.has(CallText.CALL)) {
            call = leg == 0 ? 0 : legs.call(leg);
            if (call == 0) {
                counts.add(event.has(CallText.LEG) ? Count.UNKNOWN : Count.UNUSABLE);
            }
            return call != 0;
        }
        call = leg != 0 && rows.ids.is(legs.call(leg), event, CallText.CALL)
                ? legs.call(leg)
                : rows.ids.find(event, CallText.CALL);
        if (!event.has(CallText.LEG) && call != 0) {
            leg = calls.nameless(call);
        }
        return true;
    }

    private boolean late() {
        if (leg != 0 && turns.callsOpen && legs.toldIn(leg, turns.listTurn)) {
            call = legs.call(leg);
            outdated = true;
        }
        if (leg != 0 && turns.newerThanList(legs.stamp(leg))) {
            counts.add(Count.LISTED_LATE);
            return true;
        }
        return false;
    }

    /** Follows ids that have changed. */
    private void follow(CallEvent event) {
        if (event.has(CallText.FORMER_LEG)) {
            formerLeg(event);
            if (call != 0 && event.has(CallText.CALL)) {
                call = rows.ids.find(event, CallText.CALL); // it may have ended with its last leg
            }
        }
        if (event.has(CallText.FORMER_CALL)) {
            formerCall(event);
        }
        if (leg == 0 || call == legs.call(leg)) {
            return;
        }
        final int from = legs.call(leg);
        if (call != 0) {
            if (rows.legs(call) < Calls.MOST_LEGS) {
                calls.move(leg, call, false, event);
            } else {
                counts.add(Count.LEGS_NOT_KEPT);
            }
        } else if (rows.legs(from) > 1) {
            call = calls.create(event, from);
            if (call != 0) {
                calls.move(leg, call, true, event);
            }
        } else {
            calls.rename(from, event);
        }
        call = legs.call(leg); // as before, if there was no room for the change
    }

    private void formerLeg(CallEvent event) {
        final int former = legs.ids.find(event, CallText.FORMER_LEG);
        if (former == 0 && turns.callsOpen) {
            legs.endUnknown(event, CallText.FORMER_LEG);
        }
        if (former == 0 || former == leg || legs.ended(former)) {
            return;
        }
        calls.touch(legs.call(former));
        if (leg == 0 && event.has(CallText.LEG)) {
            if (legs.ids.rename(former, event, CallText.LEG)) {
                leg = former;
                if (turns.callsOpen) {
                    legs.endUnknown(event, CallText.FORMER_LEG);
                }
                call = call == 0 && !event.has(CallText.CALL) ? legs.call(leg) : call;
            }
        } else if (leg != 0) {
            if (legs.call(former) != legs.call(leg)) {
                calls.move(former, legs.call(leg), false, event);
            }
            calls.endLeg(former, event.timeNs()); // two legs that turned out to be one
        }
    }

    private void formerCall(CallEvent event) {
        final int former = rows.ids.find(event, CallText.FORMER_CALL);
        if (former == 0 && call != 0 && turns.incomplete()) {
            rows.markHoled(call); // it has a history that nobody knows
        }
        if (former == 0 || former == call) {
            return;
        }
        calls.touch(former);
        if (call != 0) {
            calls.merge(former, call, event);
        } else if (calls.rename(former, event)) {
            call = former;
        }
        if (!event.has(CallText.LEG) && call != 0) {
            leg = calls.nameless(call);
        }
    }

    private void state(CallEvent event) {
        if (call == 0) {
            call = calls.create(event, 0);
            if (call == 0) {
                return;
            }
            if (event.listed()) {
                counts.add(Count.DISCOVERED);
            }
            if (event.listed() || turns.incomplete() && event.kind() != CallEventKind.BORN) {
                rows.markHoled(call);
            }
        }
        final boolean fresh = leg == 0;
        if (fresh) {
            leg = calls.addLeg(call, event);
        }
        if (leg != 0) {
            if (fresh || !event.listed() || !stays(event)) {
                calls.state(call, leg, event.kind().state(), event);
                queues(event);
            }
            legs.stamp(leg, turns.stamp(event));
        }
        told(event);
    }

    /** Whoever waits again is given to nobody; whoever was given to somebody and talks is answered. */
    private void queues(CallEvent event) {
        if (event.kind() == CallEventKind.QUEUED) {
            rows.given(call, false);
        } else if (event.kind() == CallEventKind.CONNECTED && event.distributed()) {
            calls.given(call, Tally.ANSWERED);
        }
    }

    /** Whether a list's item says no more of the leg than is known. */
    private boolean stays(CallEvent event) {
        return event.kind() == CallEventKind.BORN
                || event.kind() == CallEventKind.CONNECTED && legs.state(leg) == CallState.HELD;
    }

    private void ends(CallEvent event) {
        if (leg == 0 && event.has(CallText.LEG) && turns.callsOpen) {
            legs.endUnknown(event, CallText.LEG);
        }
        if (call == 0) {
            counts.add(Count.UNKNOWN);
            return;
        }
        final boolean diverted = event.kind() == CallEventKind.DIVERTED;
        told(event);
        final boolean given = diverted && event.distributed() && leg != 0 && legs.state(leg) == CallState.QUEUED;
        if (given) {
            rows.given(call, true);
        }
        if (leg == 0 && (diverted || event.has(CallText.LEG))) {
            counts.add(Count.UNKNOWN);
        } else if (diverted || event.has(CallText.LEG) && rows.legs(call) > 1) {
            calls.endLeg(leg, event.timeNs());
            if (given && talksWithAnAgent()) {
                calls.given(call, Tally.ANSWERED); // he was quicker than the queue's monitor
            }
        } else {
            calls.end(call, End.CLEARED, event.timeNs());
        }
    }

    private boolean talksWithAnAgent() {
        int each = rows.firstLeg(call);
        while (each != 0 && (legs.agent(each) == 0 || legs.state(each) != CallState.CONNECTED)) {
            each = legs.next(each);
        }
        return each != 0;
    }

    private boolean known() {
        if (call == 0) {
            counts.add(Count.UNKNOWN);
        }
        return call != 0;
    }

    private void told(CallEvent event) {
        // What was told since the list began is newer than its items, so they only fill in what is not known.
        final boolean fill = event.listed() && turns.newerThanList(rows.stamp(call));
        if (!outdated) {
            rows.details(call, event, fill);
        }
        if (leg != 0) {
            legs.details(leg, event, outdated);
            if (turns.callsOpen && !event.listed()) {
                legs.markToldIn(leg, turns.listTurn);
            }
        }
        rows.stamp(call, turns.stamp(event));
        calls.touch(call, event);
    }
}
