package org.tandemgw.gateway.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.recovery.MovedTrunks;

/** Which cards a decision moved, by its steps. Pure. */
final class MovedCards {
    private static final String MOVED = "MOVED";
    private static final String ALREADY_THERE = "ALREADY_THERE";
    private static final String UNKNOWN = "UNKNOWN";

    /** Of a step whose end nobody has seen, because Tandem was started anew. */
    private static final String CUT_OFF = "cut-off";

    private MovedCards() {}

    static MovedTrunks of(Decision decision, List<SwitchConfig> switches) {
        final List<MovedTrunks.Card> cards = new ArrayList<>();
        for (final SwitchConfig each : switches) {
            of(decision, each)
                    .forEach((card, surely) -> cards.add(new MovedTrunks.Card(
                            "card " + card + " of " + each.name(),
                            surely,
                            each.circuits().getOrDefault(card, List.of()))));
        }
        return new MovedTrunks(cards);
    }

    /** Each card that moved, and whether that is sure. */
    private static Map<Integer, Boolean> of(Decision decision, SwitchConfig one) {
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
            } else if (MOVED.equals(step.outcome()) || cutOff && ALREADY_THERE.equals(step.outcome())) {
                moved.put(step.card(), true); // also if it was moved back: its calls are gone
                last.put(step.card(), step.outcome());
            } else {
                last.put(step.card(), step.outcome());
            }
        }
        last.forEach((card, outcome) -> {
            if (UNKNOWN.equals(outcome)) {
                moved.putIfAbsent(card, false);
            }
        });
        return moved;
    }
}
