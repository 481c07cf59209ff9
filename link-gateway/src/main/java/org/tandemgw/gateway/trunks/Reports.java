package org.tandemgw.gateway.trunks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.QueryResult;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;

/** From what the driver answers to what an operator is told. Pure, but for what it reads of the switch at that moment. */
final class Reports {
    private final SiteSwitch trunk;

    Reports(SiteSwitch trunk) {
        this.trunk = trunk;
    }

    /** As it is known, without asking the box. */
    TrunkReport known() {
        final SwitchPositions positions = trunk.positions();
        final String nothing = trunk.config().confirmed().isEmpty()
                ? ": not confirmed, nothing is sent"
                : trunk.settings().monitorOnly() ? ": monitor only, nothing but queries is sent" : "";
        return report(
                true,
                trunk.name() + " is at " + Positions.shown(positions) + nothing,
                null,
                null,
                true,
                "show",
                null,
                trunk.epoch(),
                null,
                positions,
                cards(positions, List.of()),
                null,
                null,
                List.of(),
                wire(0));
    }

    TrunkReport underWay(TrunkOrder order) {
        final SwitchPositions positions = trunk.positions();
        return report(
                true,
                order.action() + " of " + trunk.name() + " is under way",
                null,
                order.number(),
                false,
                order.action(),
                null,
                order.epoch(),
                order.wanted(),
                positions,
                cards(positions, List.of()),
                null,
                null,
                order.progress(),
                List.of());
    }

    /**
     * What the box said, and what whoever decides makes of it: good only if both are.
     *
     * @param decided null: nobody decides on this site
     */
    static TrunkReport decided(TrunkReport box, SwitchReport decided) {
        if (decided == null) {
            return box;
        }
        final Decision led = decided.decision();
        final boolean switched = led == null || led.outcome() == Outcome.SWITCHED;
        return new TrunkReport(
                box.ok() && decided.ok() && switched,
                box.message() + "; " + decided.message(),
                decided.remedy() != null ? decided.remedy() : switched ? box.remedy() : "tandem why " + led.decision(),
                box.order(),
                box.done(),
                box.action(),
                box.switch_(),
                box.overall(),
                box.epoch(),
                box.wanted(),
                box.position(),
                box.reach(),
                box.reachWhy(),
                box.path(),
                box.cards(),
                box.tookMs(),
                box.ownShareMs(),
                box.progress(),
                box.wire());
    }

    TrunkReport queried(TrunkOrder order, QueryResult result, long tapFrom) {
        final SwitchPositions positions = result.positions();
        final boolean good = result.complete();
        return report(
                good,
                result.refusedBecause() != null
                        ? "nothing was sent: " + result.refusedBecause()
                        : (good
                                        ? ""
                                        : "not every card could be read"
                                                + (result.detail() == null ? "" : ": " + result.detail()) + "; ")
                                + trunk.name() + " is at " + Positions.shown(positions)
                                + (order.action().equals("adopt") && good ? ", and that is now true" : ""),
                good ? null : Remedies.ofQuery(trunk.config(), positions, result.refusedBecause()),
                order.number(),
                true,
                order.action(),
                null,
                trunk.epoch(),
                null,
                positions,
                cards(positions, List.of()),
                result.took(),
                null,
                List.of(),
                wire(tapFrom));
    }

    TrunkReport selected(TrunkOrder order, Selected result, long tapFrom) {
        final SwitchPositions positions = trunk.positions();
        final boolean good = result.overall() == Overall.OK;
        return report(
                good,
                sentence(result),
                good
                        ? null
                        : Remedies.ofSelect(
                                trunk.config(), positions, trunk.settings().monitorOnly(), result),
                order.number(),
                true,
                "select",
                result.overall().name(),
                result.overall() == Overall.REFUSED ? trunk.epoch() : result.epoch(),
                result.position(),
                positions,
                cards(positions, result.cards()),
                result.took(),
                result.ownShare(),
                order.progress(),
                wire(tapFrom));
    }

    private String sentence(Selected result) {
        final String where = trunk.name() + " to " + result.position() + server(result.position());
        if (result.overall() == Overall.REFUSED) {
            return "refused, nothing was sent: " + result.refusedBecause();
        }
        final String cards = result.cards().stream()
                .map(card -> "card " + card.card() + " " + card.outcome().name())
                .collect(Collectors.joining(", "));
        return result.overall().name() + ": " + where + ": " + cards;
    }

    private String server(String position) {
        final String server = trunk.config().server(position);
        return server == null ? "" : " (" + server + ")";
    }

    private List<TrunkReport.Card> cards(SwitchPositions positions, List<CardResult> results) {
        final List<TrunkReport.Card> cards = new ArrayList<>();
        for (final CardPosition card : positions.cards()) {
            final CardResult result = results.stream()
                    .filter(each -> each.card() == card.card())
                    .findFirst()
                    .orElse(null);
            if (results.isEmpty() || result != null) {
                cards.add(card(trunk.config(), card, result));
            }
        }
        return cards;
    }

    private static TrunkReport.Card card(SwitchConfig config, CardPosition card, CardResult result) {
        final String position = result == null ? card.position() : result.positionRead();
        return new TrunkReport.Card(
                card.card(),
                position == null ? "unknown" : Positions.shown(position),
                config.server(position),
                card.readAt(),
                card.movedWithoutUs(),
                result == null ? null : result.outcome().name(),
                card.lastOutcome() == null ? null : card.lastOutcome().name(),
                result == null || result.detail() == null || result.detail().isEmpty() ? null : result.detail(),
                result == null ? null : ms(result.took()));
    }

    private List<TrunkReport.Exchange> wire(long from) {
        return trunk.tap().after(from).stream()
                .map(seen -> new TrunkReport.Exchange(
                        seen.at(),
                        seen.path(),
                        seen.sent(),
                        WireTap.printable(seen.received()),
                        trunk.tap()
                                .masked(MatchedPattern.of(
                                        trunk.settings().rules().replies(), seen.bytes())),
                        seen.end()))
                .toList();
    }

    private TrunkReport report(
            boolean ok,
            String message,
            String remedy,
            Long order,
            boolean done,
            String action,
            String overall,
            long epoch,
            String wanted,
            SwitchPositions positions,
            List<TrunkReport.Card> cards,
            Duration took,
            Duration ownShare,
            List<String> progress,
            List<TrunkReport.Exchange> wire) {
        return new TrunkReport(
                ok,
                message,
                remedy,
                order,
                done,
                action,
                trunk.name(),
                overall,
                epoch,
                wanted,
                Positions.shown(positions),
                TrunkPicture.word(positions.reach()),
                positions.reachWhy(),
                positions.path(),
                cards,
                ms(took),
                ms(ownShare),
                progress,
                wire);
    }

    private static Double ms(Duration duration) {
        return duration == null ? null : duration.toNanos() / 100_000 / 10.0;
    }
}
