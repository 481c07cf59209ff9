package org.tandemgw.gateway.trunks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.PathState;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.status.TrunkHints;

/** What is wrong with one trunk switch, from its picture and what was ordered of it. Pure. */
final class TrunkConditions {
    private final SwitchConfig config;
    private final SwitchPositions positions;
    private final TrunkHistory history;
    private final TrunkMemory memory;
    private final List<Condition> all = new ArrayList<>();

    private TrunkConditions(SwitchConfig config, SwitchPositions positions, TrunkHistory history, TrunkMemory memory) {
        this.config = config;
        this.positions = positions;
        this.history = history;
        this.memory = memory;
    }

    /**
     * All of it.
     *
     * @param history the orders of this run, as far as what the box said has not been adopted since
     * @param memory what is known of those before it
     */
    static List<Condition> of(
            SwitchConfig config, SwitchPositions positions, TrunkHistory history, TrunkMemory memory) {
        final TrunkConditions conditions = new TrunkConditions(config, positions, history, memory);
        conditions.memory();
        conditions.reach();
        if (positions.reach() != Reach.UNCONFIRMED) {
            conditions.positions();
            conditions.nowhere();
            positions.cards().forEach(conditions::card);
        }
        return conditions.all;
    }

    private void memory() {
        if (memory.lost() != null) {
            add(
                    AlarmName.SWITCH_MEMORY_LOST,
                    config.name(),
                    memory.lost() + ": nothing is moved until you have looked;  tandem trunks query " + config.name()
                            + ",  then  tandem trunks adopt " + config.name());
        }
        if (memory.cutOff() != null) {
            add(AlarmName.ORDER_CUT_OFF, config.name(), CutOff.sentence(config.name(), memory.cutOff()));
        }
    }

    /** Also where somebody has ordered or adopted it: calls on these trunks reach nobody all the same. */
    private void nowhere() {
        final String cards = positions.cards().stream()
                .filter(card -> card.position() != null
                        && !BoxRules.ABSENT.equals(card.position())
                        && config.server(card.position()) == null)
                .map(card -> card.card() + " " + Positions.shown(card.position()))
                .collect(Collectors.joining(", "));
        if (!cards.isEmpty()) {
            add(
                    AlarmName.LEADS_NOWHERE,
                    config.name(),
                    "cards at a position that leads to no server, so calls on their trunks reach nobody: " + cards
                            + ";  tandem trunks select " + config.name() + " A|B");
        }
    }

    private void reach() {
        switch (positions.reach()) {
            case NOT_ASKED -> {
                // Nothing is known against it.
            }
            case REACHABLE -> paths();
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
                        "it is busy, somebody else may be logged in: " + positions.reachWhy() + hint());
            case AUTH_SUSPECTED ->
                add(
                        AlarmName.SWITCH_UNREACHABLE,
                        config.name(),
                        "the line is good and it does not answer, or complains of the password: " + positions.reachWhy()
                                + hint());
            case NOT_UNDERSTOOD ->
                add(
                        AlarmName.SWITCH_UNREACHABLE,
                        config.name(),
                        "it answers, and profile " + config.profile().name() + " does not understand it: "
                                + positions.reachWhy() + hint());
            case UNREACHABLE -> add(AlarmName.SWITCH_UNREACHABLE, config.name(), positions.reachWhy() + hint());
        }
    }

    /** The box is reached as ever; without this the second path would be found missing in the night it is needed. */
    private void paths() {
        if (positions.hasLostAPath()) {
            positions.paths().stream()
                    .filter(PathState::isBad)
                    .forEach(path -> add(
                            AlarmName.PATH_LOST,
                            config.name() + "/" + path.kind().name().toLowerCase(Locale.ROOT),
                            path.describe() + ": " + path.trouble() + "; the other path is used"));
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
                            + (history.last() == null ? "" : "; " + history.lastOrder()));
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

    private String hint() {
        final String hint = TrunkHints.of(
                TrunkPicture.word(positions.reach()),
                positions.path(),
                config.profile().name());
        return hint == null ? "" : "; " + hint;
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
        final CardResult result = history.result(card.card());
        if (result == null) {
            return;
        }
        final String wanted = history.order(card.card()).position();
        if (result.outcome() == CardOutcome.NOT_MOVED && !wanted.equals(card.position())) {
            add(AlarmName.OVERRIDDEN, object, "it did not move to " + wanted + " when ordered" + detail(result));
        } else if (result.outcome() == CardOutcome.UNKNOWN
                && (card.position() == null || positions.reach() != Reach.REACHABLE)) {
            add(
                    AlarmName.POSITION_UNKNOWN,
                    object,
                    "what became of the order to " + wanted + " is not known" + detail(result));
        }
    }

    private static String detail(CardResult result) {
        return result.detail() == null || result.detail().isEmpty() ? "" : ": " + result.detail();
    }

    private void add(AlarmName name, String object, String text) {
        all.add(new Condition(name, object, text));
    }
}
