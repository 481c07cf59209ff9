package org.tandemgw.recovery;

/** Writes one snapshot. {@link SnapshotReading} is its mirror; both change together, with the version. */
final class SnapshotWriting<X extends Exception> {
    private final CallTable table;
    private final BlockWriter<X> out;
    private final CallRows calls;
    private final LegRows legs;
    private final byte[] text = new byte[CallEvent.MAX_TEXT_BYTES];
    private final long[] life = new long[Lives.MAX_FRAMES];

    SnapshotWriting(CallTable table, BlockWriter<X> out) {
        this.table = table;
        this.out = out;
        calls = table.calls.rows;
        legs = table.calls.legs;
    }

    void write() throws X {
        out.longOf(TableSnapshot.MAGIC);
        out.intOf(TableSnapshot.VERSION);
        out.longOf(table.sequence());
        out.intOf(table.turns.turn);
        out.intOf(table.turns.gapTurn);
        out.intOf(table.turns.listTurn);
        out.intOf(table.turns.completeTurn);
        out.byteOf((table.turns.callsOpen ? 1 : 0) | (table.turns.agentsOpen ? 2 : 0) | (table.turns.placed ? 0 : 4));
        for (final Count count : Count.values()) {
            out.varOf(table.count(count));
        }
        out.intOf(calls.used());
        for (int call = calls.oldest(); call != 0; call = calls.newer(call)) {
            call(call);
        }
        for (int leg = legs.firstEnded(); leg != 0; leg = legs.next(leg)) {
            out.byteOf(1);
            out.textOf(text, legs.ids.copyId(leg, text, 0));
        }
        out.byteOf(0);
        agents();
        out.end();
    }

    private void call(int call) throws X {
        out.textOf(text, calls.ids.copyId(call, text, 0));
        out.byteOf(calls.media(call).code());
        out.byteOf((calls.startSeen(call) ? 1 : 0)
                | (calls.lifeCut(call) ? 2 : 0)
                | (calls.holed(call) ? 4 : 0)
                | calls.left(call).ordinal() << 3
                | (calls.given(call) ? 64 : 0));
        for (final int word : TableSnapshot.TIMES) {
            out.longOf(calls.get(call, word));
        }
        for (int word = CallRows.SEGMENT_SINCE; word <= CallRows.SEGMENT_TALKED; word++) {
            out.longOf(calls.get(call, word));
        }
        name(calls.goneAgent(call));
        name(calls.goneTrunk(call));
        name(calls.queue(call));
        name(calls.cause(call));
        name(calls.calling(call));
        name(calls.called(call));
        out.longOf(calls.get(call, CallRows.SEQUENCE));
        out.intOf(calls.bornTurn(call));
        out.intOf(calls.stamp(call));
        out.varOf(calls.segments(call));
        out.byteOf(calls.legs(call));
        for (int leg = calls.firstLeg(call); leg != 0; leg = legs.next(leg)) {
            leg(leg);
        }
        final int frames = calls.lives.read(call, life);
        out.varOf(frames);
        long last = 0;
        for (int i = 0; i < frames; i++) {
            out.varOf(life[i] - last);
            last = life[i];
        }
    }

    private void leg(int leg) throws X {
        out.textOf(text, legs.ids.copyId(leg, text, 0));
        out.intOf(legs.ids.own(leg));
        out.textOf(text, legs.party.copy(leg, text, 0));
        name(legs.agent(leg));
        out.textOf(text, legs.trunk.copy(leg, text, 0));
        out.intOf(legs.stamp(leg));
    }

    private void agents() throws X {
        final AgentRows rows = table.agents.rows;
        for (int agent = rows.oldest(); agent != 0; agent = rows.newer(agent)) {
            out.byteOf(1);
            out.textOf(text, rows.ids.copyId(agent, text, 0));
            for (int place = rows.firstPlace(agent); place != 0; place = rows.nextPlace(place)) {
                out.byteOf(1);
                name(rows.queue(place));
                name(rows.cause(place));
                out.byteOf(rows.state(place).ordinal());
                out.varOf(rows.call(place));
                out.longOf(rows.sinceNs(place));
                out.intOf(rows.stamp(place));
                out.intOf(rows.toldTurn(place));
            }
            out.byteOf(0);
        }
        out.byteOf(0);
    }

    private void name(int ref) throws X {
        out.textOf(text, table.texts.copy(ref, text, 0));
    }
}
