package org.tandemgw.abswitch;

import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Finds out where one card is: asks until answers prove it, until too many frames got none, or until time is up. What has failed is
 * asked again over another path at once, over the same after a pause, and never after a suspicion that the password is wrong.
 */
final class Inquiry {
    private final BoxTiming timing;
    private final int card;
    private final Predicate<String> oneIsEnough;
    private final IntSupplier failuresBorne;
    private final RandomGenerator jitter;
    private final Proof proof = new Proof();
    private final long limitNs;
    private int failures;
    private long notBeforeNs;
    private boolean gaveUp;
    private Exchanged last;

    /**
     * Nothing asked yet.
     *
     * @param failuresBorne how many frames without an answer are borne, by now
     * @param oneIsEnough positions that a single answer is enough for, since nothing is claimed from it
     */
    Inquiry(
            BoxTiming timing,
            int card,
            IntSupplier failuresBorne,
            Predicate<String> oneIsEnough,
            RandomGenerator jitter,
            long nowNs) {
        this.timing = timing;
        this.card = card;
        this.failuresBorne = failuresBorne;
        this.oneIsEnough = oneIsEnough;
        this.jitter = jitter;
        this.notBeforeNs = nowNs;
        this.limitNs = nowNs + timing.readBack().plus(timing.late()).toNanos();
    }

    Ask next(long nowNs) {
        return nowNs < notBeforeNs ? Ask.pause(notBeforeNs) : Ask.query(card);
    }

    /**
     * What came of the query.
     *
     * @param e the exchange
     * @param retry whether the same may be asked again at all
     * @param elsewhere whether another path would be used now
     */
    void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs) {
        last = e;
        if (e.end() == Exchanged.End.ANSWERED) {
            boolean agrees = proof.took(e);
            gaveUp = !agrees && !isRead() && nowNs >= limitNs;
            return;
        }
        failures++;
        if (failures > failuresBorne.getAsInt()
                || !retry && !elsewhere
                || e.end() == Exchanged.End.PASSWORD_WRONG
                || nowNs >= limitNs) {
            gaveUp = true;
        } else if (!elsewhere) {
            notBeforeNs = nowNs + backoffNs(timing, failures, jitter);
        }
    }

    /** A pause before a retry: the first shorter than later ones, none twice the same. */
    static long backoffNs(BoxTiming timing, int failures, RandomGenerator jitter) {
        long base = (failures <= 1 ? timing.backoff() : timing.backoffMax()).toNanos();
        return base + (base < 4 ? 0 : jitter.nextLong(base / 4));
    }

    boolean isOver() {
        return gaveUp || isRead();
    }

    boolean isRead() {
        return proof.isProven() || proof.last() != null && oneIsEnough.test(proof.last());
    }

    /** The position, if it is proved; else null. */
    String proven() {
        return proof.isProven() ? proof.last() : null;
    }

    /** Whether a reading was had over this opening of this line. */
    boolean isFrom(Line line) {
        return proof.isFrom(line);
    }

    /** Whether the last frame got an answer: then the box lives, but contradicts itself. */
    boolean isAnswered() {
        return last != null && last.end() == Exchanged.End.ANSWERED;
    }

    Exchanged last() {
        return last;
    }

    /** Why it gave up. */
    String why() {
        return isAnswered() ? "its answers contradict each other" : last == null ? "not asked" : last.why();
    }
}
