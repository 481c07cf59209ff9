package org.tandemgw.gateway.trunks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.QueryResult;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;

/** A select that came back OK, as one more look at all its cards found them. Pure. */
final class SeenAgain {
    private SeenAgain() {}

    /**
     * The same where every card is still there.
     *
     * @param before what was known as that look began
     */
    static Selected of(Selected selected, SwitchPositions before, QueryResult look) {
        final Map<Integer, Instant> readBefore = before.cards().stream()
                .filter(each -> each.readAt() != null)
                .collect(Collectors.toMap(CardPosition::card, CardPosition::readAt));
        final Map<Integer, CardPosition> now =
                look.positions().cards().stream().collect(Collectors.toMap(CardPosition::card, Function.identity()));
        final List<CardResult> cards = selected.cards().stream()
                .map(card -> {
                    final CardPosition seen = now.get(card.card());
                    final boolean read = look.refusedBecause() == null
                            && seen != null
                            && seen.position() != null
                            && (look.complete() || !seen.readAt().equals(readBefore.get(card.card())));
                    return card(card, selected.position(), read ? seen.position() : null);
                })
                .toList();
        return with(selected, cards, selected.took().plus(look.took()));
    }

    /** Nobody knows where they are now. */
    static Selected unread(Selected selected) {
        return with(
                selected,
                selected.cards().stream()
                        .map(card -> card(card, selected.position(), null))
                        .toList(),
                selected.took());
    }

    private static CardResult card(CardResult was, String wanted, String read) {
        if (wanted.equals(read)) {
            return was;
        }
        return new CardResult(
                was.card(),
                read == null ? CardOutcome.UNKNOWN : CardOutcome.NOT_MOVED,
                read,
                was.commanded(),
                "was read back at " + wanted + ", and before the promote it "
                        + (read == null ? "could not be read once more" : "was at " + read + ": moved without Tandem"),
                was.took());
    }

    private static Selected with(Selected selected, List<CardResult> cards, java.time.Duration took) {
        return new Selected(
                overall(selected, cards),
                null,
                selected.epoch(),
                selected.position(),
                cards,
                took,
                selected.ownShare());
    }

    /** Never {@link Overall#FAILED} where a command was sent: that would say that nothing was moved. */
    private static Overall overall(Selected selected, List<CardResult> cards) {
        if (cards.stream().anyMatch(each -> each.outcome() == CardOutcome.UNKNOWN)) {
            return Overall.UNKNOWN;
        }
        if (cards.stream().allMatch(each -> each.outcome().isThere())) {
            return Overall.OK;
        }
        return selected.commanded()
                        || cards.stream().anyMatch(each -> each.outcome().isThere())
                ? Overall.PARTIAL
                : Overall.FAILED;
    }
}
