package org.tandemgw.gateway.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * The steps of the runs before a restart: those that were seen to their end, from the events, and those that had been ordered when the run ended, which
 * the same machine orders again when it is told the same. Pure.
 */
final class Earlier {
    /** Of a step whose end nobody has seen. */
    static final String CUT_OFF = "cut-off";

    /** So the run after a restart writes down what it takes up. */
    private static final String ENDED = "Tandem ended in the middle";

    private final DecisionRecord record;
    private final Long epoch;
    private final List<Decision.StepLine> steps = new ArrayList<>();
    private final Map<String, Decision.StepLine> ordered = new LinkedHashMap<>();
    private SwitchoverRules rules;

    private Earlier(DecisionRecord record, Long epoch) {
        this.record = record;
        this.epoch = epoch;
    }

    /** These, and then those of the newest state. */
    static List<Decision.StepLine> steps(DecisionRecord record, Decision newest) {
        final Earlier earlier = new Earlier(record, newest.epoch());
        for (int i = 0; i < record.parts().size() - 1; i++) {
            earlier.take(record.parts().get(i), record.parts().get(i + 1));
        }
        newest.steps().stream().filter(each -> !earlier.tells(each)).forEach(earlier.steps::add);
        return earlier.steps;
    }

    /** Whether this line of the run after a restart is of a step that the run before it has told of itself, and better. */
    private boolean tells(Decision.StepLine line) {
        if (line.said() == null || !line.said().startsWith(ENDED)) {
            return false;
        }
        final String step = line.step().equals(Step.PUT_BACK.toString()) ? Step.PROMOTE.toString() : line.step();
        return steps.stream()
                .anyMatch(each -> each.step().equals(step)
                        && (each.server() == null || each.server().equals(line.server())));
    }

    private void take(DecisionRecord.Part part, DecisionRecord.Part next) {
        rules = record.rules(part);
        Switchover machine = restored(part);
        for (final String line : part.events()) {
            final int blank = line.indexOf(' ');
            try {
                final Event event = EventText.read(line.substring(blank + 1));
                final long atMs = Long.parseLong(line.substring(0, Math.max(0, blank)));
                over(event, atMs);
                machine = told(machine, event, atMs);
            } catch (IllegalArgumentException e) {
                continue; // of another version: what can be read is told
            }
        }
        final Map<String, String> found = found(next);
        ordered.values()
                .forEach(each -> steps.add(new Decision.StepLine(
                        each.step(),
                        each.server(),
                        each.switch_(),
                        null,
                        each.startedAt(),
                        null,
                        CUT_OFF,
                        ENDED + (found.containsKey(each.switch_()) ? "; found at " + found.get(each.switch_()) : ""))));
        ordered.clear();
    }

    private Switchover restored(DecisionRecord.Part part) {
        try {
            return Switchover.restore(rules, part.snapshot());
        } catch (RuntimeException e) {
            return null; // of another version
        }
    }

    private Switchover told(Switchover machine, Event event, long atMs) {
        try {
            if (machine != null) {
                machine.on(event, atMs).forEach(action -> ordered(action, atMs));
            }
            return machine;
        } catch (RuntimeException e) {
            return null; // this version would not have come here: only what was seen is told
        }
    }

    private void ordered(Action action, long atMs) {
        if (action instanceof Action.Select each && Long.valueOf(each.epoch()).equals(epoch)) {
            for (final SwitchRules one : rules.switches()) {
                ordered.put("select " + one.name(), order("select", null, one.name(), atMs));
            }
        } else if (action instanceof Action.Demote each
                && Long.valueOf(each.epoch()).equals(epoch)) {
            ordered.put("demote " + each.server(), order("demote", each.server(), null, atMs));
        } else if (action instanceof Action.Promote each
                && Long.valueOf(each.epoch()).equals(epoch)) {
            ordered.put("promote " + each.server(), order("promote", each.server(), null, atMs));
        }
    }

    private static Decision.StepLine order(String step, String server, String name, long atMs) {
        return new Decision.StepLine(step, server, name, null, Instant.ofEpochMilli(atMs), null, null, null);
    }

    private void over(Event event, long atMs) {
        if (event instanceof Event.StepOver each && Long.valueOf(each.epoch()).equals(epoch)) {
            ordered.remove(each.step() + " " + each.server());
            steps.add(new Decision.StepLine(
                    each.step().toString(),
                    each.server(),
                    null,
                    null,
                    Instant.ofEpochMilli(atMs - Math.round(each.tookMs())),
                    each.tookMs(),
                    each.ok() ? "ok" : "failed",
                    each.said()));
        } else if (event instanceof Event.SelectOver each
                && Long.valueOf(each.epoch()).equals(epoch)) {
            ordered.remove("select " + each.name());
            for (final CardLine card : each.cards()) {
                steps.add(new Decision.StepLine(
                        "select",
                        null,
                        each.name(),
                        card.card(),
                        Instant.ofEpochMilli(atMs - Math.round(card.tookMs())),
                        card.tookMs(),
                        card.outcome(),
                        card.detail()));
            }
        }
    }

    /** Where each switch was found first by the run after it. */
    private static Map<String, String> found(DecisionRecord.Part part) {
        final Map<String, String> found = new LinkedHashMap<>();
        for (final String line : part.events()) {
            try {
                if (EventText.read(line.substring(line.indexOf(' ') + 1)) instanceof Event.TrunksSeen each
                        && each.reachable()) {
                    found.putIfAbsent(each.name(), each.position());
                }
            } catch (IllegalArgumentException e) {
                continue; // of another version
            }
        }
        return found;
    }
}
