package org.tandemgw.abswitch;

import java.time.Duration;
import java.util.List;

/**
 * One switch of a site.
 *
 * @param name of the switch
 * @param rules what the profile says of such a box
 * @param password of the box, or null where no frame holds one
 * @param confirmed who confirmed that this box is what the profile says, or null: then nothing is sent, not even a query
 * @param monitorOnly whether only queries are sent, never a command
 * @param cards ours, and no others are ever named in a frame
 * @param dwell least time between opposite moves of a card
 * @param movesPerHour most automatic moves of a card in an hour
 */
public record SwitchSettings(
        String name,
        BoxRules rules,
        String password,
        String confirmed,
        boolean monitorOnly,
        List<Integer> cards,
        Duration dwell,
        int movesPerHour) {
    /** Checks everything, sorts the cards. Messages name the key. */
    public SwitchSettings {
        cards = cards.stream().sorted().distinct().toList();
        if (cards.isEmpty()) {
            throw new IllegalArgumentException("cards: name at least one card");
        }
        for (int card : cards) {
            if (card < rules.firstCard() || card > rules.lastCard()) {
                throw new IllegalArgumentException(
                        "cards: " + card + " is none of " + rules.firstCard() + " to " + rules.lastCard());
            }
        }
        if (dwell.isNegative()) {
            throw new IllegalArgumentException("dwell: " + dwell + " is negative");
        }
        if (movesPerHour < 1) {
            throw new IllegalArgumentException("moves-per-hour: " + movesPerHour + " is below 1");
        }
        rules.checkPassword(password);
    }

    @Override
    public String toString() {
        return "switch " + name + ", profile " + rules.id() + ", cards " + cards;
    }
}
