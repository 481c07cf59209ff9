package org.tandemgw.abswitch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Where our cards are, as far as it is proved; and whether that came about without us. */
final class Known {
    private static final class Card {
        String position;
        Instant readAt;
        boolean movedWithoutUs;
        boolean moving;
        CardOutcome lastOutcome;
    }

    private final TreeMap<Integer, Card> cards = new TreeMap<>();
    private final SwitchListener listener;

    Known(List<Integer> cards, SwitchListener listener) {
        cards.forEach(card -> this.cards.put(card, new Card()));
        this.listener = listener;
    }

    String position(int card) {
        return cards.get(card).position;
    }

    /** A command for this card is about to go out: until {@link #settled}, a change is ours. */
    void moving(int card) {
        cards.get(card).moving = true;
    }

    /**
     * A position is proved.
     *
     * @return whether it differs from what was known
     */
    boolean read(int number, String position, Instant wall) {
        Card card = cards.get(number);
        String before = card.position;
        card.position = position;
        card.readAt = wall;
        if (before != null && !before.equals(position) && !card.moving) {
            card.movedWithoutUs = true;
            listener.movedWithoutUs(number, before, position);
        }
        return !position.equals(before);
    }

    /** An order is over for this card. What it left unknown is known no more. */
    void settled(CardResult result) {
        Card card = cards.get(result.card());
        card.lastOutcome = result.outcome();
        card.moving = false;
        if (result.outcome() == CardOutcome.UNKNOWN && result.commanded()) {
            card.position = null;
        }
        if (result.outcome().isThere()) {
            card.movedWithoutUs = false;
        }
    }

    /** What is there now is what is wanted. */
    void adopt(int card) {
        cards.get(card).movedWithoutUs = false;
    }

    List<CardPosition> picture() {
        List<CardPosition> out = new ArrayList<>();
        cards.forEach((number, card) ->
                out.add(new CardPosition(number, card.position, card.readAt, card.movedWithoutUs, card.lastOutcome)));
        return out;
    }
}
