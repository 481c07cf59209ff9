package org.tandemgw.abswitch;

import java.util.List;

/** What became of an order as a whole. */
public enum Overall {
    /** Every card is where it was wanted, read back. */
    OK,
    /** Some cards are, others are proved not to be. */
    PARTIAL,
    /** No card is, and that is proved. */
    FAILED,
    /** At least one card may be anywhere. */
    UNKNOWN,
    /** No command was sent. */
    REFUSED;

    static Overall of(List<CardResult> cards) {
        long there = cards.stream().filter(c -> c.outcome().isThere()).count();
        if (cards.stream().anyMatch(c -> c.outcome() == CardOutcome.UNKNOWN)) {
            return UNKNOWN;
        }
        if (there == cards.size()) {
            return OK;
        }
        return there > 0 ? PARTIAL : FAILED;
    }
}
