package org.tandemgw.gateway.ledger;

import java.time.Instant;
import org.tandemgw.gateway.recovery.MarkedTable;
import org.tandemgw.gateway.recovery.SwitchMark;

/**
 * The last line of a ledger: what its lines add up to, and how far the account has come. A file that does not end with one is not whole.
 *
 * @param asOf sequence of the mark: what was in flight there is in the ledger
 * @param at when the mark was written
 * @param began when the attempt began, where the mark was written later, after a restart; null: at {@code at}
 * @param stage how far the account has come
 * @param outcome of the decision; null while it is open
 * @param movedCards how many cards moved, or may have
 * @param listAfter a list of the ACD that began behind this sequence is one of afterwards
 * @param why there are no lines; null: they are there
 * @param listedAt when the ACD's own list was compared; null until then
 */
public record LedgerTotal(
        int format,
        long epoch,
        long decision,
        String acd,
        String from,
        String to,
        long asOf,
        Instant at,
        Instant began,
        Stage stage,
        String outcome,
        int movedCards,
        long listAfter,
        Instant listedAt,
        String why,
        Counts counts) {
    static final int FORMAT = 1;

    /** How far the account has come. */
    public enum Stage {
        /** The attempt is open: which cards move is not known yet. */
        BEGUN("begun"),
        /** The attempt is over. */
        CLOSED("closed"),
        /** And the ACD's own list was compared. */
        COMPARED("compared"),
        /** The attempt is over, and what was in flight could not be written down. */
        LOST("lost");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** As programs read it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * What the lines add up to. The fates are those of all calls but the discovered ones.
     *
     * @param inFlight by the ACD's own list, how many of the calls still were
     * @param ended by that list, how many were not any more
     * @param discovered calls that nobody had heard of before that list, and that were in flight at the mark
     */
    public record Counts(
            long calls, long kept, long recovered, long cut, long unknown, long inFlight, long ended, long discovered) {
        /** Of no lines. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

        /** Nobody knows what became of them. */
        static Counts unknown(long calls) {
            return new Counts(calls, 0, 0, 0, calls, 0, 0, 0);
        }

        /** Both together. */
        public Counts plus(Counts other) {
            return new Counts(
                    calls + other.calls,
                    kept + other.kept,
                    recovered + other.recovered,
                    cut + other.cut,
                    unknown + other.unknown,
                    inFlight + other.inFlight,
                    ended + other.ended,
                    discovered + other.discovered);
        }
    }

    /** Of what is in flight now; on the table's thread. */
    static LedgerTotal begun(MarkedTable of) {
        final SwitchMark mark = of.mark();
        return new LedgerTotal(
                FORMAT,
                mark.epoch(),
                mark.decision(),
                of.acd(),
                mark.from(),
                mark.to(),
                of.sequence(),
                Instant.ofEpochSecond(0, of.atNs()),
                mark.began(),
                Stage.BEGUN,
                null,
                0,
                0,
                null,
                null,
                Counts.unknown(of.table().inFlight()));
    }

    /** One for each epoch and ACD. */
    String key() {
        return epoch + "-" + acd;
    }

    /** What was in flight is written down. */
    LedgerTotal opened(Counts now) {
        return with(Stage.BEGUN, null, 0, 0, null, null, now);
    }

    /** It could not be written down. */
    LedgerTotal lost(String because) {
        return with(Stage.LOST, null, 0, 0, null, because, null);
    }

    /** The same of an attempt that is over. */
    LedgerTotal lost(String how, int cards) {
        return with(Stage.LOST, how, cards, 0, null, why, null);
    }

    LedgerTotal closed(String how, int cards, long lastSequence, Counts now) {
        return with(Stage.CLOSED, how, cards, lastSequence, null, null, now);
    }

    LedgerTotal compared(Instant when, Counts now) {
        return with(Stage.COMPARED, outcome, movedCards, listAfter, when, null, now);
    }

    private LedgerTotal with(
            Stage now, String how, int cards, long lastSequence, Instant when, String because, Counts sums) {
        return new LedgerTotal(
                format,
                epoch,
                decision,
                acd,
                from,
                to,
                asOf,
                at,
                began,
                now,
                how,
                cards,
                lastSequence,
                when,
                because,
                sums == null ? counts : sums);
    }
}
