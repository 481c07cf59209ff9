package org.tandemgw.gateway.ledger;

import java.io.IOException;
import java.util.List;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.recovery.Doubt;
import org.tandemgw.recovery.Fate;
import org.tandemgw.recovery.MovedTrunks;

/** A ledger once it is known which cards moved: which calls that cut. Thread {@code ledger}. */
final class LedgerClosing {
    private LedgerClosing() {}

    /**
     * Writes the ledger anew.
     *
     * @param last the newest record of the ACD's journal
     */
    static LedgerTotal close(
            LedgerShelf shelf, LedgerTotal of, Decision decision, List<SwitchConfig> switches, long last)
            throws IOException {
        final MovedTrunks moved = MovedCards.of(decision, switches);
        try (LedgerWriting out = shelf.write(of.epoch(), of.acd())) {
            LedgerShelf.read(shelf.file(of.epoch(), of.acd()), line -> out.add(judged(line, moved)));
            final LedgerTotal total = of.closed(decision.outcome().toString(), moved.cards(), last, out.counts());
            out.keep(total);
            return total;
        }
    }

    static LedgerLine judged(LedgerLine line, MovedTrunks moved) {
        final MovedTrunks.Verdict verdict = moved.of(line.trunks());
        if (verdict.cut() == null) {
            return line.fated(Fate.UNKNOWN, Doubt.TRUNK.word(), verdict.why());
        }
        return verdict.cut() ? line.fated(Fate.CUT, "", verdict.why()) : line;
    }
}
