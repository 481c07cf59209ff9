package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after each step, whatever happens; knows nothing of the machine's inside. */
final class Invariants {
    private final SwitchoverRules rules;
    private final Set<Long> epochs = new HashSet<>();
    private final Map<Long, String> selected = new HashMap<>();
    private final Map<Long, Set<String>> readBack = new HashMap<>();
    private final Set<String> demoted = new HashSet<>();
    private final Map<Long, String> promoted = new HashMap<>();
    private final Map<String, Boolean> reached = new HashMap<>();
    private final List<Event> events = new ArrayList<>();

    Invariants(SwitchoverRules rules) {
        this.rules = rules;
    }

    Invariants copy() {
        final Invariants copy = new Invariants(rules);
        copy.epochs.addAll(epochs);
        copy.selected.putAll(selected);
        readBack.forEach((epoch, names) -> copy.readBack.put(epoch, new HashSet<>(names)));
        copy.demoted.addAll(demoted);
        copy.promoted.putAll(promoted);
        copy.reached.putAll(reached);
        copy.events.addAll(events);
        return copy;
    }

    void stepped(Event event, List<Action> actions, Durable kept) {
        events.add(event);
        if (event instanceof Event.SelectOver over && over.outcome() == SelectOutcome.OK) {
            readBack.computeIfAbsent(over.epoch(), epoch -> new HashSet<>()).add(over.name());
        } else if (event instanceof Event.StepOver over && over.ok() && over.step() == Step.DEMOTE) {
            demoted.add(over.epoch() + over.server());
        } else if (event instanceof Event.NetworkLooked looked) {
            reached.put(looked.target(), looked.look().sight().reached());
        }
        actions.forEach(this::acted);
        if (kept.open() != null) {
            assertTrue(kept.open().epoch() <= kept.epoch(), () -> "an epoch that is not kept " + events);
        }
        assertTrue(kept.active() == null || rules.knows(kept.active()));
    }

    private void acted(Action action) {
        if (action instanceof Action.Opened opened) {
            final Decision decision = opened.decision();
            assertTrue(epochs.add(decision.epoch()), () -> "epoch used again: " + decision + events);
            assertTrue(
                    epochs.stream().allMatch(each -> each <= decision.epoch()),
                    () -> "an older epoch: " + decision + events);
            if (decision.trigger() == Trigger.AUTOMATIC && !rules.gateways().isEmpty()) {
                assertTrue(
                        rules.gateways().stream().anyMatch(each -> reached.getOrDefault(each, false)),
                        () -> "acts on its own isolation: " + events);
            }
        } else if (action instanceof Action.Select select) {
            readBack.remove(select.epoch());
            selected.put(select.epoch(), select.server());
        } else if (action instanceof Action.Promote promote) {
            promote(promote);
        }
    }

    private void promote(Action.Promote promote) {
        final long epoch = promote.epoch();
        switch (promote.fence()) {
            case TRUNK_SWITCH -> {
                assertTrue(
                        promote.server().equals(selected.get(epoch))
                                && readBack.getOrDefault(epoch, Set.of()).size()
                                        == rules.switches().size(),
                        () -> "promoted before the trunks were read back: " + events);
            }
            case DEMOTE ->
                assertTrue(
                        demoted.contains(epoch + rules.other(promote.server())),
                        () -> "promoted before the other was demoted: " + events);
            case DEAD, NONE -> {}
            case NEVER_LEFT -> {
                assertNotEquals(rules.other(promote.server()), promoted.get(epoch));
                assertFalse(readBack.containsKey(epoch) && promote.server().equals(selected.get(epoch)));
                return;
            }
        }
        final String before = promoted.put(epoch, promote.server());
        assertTrue(before == null || before.equals(promote.server()), () -> "two active in one epoch: " + events);
    }
}
