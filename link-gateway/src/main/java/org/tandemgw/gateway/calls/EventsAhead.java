package org.tandemgw.gateway.calls;

import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallTable;

/**
 * Events that were read and are not in the table yet, in their order: a table of very many calls waits for memory, and for that of many events at once as long as
 * for one. They are kept as copies, since decoders use their carriers again. One thread.
 */
final class EventsAhead {
    /** Gets each event, with when it came by our clock. */
    interface Sink {
        void apply(CallEvent event, long cameNs);
    }

    private final CallTable table;
    private final Sink sink;
    private final CallEvent[] events = new CallEvent[CallTable.MOST_EXPECTED];
    private final long[] cameNs = new long[events.length];
    private int count;

    EventsAhead(CallTable table, Sink sink) {
        this.table = table;
        this.sink = sink;
        for (int i = 0; i < events.length; i++) {
            events[i] = new CallEvent();
        }
    }

    /** Hands the event on, now or with those behind it. */
    void add(CallEvent event, long atNs) {
        if (count == 0 && !table.worthExpecting()) {
            sink.apply(event, atNs);
            return;
        }
        events[count].copyOf(event);
        cameNs[count++] = atNs;
        if (count == events.length) {
            flush();
        }
    }

    /** Hands on what waits: before anybody looks at the table. */
    void flush() {
        if (count == 0) {
            return;
        }
        table.expect(events, count);
        final int waiting = count;
        count = 0;
        for (int i = 0; i < waiting; i++) {
            sink.apply(events[i], cameNs[i]);
        }
    }
}
