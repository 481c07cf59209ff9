package org.tandemgw.recovery;

import java.util.Arrays;

/**
 * What calls and legs looked like before an event, and what became of them: the difference is posted. The table says which calls an event is about to change, and when
 * it is over; so nobody has to know how a call changes. Nothing is kept between events.
 */
final class Faces {
    /** Words of a call: its row (0: gone), queue, state. */
    private static final int CALL = 3;

    /** Words of a leg: its row (0: gone), its call's place here, state, agent, what of its trunk is held. */
    private static final int LEG = 5;

    private static final int NEW = -1;

    private final CallRows rows;
    private final LegRows legs;
    private final Texts texts;
    private final Postings postings;
    private int[] callFaces = new int[4 * CALL];
    private int callsEnd;
    private int[] legFaces = new int[16 * LEG];
    private int legsEnd;
    private long[] trunks;

    /** All that was touched is one call and at most one leg of it. */
    private boolean alone;

    Faces(Calls calls, Texts texts, Postings postings) {
        rows = calls.rows;
        legs = calls.legs;
        this.texts = texts;
        this.postings = postings;
        trunks = new long[legFaces.length / LEG * legs.trunk.words()];
    }

    /** This call and its legs are now what they were before the event. */
    void touch(int call) {
        for (int at = 0; at < callsEnd; at += CALL) {
            if (callFaces[at] == call) {
                return;
            }
        }
        add(call, CallState.ofCall(rows.counts(call)).ordinal());
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            addLeg(leg, callsEnd - CALL);
        }
    }

    /** The same, if the event can change nothing but the call's names and this leg, or 0; so the memory of other legs is not waited for. */
    void touch(int call, int leg) {
        alone = true;
        add(call, CallState.ofCall(rows.counts(call)).ordinal());
        if (leg != 0) {
            addLeg(leg, 0);
        }
    }

    private void addLeg(int leg, int call) {
        if (legsEnd == legFaces.length) {
            legFaces = Arrays.copyOf(legFaces, 2 * legsEnd);
            trunks = Arrays.copyOf(trunks, 2 * trunks.length);
        }
        legFaces[legsEnd] = leg;
        legFaces[legsEnd + 1] = call;
        legFaces[legsEnd + 2] = legs.state(leg).ordinal();
        legFaces[legsEnd + 3] = texts.share(legs.agent(leg));
        legFaces[legsEnd + 4] = legs.trunk.hold(leg, trunks, trunkOf(legsEnd));
        legsEnd += LEG;
    }

    /** This call was not there before the event. */
    void born(int call) {
        add(call, NEW);
    }

    private void add(int call, int state) {
        if (callsEnd == callFaces.length) {
            callFaces = Arrays.copyOf(callFaces, 2 * callsEnd);
        }
        callFaces[callsEnd] = call;
        callFaces[callsEnd + 1] = texts.share(rows.queue(call));
        callFaces[callsEnd + 2] = state;
        callsEnd += CALL;
    }

    /** A leg of this call ends, which was touched. */
    void legGone(int call, int leg, Parting how) {
        for (int at = 0; at < legsEnd; at += LEG) {
            if (legFaces[at] == leg) {
                gone(at, how, rows.get(call, CallRows.ANSWERED) != 0);
                return;
            }
        }
    }

    /** A call, which was touched, ends with what legs it has. */
    void callGone(int call, Parting how) {
        final boolean answered = rows.get(call, CallRows.ANSWERED) != 0;
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            legGone(call, leg, how);
        }
        for (int at = 0; at < callsEnd; at += CALL) {
            if (callFaces[at] == call) {
                callFaces[at] = 0;
                postings.call(callFaces[at + 1], state(callFaces[at + 2]), 0, null, how, answered);
            }
        }
    }

    private void gone(int at, Parting how, boolean answered) {
        legFaces[at] = 0;
        before(at);
        postings.after(0, null, 0, 0, false);
        postings.leg(how, answered);
    }

    private void before(int at) {
        final int call = legFaces[at + 1];
        postings.before(callFaces[call + 1], state(legFaces[at + 2]), legFaces[at + 3], isHeld(callFaces[call + 2]));
        postings.trunkBefore(legFaces[at + 4], trunks, trunkOf(at));
    }

    private int trunkOf(int at) {
        return at / LEG * legs.trunk.words();
    }

    /** The event is over. */
    void settle() {
        if (alone && (rows.queue(callFaces[0]) != callFaces[1] || isHeld(callFaces[2]) != isHeldNow(callFaces[0]))) {
            touchOthers(); // whoever waits does so in another queue now; whoever talks is on hold now, or no longer
        }
        for (int at = 0; at < callsEnd; at += CALL) {
            if (callFaces[at] != 0) {
                call(at, callFaces[at]);
            }
        }
        for (int at = 0; at < legsEnd; at += LEG) {
            texts.release(legFaces[at + 3]);
            legs.trunk.letGo(legFaces[at + 4]);
        }
        for (int at = 0; at < callsEnd; at += CALL) {
            texts.release(callFaces[at + 1]);
        }
        callsEnd = 0;
        legsEnd = 0;
        alone = false;
    }

    private void touchOthers() {
        alone = false;
        for (int leg = rows.firstLeg(callFaces[0]); leg != 0; leg = legs.next(leg)) {
            if (find(leg, 0) == NEW) {
                addLeg(leg, 0);
            }
        }
    }

    private void call(int at, int call) {
        final int queue = rows.queue(call);
        final CallState now = CallState.ofCall(rows.counts(call));
        if (callFaces[at + 1] != queue || callFaces[at + 2] != now.ordinal()) {
            postings.call(callFaces[at + 1], state(callFaces[at + 2]), queue, now, Parting.LEFT, false);
        }
        final boolean held = now == CallState.HELD;
        if (alone) {
            if (legsEnd != 0) {
                leg(0, legFaces[0], queue, held);
            }
            return;
        }
        int hint = 0;
        for (int leg = rows.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            final int found = find(leg, hint);
            hint = found == NEW ? hint : found + LEG;
            leg(found, leg, queue, held);
        }
    }

    private void leg(int at, int leg, int queue, boolean held) {
        final CallState state = legs.state(leg);
        final int agent = legs.agent(leg);
        if (at == NEW) {
            postings.before(0, null, 0, false);
        } else if (legFaces[at + 2] == state.ordinal()
                && legFaces[at + 3] == agent
                && legs.trunk.isStill(leg, legFaces[at + 4], trunks, trunkOf(at))
                && (state != CallState.QUEUED || callFaces[legFaces[at + 1] + 1] == queue)
                && isHeld(callFaces[legFaces[at + 1] + 2]) == held) {
            return;
        } else {
            before(at);
        }
        postings.after(queue, state, agent, leg, held);
        postings.leg(Parting.LEFT, false);
    }

    /** Mostly legs are in the order in which they were. */
    private int find(int leg, int hint) {
        for (int at = hint; at < legsEnd; at += LEG) {
            if (legFaces[at] == leg) {
                return at;
            }
        }
        for (int at = 0; at < Math.min(hint, legsEnd); at += LEG) {
            if (legFaces[at] == leg) {
                return at;
            }
        }
        return NEW;
    }

    private boolean isHeldNow(int call) {
        return CallState.HELD.in(rows.counts(call)) > 0;
    }

    private static boolean isHeld(int ordinal) {
        return ordinal == CallState.HELD.ordinal();
    }

    private static CallState state(int ordinal) {
        return ordinal == NEW ? null : CallState.of(ordinal);
    }
}
