package org.tandemgw.gateway.history;

import java.util.Objects;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.switchover.Event;

/** A row of quick answers of one source in their rhythm, folded into one. One thread. */
final class LookRow {
    /** A row is written after so long: so much of it an end of the process may cost. */
    static final long LONGEST_MS = 60_000;

    private static final int LATE = 3;

    private final Event first;
    private final Look look;
    private final long everyMs;
    private final long firstMs;
    private long lastMs;
    private long slowestMicros;
    private int count = 1;

    /** @param everyMs their rhythm */
    LookRow(Event first, Look look, long atMs, long everyMs) {
        this.first = first;
        this.look = look;
        this.everyMs = everyMs;
        firstMs = atMs;
        lastMs = atMs;
        slowestMicros = look.tookMicros();
    }

    /** Whether it goes on with this look. */
    boolean takes(Look next, long atMs) {
        final boolean same =
                Objects.equals(next.identity(), look.identity()) && Objects.equals(next.release(), look.release());
        if (!same || atMs - lastMs > LATE * everyMs || atMs - firstMs > LONGEST_MS || atMs < lastMs) {
            return false;
        }
        lastMs = atMs;
        slowestMicros = Math.max(slowestMicros, next.tookMicros());
        count++;
        return true;
    }

    boolean isOver(long nowMs) {
        return nowMs - firstMs > LONGEST_MS || nowMs - lastMs > LATE * everyMs;
    }

    String line() {
        final Look slowest = new Look(look.sight(), null, slowestMicros, look.identity(), look.release());
        final Event event = first instanceof Event.Looked looked
                ? new Event.Looked(looked.server(), looked.probe(), looked.secondPath(), slowest)
                : new Event.NetworkLooked(((Event.NetworkLooked) first).target(), slowest);
        return HistoryLines.row(lastMs, count, lastMs - firstMs, event);
    }
}
