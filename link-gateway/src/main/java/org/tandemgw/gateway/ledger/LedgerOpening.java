package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.recovery.CallSweep;
import org.tandemgw.recovery.PlannedCall;
import org.tandemgw.recovery.RecoveryPlan;
import org.tandemgw.recovery.RecoveryPolicy;

/**
 * A ledger as it comes to be: what was in flight at the mark, written down a few calls at a time while the table goes on. Calls that change meanwhile are written down before they do, so they
 * stand earlier in the file than others. On the table's thread, but for {@link #keep}.
 */
final class LedgerOpening {
    private static final int AT_A_TIME = 8;

    private final LedgerTotal begun;
    private final LedgerDraft draft;
    private final LedgerWriting out;
    private final CallSweep sweep;
    private final long bornBeforeNs;
    private IOException broken;
    private volatile boolean whole;

    /** Writes nothing yet. */
    LedgerOpening(LedgerShelf shelf, MarkedTable at, RecoveryPolicy policy) throws IOException {
        begun = LedgerTotal.begun(at);
        draft = new LedgerDraft(at.table(), at.acd(), at.acdNowNs());
        out = shelf.write(at.mark().epoch(), at.acd());
        bornBeforeNs = at.mark().began() == null
                ? Long.MAX_VALUE
                : TimeUnit.SECONDS.toNanos(at.mark().began().getEpochSecond())
                        + at.mark().began().getNano()
                        + at.acdAheadNs();
        sweep = RecoveryPlan.sweep(at.table(), policy, this::add);
    }

    private void add(PlannedCall planned) {
        if (broken != null || planned.call().startedNs() > bornBeforeNs) {
            return;
        }
        try {
            out.add(draft.line(planned));
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException e) { // the table goes on
            broken = new IOException("a call cannot be told of: " + e, e);
        }
    }

    /** As it was begun: nobody knows what becomes of any call. Any thread. */
    LedgerTotal begun() {
        return begun;
    }

    /** Writes some more, for about so long. */
    void step(long forNs, Clock clock) {
        final long beganNs = clock.nanoTime();
        boolean more = broken == null;
        while (more && clock.nanoTime() - beganNs < forNs) {
            more = sweep.step(AT_A_TIME) && broken == null;
        }
        if (broken != null) {
            sweep.end();
        }
        whole = !more;
    }

    /** Whether the table has nothing more to say. Any thread. */
    boolean isWhole() {
        return whole;
    }

    /** From now on it is there, durably. Once it is whole; any one thread. */
    LedgerTotal keep() throws IOException {
        try (out) {
            if (broken != null) {
                throw broken;
            }
            final LedgerTotal total = begun.opened(out.counts());
            out.keep(total);
            return total;
        }
    }
}
