package org.tandemgw.gateway.trunks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SwitchConfig;

/** What is wrong with one trunk switch, from its picture and the last order. Pure. */
final class TrunkConditions {
    private final SwitchConfig config;
    private final SwitchPositions positions;
    private final Selected last;
    private final List<Condition> all = new ArrayList<>();

    private TrunkConditions(SwitchConfig config, SwitchPositions positions, Selected last) {
        this.config = config;
        this.positions = positions;
        this.last = last;
    }

    /**
     * All of it.
     *
     * @param last the last order that was carried out; null if there was none, or what the box said has been adopted since
     */
    static List<Condition> of(SwitchConfig config, SwitchPositions positions, Selected last) {
        final TrunkConditions conditions = new TrunkConditions(config, positions, last);
        conditions.reach();
        if (positions.reach() != Reach.UNCONFIRMED) {
            conditions.positions();
            positions.cards().forEach(conditions::card);
        }
        return conditions.all;
    }

    private void reach() {
        switch (positions.reach()) {
            case NOT_ASKED, REACHABLE -> {
                // Nothing is known against it.
            }
            case UNCONFIRMED ->
                add(
                        AlarmName.CONFIG_MISMATCH,
                        config.name(),
                        "nobody has confirmed that this box is a "
                                + config.profile().name()
                                + ": nothing is sent to it, not even a query. Look at its type plate, then write"
                                + "  confirmed: \"DATE NAME\"  and start Tandem again");
            case BUSY ->
                add(
                        AlarmName.SWITCH_UNREACHABLE,
                        config.name(),
                        "it is busy, somebody else may be logged in: " + positions.reachWhy());
            case AUTH_SUSPECTED ->
                add(
                        AlarmName.SWITCH_UNREACHABLE,
                        config.name(),
                        "the line is good and it does not answer, or complains of the password: is secret-file right? "
                                + positions.reachWhy());
            case NOT_UNDERSTOOD ->
                add(
                        AlarmName.SWITCH_UNREACHABLE,
                        config.name(),
                        "it answers, and profile " + config.profile().name() + " does not understand it: "
                                + positions.reachWhy());
            case UNREACHABLE -> add(AlarmName.SWITCH_UNREACHABLE, config.name(), positions.reachWhy());
        }
    }

    private void positions() {
        final String position = positions.position();
        if (position.equals(SwitchPositions.MIXED)) {
            add(
                    AlarmName.POSITION_MIXED,
                    config.name(),
                    "its cards differ: "
                            + positions.cards().stream()
                                    .map(card -> card.card() + " " + Positions.shown(card.position()))
                                    .collect(Collectors.joining(", "))
                            + (last == null ? "" : lastOrder()));
        } else if (position.equals(SwitchPositions.UNKNOWN) && positions.reach() != Reach.NOT_ASKED) {
            add(
                    AlarmName.POSITION_UNKNOWN,
                    config.name(),
                    "where these cards are could not be read: "
                            + positions.cards().stream()
                                    .filter(card -> card.position() == null)
                                    .map(card -> Integer.toString(card.card()))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private String lastOrder() {
        return "; the last order, all to " + last.position() + ", was " + last.overall();
    }

    private void card(CardPosition card) {
        final String object = config.name() + "/card-" + card.card();
        if (card.movedWithoutUs()) {
            add(
                    AlarmName.POSITION_CHANGED,
                    object,
                    "it is at " + Positions.shown(card.position())
                            + " without an order: by hand, by a contact, by the box itself, or by somebody else");
        }
        if (BoxRules.ABSENT.equals(card.position())) {
            add(
                    AlarmName.CONFIG_MISMATCH,
                    object,
                    "the box says that there is no card: is it pulled, or is  cards:  wrong?");
        }
        if (last == null) {
            return;
        }
        if (card.lastOutcome() == CardOutcome.NOT_MOVED
                && commanded(card.card())
                && !last.position().equals(card.position())) {
            add(AlarmName.OVERRIDDEN, object, "it did not move when ordered" + detail(card.card()));
        } else if (card.lastOutcome() == CardOutcome.UNKNOWN
                && (card.position() == null || positions.reach() != Reach.REACHABLE)) {
            add(AlarmName.POSITION_UNKNOWN, object, "what became of its last order is not known" + detail(card.card()));
        }
    }

    /** Not so a card that was left alone because another one failed before it. */
    private boolean commanded(int card) {
        return last.cards().stream().anyMatch(result -> result.card() == card && result.commanded());
    }

    private String detail(int card) {
        return last.cards().stream()
                .filter(result -> result.card() == card && result.detail() != null)
                .map(CardResult::detail)
                .findFirst()
                .map(detail -> ": " + detail)
                .orElse("");
    }

    private void add(AlarmName name, String object, String text) {
        all.add(new Condition(name, object, text));
    }
}
