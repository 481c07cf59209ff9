package org.tandemgw.abswitch;

import java.util.function.BiConsumer;

/** When to look again, and how the box can be reached. Who does not answer, or not sensibly, is asked more and more seldom. */
final class Watch {
    private final BoxTiming timing;
    private final BiConsumer<Reach, String> told;
    private Reach reach;
    private String why;
    private long nextNs;
    private long movedNs;
    private boolean moved;
    private boolean heardNothing;
    private int doublings;

    Watch(BoxTiming timing, Reach first, String why, long nowNs, BiConsumer<Reach, String> told) {
        this.timing = timing;
        this.reach = first;
        this.why = why;
        this.nextNs = nowNs;
        this.told = told;
    }

    Reach reach() {
        return reach;
    }

    String why() {
        return why;
    }

    long nextNs() {
        return nextNs;
    }

    void answered(Line line) {
        doublings = 0;
        be(Reach.REACHABLE, "answers over " + line.describe());
    }

    /**
     * A card could not be read. The first silence of a box that was never heard may be an answer that was slow or lost: nothing is
     * said of it before one more look. Only one, for each carries the password, and a wrong one too often may lock the box.
     */
    void failed(Exchanged e, Verdict verdict) {
        if (reach == Reach.NOT_ASKED && e.end() == Exchanged.End.SILENT && !heardNothing) {
            heardNothing = true;
            why = e.why() + "; asked once more";
            return;
        }
        doublings = verdict.reach() == Reach.UNREACHABLE ? 0 : Math.min(doublings + 1, 30);
        be(verdict.reach(), verdict.why());
    }

    void moved(long nowNs) {
        moved = true;
        movedNs = nowNs;
    }

    /** A look or an order is over. */
    void plan(long nowNs) {
        if (heardNothing && reach == Reach.NOT_ASKED) {
            nextNs = nowNs + timing.backoffMax().toNanos();
            return;
        }
        long base = (moved && nowNs - movedNs < timing.afterMove().toNanos() && doublings == 0
                        ? timing.pollAfterMove()
                        : timing.poll())
                .toNanos();
        nextNs = nowNs + Math.min(timing.pollMax().toNanos(), base << Math.min(doublings, 12));
    }

    /** A line that stayed open has gone: the box may have been switched off. */
    void lost(long nowNs) {
        nextNs = Math.min(nextNs, nowNs + timing.backoff().toNanos());
    }

    private void be(Reach next, String nextWhy) {
        boolean changed = next != reach;
        reach = next;
        why = nextWhy;
        if (changed) {
            told.accept(next, nextWhy);
        }
    }
}
