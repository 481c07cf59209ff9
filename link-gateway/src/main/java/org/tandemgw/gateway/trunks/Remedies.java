package org.tandemgw.gateway.trunks;

import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.status.TrunkHints;

/** What to do next when a query or an order was not good: never the same thing again. Pure. */
final class Remedies {
    private Remedies() {}

    /** Of a query, and of an adopt. */
    static String ofQuery(SwitchConfig config, SwitchPositions positions, String refusedBecause) {
        if (config.confirmed().isEmpty()) {
            return unconfirmed();
        }
        if (refusedBecause != null) {
            return "tandem trunks show " + config.name();
        }
        final String hint = hint(config, positions);
        return hint != null
                ? hint
                : "look at the box: lamps, and whether the cards are in their slots;  tandem trunks show "
                        + config.name() + " --wire";
    }

    /** Of an order. */
    static String ofSelect(SwitchConfig config, SwitchPositions positions, boolean monitorOnly, Selected result) {
        if (config.confirmed().isEmpty()) {
            return unconfirmed();
        }
        if (result.overall() == Overall.REFUSED) {
            return monitorOnly ? "start Tandem without --monitor-only" : "tandem trunks show " + config.name();
        }
        final List<CardResult> absent = result.cards().stream()
                .filter(card -> card.outcome() == CardOutcome.ABSENT)
                .toList();
        if (!absent.isEmpty() && absent.size() < result.cards().size()) {
            return "a card that is absent stops all others; without it:  tandem trunks select " + config.name() + " "
                    + result.position() + " --cards "
                    + result.cards().stream()
                            .filter(card -> card.outcome() != CardOutcome.ABSENT)
                            .map(card -> String.valueOf(card.card()))
                            .collect(Collectors.joining(","));
        }
        final String stuck = result.cards().stream()
                .filter(card -> card.commanded() && card.outcome() == CardOutcome.NOT_MOVED)
                .map(card -> String.valueOf(card.card()))
                .collect(Collectors.joining(", "));
        if (!stuck.isEmpty()) {
            return "look at card " + stuck
                    + " and its panel: a key, a held contact, an automatic fallback, a stuck relay";
        }
        final String hint = hint(config, positions);
        return hint != null ? hint : "tandem trunks query " + config.name();
    }

    private static String unconfirmed() {
        return "look at the type plate, write  confirmed: \"DATE NAME\"  below switches in the file, start Tandem again";
    }

    private static String hint(SwitchConfig config, SwitchPositions positions) {
        return TrunkHints.of(
                TrunkPicture.word(positions.reach()),
                positions.path(),
                config.profile().name());
    }
}
