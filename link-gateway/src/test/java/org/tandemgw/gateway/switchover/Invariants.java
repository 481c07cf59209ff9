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
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold after each step, whatever happens; knows nothing of the machine's inside. */
final class Invariants {
    private final SwitchoverRules rules;
    private final Set<Long> epochs = new HashSet<>();
    private final Map<Long, String> selected = new HashMap<>();
    private final Map<Long, Set<String>> readBack = new HashMap<>();
    private final Set<String> demoted = new HashSet<>();
    private final Map<Long, String> promoted = new HashMap<>();
    private final Map<String, Boolean> reached = new HashMap<>();
    private final Map<String, Long> stopping = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Set<String> out = new HashSet<>();
    private long nowMs;

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
        copy.stopping.putAll(stopping);
        copy.events.addAll(events);
        copy.out.addAll(out);
        return copy;
    }

    /** Two that say the same allow the same from here on; the events are only told when something breaks. */
    String state() {
        return new TreeSet<>(epochs).toString()
                + new TreeMap<>(selected)
                + new TreeMap<>(readBack)
                + new TreeSet<>(demoted)
                + new TreeMap<>(promoted)
                + new TreeMap<>(reached)
                + new TreeMap<>(stopping);
    }

    /** Killed: what was told to stop is known as far as it was kept. */
    void killed(Durable kept) {
        if (kept == null || kept.open() == null) {
            stopping.clear();
        }
    }

    void stepped(Event event, List<Action> actions, Durable kept, long atMs) {
        nowMs = atMs;
        events.add(event);
        if (event instanceof Event.StepOver over && over.step() == Step.DEMOTE) {
            stopping.remove(over.epoch() + over.server());
        } else if (event instanceof Event.StoreFailed) {
            stopping.clear(); // Nothing of the step before was done.
        }
        if (event instanceof Event.SelectOver over && over.outcome() == SelectOutcome.OK) {
            readBack.computeIfAbsent(over.epoch(), epoch -> new HashSet<>()).add(over.name());
        } else if (event instanceof Event.StepOver over && over.ok() && over.step() == Step.DEMOTE) {
            demoted.add(over.epoch() + over.server());
        } else if (event instanceof Event.NetworkLooked looked) {
            reached.put(looked.target(), looked.look().sight().reached());
        } else if (event instanceof Event.Looked looked) {
            reached.put(looked.server(), looked.look().sight().reached());
        }
        actions.forEach(this::acted);
        maintained(actions);
        out.clear();
        kept.maintenance().forEach(each -> out.add(String.valueOf(each.server())));
        assertFalse(kept.active() != null && out.contains(kept.active()), () -> "in control, and out " + events);
        if (kept.open() != null) {
            assertTrue(kept.open().epoch() <= kept.epoch(), () -> "an epoch that is not kept " + events);
        }
        assertTrue(kept.active() == null || rules.knows(kept.active()));
    }

    /** Of its own Tandem switches nowhere while the site is out, and never to a server that is. */
    private void maintained(List<Action> actions) {
        actions.stream()
                .filter(Action.Opened.class::isInstance)
                .map(each -> ((Action.Opened) each).decision())
                .filter(each -> each.trigger() == Trigger.AUTOMATIC)
                .forEach(each -> assertTrue(
                        !out.contains("null") && !out.contains(each.to()), () -> "switches in maintenance: " + events));
    }

    private void acted(Action action) {
        if (action instanceof Action.Opened opened) {
            final Decision decision = opened.decision();
            assertTrue(epochs.add(decision.epoch()), () -> "epoch used again: " + decision + events);
            assertTrue(
                    epochs.stream().allMatch(each -> each <= decision.epoch()),
                    () -> "an older epoch: " + decision + events);
            if (decision.trigger() == Trigger.AUTOMATIC && !rules.gateways().isEmpty()) {
                final ServerRules from = rules.server(rules.other(decision.to()));
                assertTrue(
                        reached(from.name())
                                || reached(from.netTest())
                                || reached(from.machine())
                                || rules.gateways().stream().allMatch(this::reached),
                        () -> "acts on its own isolation: " + events);
            }
        } else if (action instanceof Action.Demote demote) {
            stopping.put(
                    demote.epoch() + demote.server(),
                    nowMs + rules.server(demote.server()).demoteMs());
        } else if (action instanceof Action.Select select) {
            readBack.remove(select.epoch());
            selected.put(select.epoch(), select.server());
        } else if (action instanceof Action.Promote promote) {
            promote(promote);
        }
    }

    private boolean reached(String place) {
        return reached.getOrDefault(place, false);
    }

    private void promote(Action.Promote promote) {
        final long epoch = promote.epoch();
        stopping.forEach((demote, untilMs) -> assertTrue(
                !demote.endsWith(promote.server()) || nowMs >= untilMs,
                () -> "told to start while it may be stopping: " + promote + events));
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
