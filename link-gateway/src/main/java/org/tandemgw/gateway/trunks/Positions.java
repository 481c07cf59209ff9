package org.tandemgw.gateway.trunks;

import java.util.Locale;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.SwitchPositions;

/** How positions are written for people and programs: A and B as they are, everything that is no side in small letters. Pure. */
final class Positions {
    private static final int MOST_CARDS = 16;

    private Positions() {}

    /** Null stays null. */
    static String shown(String position) {
        return position == null || position.length() == 1 ? position : position.toLowerCase(Locale.ROOT);
    }

    /** Where all cards are, and where they differ each of them, as far as that can be read at a glance. */
    static String told(SwitchPositions positions) {
        final boolean each = positions.position().equals(SwitchPositions.MIXED)
                && positions.cards().size() <= MOST_CARDS;
        return !each
                ? shown(positions)
                : positions.cards().stream()
                        .map(card -> card.card() + " " + shown(card.position()))
                        .collect(Collectors.joining(", ", shown(positions) + " (", ")"));
    }

    /** Where all cards are. */
    static String shown(SwitchPositions positions) {
        return shown(positions.position());
    }
}
