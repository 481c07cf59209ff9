package org.tandemgw.gateway.trunks;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.gateway.control.TrunkReport;

/** One order that takes time: its number, what it has done so far, and its report once it is over. Any thread. */
final class TrunkOrder {
    /** More lines of progress are left out: an order has at most so many cards and attempts. */
    private static final int MOST_LINES = 512;

    private final long number;
    private final String action;
    private final String wanted;
    private final long epoch;
    private final List<String> progress = new ArrayList<>();
    private TrunkReport report;

    TrunkOrder(long number, String action, String wanted, long epoch) {
        this.number = number;
        this.action = action;
        this.wanted = wanted;
        this.epoch = epoch;
    }

    long number() {
        return number;
    }

    String action() {
        return action;
    }

    String wanted() {
        return wanted;
    }

    long epoch() {
        return epoch;
    }

    synchronized void commandDone(CommandRecord done) {
        if (progress.size() < MOST_LINES) {
            progress.add(
                    "card " + done.card() + (done.attempt() > 1 ? ", attempt " + done.attempt() : "") + ": ordered to "
                            + done.order().position() + ", read back "
                            + (done.readBack() == null ? "nothing" : Positions.shown(done.readBack())));
        }
    }

    synchronized List<String> progress() {
        return List.copyOf(progress);
    }

    synchronized void over(TrunkReport made) {
        report = made;
        notifyAll();
    }

    /** The report; null while it is under way. */
    synchronized TrunkReport report() {
        return report;
    }

    /** Waits for the end, but no longer than this. */
    synchronized TrunkReport await(long millis) {
        final long endMs = System.nanoTime() / 1_000_000 + millis;
        try {
            while (report == null) {
                final long leftMs = endMs - System.nanoTime() / 1_000_000;
                if (leftMs <= 0) {
                    return null;
                }
                wait(leftMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return report;
    }
}
