package org.tandemgw.gateway.trunks;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Selected;

/**
 * The orders of this run that sent anything: the last one, and for each card the last one that sent something to it. Those that
 * sent nothing have moved nothing and explain nothing. Immutable.
 *
 * @param last null: none, or what the box said has been adopted since
 */
record TrunkHistory(Selected last, Map<Integer, Selected> byCard) {
    static final TrunkHistory NONE = new TrunkHistory(null, Map.of());

    /** Copies the map. */
    TrunkHistory {
        byCard = Map.copyOf(byCard);
    }

    TrunkHistory after(Selected selected) {
        if (!selected.commanded()) {
            return this;
        }
        final Map<Integer, Selected> cards = new TreeMap<>(byCard);
        for (final CardResult card : selected.cards()) {
            if (card.commanded()) {
                cards.put(card.card(), selected);
            } else if (card.outcome().isThere()) {
                cards.remove(card.card());
            }
        }
        return new TrunkHistory(selected, cards);
    }

    /** The last order that sent something to this card; null if there was none. */
    Selected order(int card) {
        return byCard.get(card);
    }

    /** What it did to this card; null if there was none. */
    CardResult result(int card) {
        final Selected order = order(card);
        return order == null
                ? null
                : order.cards().stream()
                        .filter(each -> each.card() == card)
                        .findFirst()
                        .orElse(null);
    }

    /** The last order with its cards and its result; null if there was none. */
    String lastOrder() {
        return last == null
                ? null
                : "the last order that sent a command: "
                        + (last.cards().size() == 1 ? "card " : "cards ")
                        + last.cards().stream()
                                .map(card -> String.valueOf(card.card()))
                                .collect(Collectors.joining(", "))
                        + " to " + Positions.shown(last.position()) + ", epoch " + last.epoch() + ", "
                        + last.overall();
    }
}
