package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.List;

/**
 * Which trunks a switchover moved: the cards that moved, and what is known of the trunks that run through them. Says of a call whether that cut it. Immutable.
 */
public final class MovedTrunks {
    /** Nothing moved. */
    public static final MovedTrunks NONE = new MovedTrunks(List.of());

    private final List<Card> cards;
    private final Card unmapped;

    /**
     * A card that moved, or may have.
     *
     * @param where it is, such as {@code card 2 of trunks}
     * @param surely false if nobody knows whether it moved
     * @param trunks names of the trunks that run through it, as the ACD has them, {@code *} for any rest; empty: nobody has said
     */
    public record Card(String where, boolean surely, List<String> trunks) {
        /** Copies the list. */
        public Card {
            trunks = List.copyOf(trunks);
        }
    }

    /**
     * What it says of one call.
     *
     * @param cut whether it is cut; null: nobody can tell
     * @param why in words; empty if it is not cut
     */
    public record Verdict(Boolean cut, String why) {
        private static final Verdict SPARED = new Verdict(false, "");
    }

    /** These moved, and no others. */
    public MovedTrunks(List<Card> cards) {
        this.cards = List.copyOf(cards);
        unmapped = cards.stream()
                .filter(card -> card.trunks().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** How many cards moved, or may have. */
    public int cards() {
        return cards.size();
    }

    /** Of a call whose legs have these trunks. */
    public Verdict of(List<String> trunks) {
        if (cards.isEmpty()) {
            return Verdict.SPARED;
        }
        Verdict perhaps = null;
        for (final Card card : cards) {
            for (final String trunk : trunks) {
                if (runsThrough(card, trunk)) {
                    if (card.surely()) {
                        return new Verdict(
                                true, "its trunk " + trunk + " runs through " + card.where() + ", which moved");
                    }
                    perhaps = new Verdict(
                            null,
                            "its trunk " + trunk + " runs through " + card.where()
                                    + ", and nobody knows whether that moved");
                }
            }
        }
        if (perhaps != null) {
            return perhaps;
        }
        if (unmapped != null) {
            return new Verdict(
                    null,
                    unmapped.where() + (unmapped.surely() ? " moved" : " may have moved")
                            + ", and the file does not say which trunks run through it (switches[].circuits)");
        }
        return trunks.isEmpty()
                ? new Verdict(null, cards.get(0).where() + " moved, and the ACD never told on which trunk this call is")
                : Verdict.SPARED;
    }

    private static boolean runsThrough(Card card, String trunk) {
        return card.trunks().stream().anyMatch(pattern -> matches(pattern, trunk));
    }

    /** {@code *} stands for any text, also none. */
    static boolean matches(String pattern, String trunk) {
        final List<String> parts = parts(pattern);
        if (parts.size() == 1) {
            return pattern.equals(trunk);
        }
        final String first = parts.get(0);
        final String last = parts.get(parts.size() - 1);
        if (trunk.length() < first.length() + last.length() || !trunk.startsWith(first) || !trunk.endsWith(last)) {
            return false;
        }
        int at = first.length();
        final int end = trunk.length() - last.length();
        for (final String part : parts.subList(1, parts.size() - 1)) {
            final int found = trunk.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    private static List<String> parts(String pattern) {
        final List<String> parts = new ArrayList<>();
        int from = 0;
        for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', from)) {
            parts.add(pattern.substring(from, star));
            from = star + 1;
        }
        parts.add(pattern.substring(from));
        return parts;
    }
}
