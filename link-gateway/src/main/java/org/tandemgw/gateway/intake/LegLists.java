package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.calls.ListDesk;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.LegSession;

/** Takes what the ACD lists on one leg to the table of the calls, with the record behind which it counts. The intake thread. */
record LegLists(int leg, ListDesk desk, LinkJournal journal, StandingClock clock) implements LegSession.Listing {
    @Override
    public void began() {
        desk.began(leg, journal.last(), clock.recordNs());
    }

    @Override
    public void item(byte[] buffer, int offset, int length) {
        desk.item(leg, buffer, offset, length, journal.last(), clock.recordNs());
    }

    @Override
    public void ended(boolean calls, boolean agents) {
        desk.ended(leg, calls, agents, journal.last(), clock.recordNs());
    }
}
