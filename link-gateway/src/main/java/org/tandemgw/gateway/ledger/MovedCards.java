package org.tandemgw.gateway.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.recovery.MovedTrunks;

/** Which cards a decision moved, by its steps. Pure. */
final class MovedCards {
    private static final String MOVED = "MOVED";
    private static final String ALREADY_THERE = "ALREADY_THERE";
    private static final String UNKNOWN = "UNKNOWN";

    /** Of a step whose end nobody has seen, because Tandem was started anew. */
    private static final String CUT_OFF = "cut-off";

    private MovedCards() {}

    /**
     * Those of a decision.
     *
     * @param before where each trunk switch stood when it was opened, as far as that is known
     * @param found where it stood after a restart in the middle of it, as far as that is known
     * @param wholly whether its steps are all; if not, any other card may have moved too
     */
    static MovedTrunks of(
            Decision decision,
            List<SwitchConfig> switches,
            Map<String, String> before,
            Map<String, String> found,
            boolean wholly) {
        final List<MovedTrunks.Card> cards = new ArrayList<>();
        for (final SwitchConfig each : switches) {
            final Map<Integer, Boolean> moved = of(decision, each, before.get(each.name()), found.get(each.name()));
            if (!wholly) {
                each.cards().forEach(card -> moved.putIfAbsent(card, false));
            }
            moved.forEach((card, surely) -> cards.add(new MovedTrunks.Card(
                    "card " + card + " of " + each.name(),
                    surely,
                    each.circuits().getOrDefault(card, List.of()))));
        }
        return new MovedTrunks(cards);
    }

    /** Nobody knows of any card whether it moved. */
    static MovedTrunks perhapsAll(List<SwitchConfig> switches) {
        return new MovedTrunks(switches.stream()
                .flatMap(each -> each.cards().stream()
                        .map(card -> new MovedTrunks.Card(
                                "card " + card + " of " + each.name(),
                                false,
                                each.circuits().getOrDefault(card, List.of()))))
                .toList());
    }

    /** Each card that moved, and whether that is sure. */
    private static Map<Integer, Boolean> of(Decision decision, SwitchConfig one, String before, String found) {
        final Map<Integer, Boolean> moved = new LinkedHashMap<>();
        final Map<Integer, String> last = new LinkedHashMap<>();
        boolean cutOff = false;
        for (final Decision.StepLine step : decision.steps()) {
            if (!one.name().equals(step.switch_())) {
                continue;
            }
            if (step.card() == null) {
                // Nobody knows of which card, so it is said of all, until they are told of one by one.
                cutOff |= CUT_OFF.equals(step.outcome());
                if (CUT_OFF.equals(step.outcome()) || UNKNOWN.equals(step.outcome())) {
                    one.cards().forEach(card -> last.put(card, UNKNOWN));
                }
            } else if (MOVED.equals(step.outcome())) {
                moved.put(step.card(), true); // also if it was moved back: its calls are gone
                last.put(step.card(), step.outcome());
            } else if (cutOff && ALREADY_THERE.equals(step.outcome())) {
                final String was = one.server(position(before, step.card()));
                if (was != null && !was.equals(step.server() == null ? decision.to() : step.server())) {
                    moved.put(step.card(), true); // by the order whose end nobody has seen
                }
                last.put(step.card(), was == null ? UNKNOWN : ALREADY_THERE);
            } else {
                last.put(step.card(), step.outcome());
            }
        }
        last.forEach((card, outcome) -> {
            final String was = one.server(position(before, card));
            final String is = one.server(position(found, card));
            if (!UNKNOWN.equals(outcome)) {
                return;
            }
            if (was != null && is != null && !is.equals(was) && is.equals(decision.to())) {
                moved.put(card, true);
            } else if (was == null || !was.equals(is) || decision.outcome() != Outcome.ABANDONED) {
                moved.putIfAbsent(card, false); // where it was held the box may have it still to do
            }
        });
        return moved;
    }

    /** Of a card, out of {@code A} or {@code mixed (1 A, 2 B)}; null: it does not say. */
    private static String position(String told, int card) {
        if (told == null || told.length() == 1) {
            return told;
        }
        final int from = told.indexOf('(');
        for (final String each : told.substring(from + 1).replace(")", "").split(", ")) {
            if (from >= 0 && each.startsWith(card + " ")) {
                return each.substring(each.indexOf(' ') + 1);
            }
        }
        return null;
    }
}
