package org.tandemgw.recovery;

/** Reads one snapshot, the mirror of {@link SnapshotWriting}. */
final class SnapshotReading<X extends Exception> {
    private final BlockReader<X> in;
    private final CallTable table;
    private final CallRows calls;
    private final LegRows legs;
    private final CallEvent names = new CallEvent();
    private final byte[] text = new byte[CallEvent.MAX_TEXT_BYTES];
    private int version;

    SnapshotReading(BlockReader<X> in, CallTable table) {
        this.in = in;
        this.table = table;
        calls = table.calls.rows;
        legs = table.calls.legs;
    }

    CallTable read() throws X, DamagedSnapshotException {
        if (in.longOf() != TableSnapshot.MAGIC) {
            throw new DamagedSnapshotException("it is none");
        }
        version = in.intOf();
        if (version < TableSnapshot.OLDEST_VERSION || version > TableSnapshot.VERSION) {
            throw new DamagedSnapshotException("it has version " + version + ", not " + TableSnapshot.OLDEST_VERSION
                    + " to " + TableSnapshot.VERSION);
        }
        table.sequence(in.longOf());
        table.turns.turn = in.intOf();
        table.turns.gapTurn = in.intOf();
        table.turns.listTurn = in.intOf();
        table.turns.completeTurn = in.intOf();
        final int open = in.byteOf();
        table.turns.callsOpen = (open & 1) != 0;
        table.turns.agentsOpen = (open & 2) != 0;
        table.turns.placed = (open & 4) == 0;
        final long[] counts = new long[Count.values().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.varOf();
        }
        for (int rest = in.intOf(); rest > 0; rest--) {
            call();
        }
        int last = 0;
        while (in.byteOf() != 0) {
            name(CallText.LEG);
            final int leg = room(legs.ids.add(names, CallText.LEG));
            legs.restoreEnded(leg, last);
            last = leg;
        }
        while (in.byteOf() != 0) {
            agent();
        }
        in.end();
        for (final Count count : Count.values()) {
            table.counts.set(count, counts[count.ordinal()]);
        }
        return table;
    }

    private void call() throws X, DamagedSnapshotException {
        name(CallText.CALL);
        final int call = room(calls.full() ? 0 : calls.add(names, 0));
        calls.media(call, Media.of(in.byteOf()));
        final int flags = in.byteOf();
        for (final int word : TableSnapshot.TIMES) {
            calls.set(call, word, in.longOf());
        }
        for (int word = CallRows.SEGMENT_SINCE; word <= CallRows.SEGMENT_TALKED; word++) {
            calls.set(call, word, in.longOf());
        }
        names.begin(CallEventKind.CHANGED, 0, 0);
        add(CallText.AGENT);
        add(CallText.TRUNK);
        calls.restoreGone(call, names);
        calls.left(call, CallState.of(flags >>> 3 & 7));
        calls.given(call, (flags & 64) != 0);
        if ((flags & 1) != 0) {
            calls.markStartSeen(call);
        }
        if ((flags & 2) != 0) {
            calls.markLifeCut(call);
        }
        if ((flags & 4) != 0) {
            calls.markHoled(call);
        }
        names.begin(CallEventKind.CHANGED, 0, 0);
        add(CallText.QUEUE);
        add(CallText.CAUSE);
        add(CallText.CALLING);
        add(CallText.CALLED);
        calls.details(call, names, false);
        final long sequence = in.longOf();
        calls.set(call, CallRows.SEQUENCE, sequence);
        calls.bornTurn(call, in.intOf());
        calls.stamp(call, in.intOf());
        calls.segments(call, (int) in.varOf());
        for (int rest = in.byteOf(); rest > 0; rest--) {
            leg(call);
        }
        long last = 0;
        for (long rest = in.varOf(); rest > 0; rest--) {
            final long next = last + in.varOf();
            room(calls.lives.append(call, next, last) ? 1 : 0);
            last = next;
        }
    }

    private void leg(int call) throws X, DamagedSnapshotException {
        name(CallText.LEG);
        final int leg = room(legs.ids.add(names, CallText.LEG));
        legs.ids.own(leg, in.intOf());
        table.calls.chain(call, leg);
        names.begin(CallEventKind.CHANGED, 0, 0);
        add(CallText.PARTY);
        add(CallText.AGENT);
        add(CallText.TRUNK);
        legs.details(leg, names, false);
        legs.stamp(leg, in.intOf());
    }

    private void agent() throws X, DamagedSnapshotException {
        final AgentRows rows = table.agents.rows;
        name(CallText.AGENT);
        final int agent = room(rows.add(names));
        while (in.byteOf() != 0) {
            names.begin(CallEventKind.CHANGED, 0, 0);
            add(CallText.QUEUE);
            add(CallText.CAUSE);
            final int place = room(rows.addPlace(agent, names));
            rows.cause(place, names);
            final AgentState state = AgentState.of(in.byteOf());
            rows.call(place, version == TableSnapshot.OLDEST_VERSION ? 0 : (int) in.varOf());
            rows.state(place, state, in.longOf());
            rows.stamp(place, in.intOf());
            rows.toldTurn(place, in.intOf());
        }
    }

    private void name(CallText field) throws X, DamagedSnapshotException {
        names.begin(CallEventKind.CHANGED, 0, 0);
        add(field);
    }

    private void add(CallText field) throws X, DamagedSnapshotException {
        names.text(field, text, 0, in.textOf(text));
    }

    private static int room(int row) throws DamagedSnapshotException {
        if (row == 0) {
            throw new DamagedSnapshotException("it holds more than the limits allow");
        }
        return row;
    }
}
