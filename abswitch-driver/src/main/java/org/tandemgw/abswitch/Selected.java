package org.tandemgw.abswitch;

import java.time.Duration;
import java.util.List;

/**
 * What became of a {@link SelectOrder}.
 *
 * @param overall the whole
 * @param refusedBecause why no command was sent, or null; only with {@link Overall#REFUSED}
 * @param epoch of the order
 * @param position of the order
 * @param cards in the order of the order; empty where it was refused before anything was asked
 * @param took from the moment its turn came
 * @param ownShare how much of that was neither the box, nor its line, nor a pause that the profile asks for
 */
public record Selected(
        Overall overall,
        String refusedBecause,
        long epoch,
        String position,
        List<CardResult> cards,
        Duration took,
        Duration ownShare) {
    /** Copies the list. */
    public Selected {
        cards = List.copyOf(cards);
    }

    /** Whether a command may have reached the box: if not, this order has moved nothing. */
    public boolean commanded() {
        return cards.stream().anyMatch(CardResult::commanded);
    }
}
