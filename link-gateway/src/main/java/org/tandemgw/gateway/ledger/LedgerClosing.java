package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.recovery.Doubt;
import org.tandemgw.recovery.Fate;
import org.tandemgw.recovery.MovedTrunks;

/** A ledger once it is known which cards moved: which calls that cut. Thread {@code ledger}. */
final class LedgerClosing {
    /** Nobody was given the calls. */
    static final String NOBODY = "nobody";

    private static final String UNKNOWN = "unknown";

    private LedgerClosing() {}

    /**
     * A decision as it ended.
     *
     * @param decision null if its record is damaged, and only that it is over is known
     * @param before where each trunk switch stood when it was opened, as far as that is known
     * @param found where each stood after a restart in the middle of it, as far as that is known
     * @param wholly whether its steps are all that was done
     */
    record Ended(Decision decision, Map<String, String> before, Map<String, String> found, boolean wholly) {
        MovedTrunks moved(List<SwitchConfig> switches) {
            return decision == null
                    ? MovedCards.perhapsAll(switches)
                    : MovedCards.of(decision, switches, before, found, wholly);
        }

        boolean isSwitched() {
            return decision != null && decision.outcome() == Outcome.SWITCHED;
        }

        /** Whether some server was told to be the active one, and said that it is. */
        private boolean isTakenOver() {
            return isSwitched()
                    || decision != null
                            && decision.steps().stream()
                                    .anyMatch(each -> each.step().equals(Step.PROMOTE.toString())
                                            && "ok".equals(each.outcome())
                                            && (each.server() == null
                                                    || each.server().equals(decision.to())));
        }

        String outcome() {
            return decision == null ? UNKNOWN : decision.outcome().toString();
        }
    }

    /**
     * Writes the ledger anew.
     *
     * @param last the newest record of the ACD's journal
     */
    static LedgerTotal close(LedgerShelf shelf, LedgerTotal of, Ended ended, List<SwitchConfig> switches, long last)
            throws IOException {
        final MovedTrunks moved = ended.moved(switches);
        final boolean takenOver = ended.isTakenOver();
        try (LedgerWriting out = shelf.write(of.epoch(), of.acd())) {
            LedgerShelf.read(shelf.file(of.epoch(), of.acd()), line -> out.add(judged(line, moved, takenOver)));
            final LedgerTotal total = of.closed(ended.outcome(), moved.cards(), last, out.counts());
            out.keep(total);
            return total;
        }
    }

    static LedgerLine judged(LedgerLine line, MovedTrunks moved, boolean takenOver) {
        final MovedTrunks.Verdict verdict = moved.of(line.trunks());
        if (verdict.cut() == null) {
            return line.fated(Fate.UNKNOWN, Doubt.TRUNK.word(), verdict.why());
        }
        if (verdict.cut()) {
            return line.fated(Fate.CUT, "", verdict.why());
        }
        return takenOver || !line.fate().equals(Fate.RECOVERED.word())
                ? line
                : line.fated(Fate.UNKNOWN, NOBODY, "nobody has taken over");
    }
}
