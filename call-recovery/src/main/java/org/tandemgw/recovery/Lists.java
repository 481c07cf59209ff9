package org.tandemgw.recovery;

/** What the end of an ACD's list means for the calls that were known: kept, or ended meanwhile. */
final class Lists {
    private final Calls calls;

    Lists(Calls calls) {
        this.calls = calls;
    }

    /** False: no list was under way. */
    boolean callsListed(CallEvent event) {
        final Turns turns = calls.turns;
        if (!turns.callsOpen) {
            calls.counts.add(Count.LISTED_LATE);
            return false;
        }
        turns.callsListed();
        calls.legs.forgetEnded();
        calls.counts.add(Count.LISTS);
        for (int call = calls.rows.oldest(); call != 0; ) {
            final int next = calls.rows.newer(call);
            if (gone(call)) {
                calls.end(call, End.ENDED_MEANWHILE, event.timeNs());
            } else {
                withoutGhosts(call, event);
                if (turns.notListed(calls.rows.bornTurn(call))) {
                    calls.counts.add(Count.KEPT);
                }
            }
            calls.settle();
            call = next;
        }
        return true;
    }

    private boolean gone(int call) {
        boolean gone = calls.rows.legs(call) > 0 || calls.turns.notListed(calls.rows.stamp(call));
        for (int leg = calls.rows.firstLeg(call); leg != 0; leg = calls.legs.next(leg)) {
            gone &= calls.turns.notListed(calls.legs.stamp(leg));
        }
        return gone;
    }

    private void withoutGhosts(int call, CallEvent event) {
        for (int leg = calls.rows.firstLeg(call); leg != 0; ) {
            final int next = calls.legs.next(leg);
            if (calls.turns.notListed(calls.legs.stamp(leg))) {
                calls.endLeg(leg, event.timeNs());
            }
            leg = next;
        }
    }
}
