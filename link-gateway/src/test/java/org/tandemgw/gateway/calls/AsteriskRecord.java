package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tandemgw.gateway.emulate.AmiFact;
import org.tandemgw.gateway.emulate.AmiFact.Does;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.LegSummary;

/** What a simulated Asterisk itself has written down of everything that it said, held against a table after each message. */
final class AsteriskRecord {
    private final Map<String, AmiFact> legs = new HashMap<>();
    private final Map<String, AmiFact> agents = new HashMap<>();
    private int waiting;
    private long held;

    /** It said so, whether anybody heard it or not. */
    void said(List<AmiFact> facts) {
        for (final AmiFact fact : facts) {
            final Map<String, AmiFact> all = fact.isOfAnAgent() ? agents : legs;
            final AmiFact before = fact.does() == Does.IS_GONE ? all.remove(fact.id()) : all.put(fact.id(), fact);
            waiting += waits(fact) - (before == null ? 0 : waits(before));
        }
    }

    private static int waits(AmiFact fact) {
        return fact.does() == Does.WAITS ? 1 : 0;
    }

    /** The table was told it just now: what it has of these legs and agents is sure and true, gap or no gap, and while it is complete its numbers are. */
    void hold(CallTable table, List<AmiFact> facts, Supplier<String> where) {
        held++;
        for (final AmiFact fact : facts) {
            if (fact.isOfAnAgent()) {
                assertEquals(fact.does(), agent(table, fact), () -> fact + where.get());
            } else {
                leg(table, fact, where);
            }
        }
        if (table.complete()) {
            assertEquals(waiting, table.waiting(), where);
            assertEquals(agents.size(), table.agentsKnown(), where);
        }
    }

    private static void leg(CallTable table, AmiFact fact, Supplier<String> where) {
        final CallView call = table.call(fact.call());
        final LegSummary leg = call == null
                ? null
                : call.legList().stream()
                        .filter(each -> each.id().equals(fact.id()))
                        .findFirst()
                        .orElse(null);
        if (fact.does() == Does.IS_GONE) {
            assertNull(leg, () -> fact + where.get());
            return;
        }
        assertNotNull(leg, () -> fact + where.get());
        assertTrue(leg.sure(), () -> fact + where.get());
        assertEquals(fact.does(), does(leg.state()), () -> fact + where.get());
        if (fact.does() == Does.WAITS) {
            assertEquals(fact.queue(), call.queue(), () -> fact + where.get());
        }
    }

    /** The whole table, where it is complete and everything that happened was said. A list does not tell who holds and who rings. */
    void holdAll(CallTable table, Supplier<String> where) {
        final Set<String> left = new HashSet<>(legs.keySet());
        final Set<String> calls = new HashSet<>();
        table.calls(call -> call.legList().forEach(leg -> {
            final AmiFact fact = legs.get(leg.id());
            assertNotNull(fact, () -> "a ghost: " + leg + where.get());
            if (!call.holed()) {
                assertEquals(fact.does(), does(leg.state()), () -> leg + where.get());
            }
            assertEquals(fact.call(), call.id(), () -> leg + where.get());
            left.remove(leg.id());
            calls.add(call.id());
        }));
        assertEquals(Set.of(), left, where);
        assertEquals(calls.size(), table.inFlight(), where);
        agents.values().forEach(fact -> assertEquals(fact.does(), agent(table, fact), () -> fact + where.get()));
    }

    /** Whether anything rings. */
    boolean rings() {
        return legs.values().stream().anyMatch(fact -> fact.does() == Does.RINGS);
    }

    /** How often it was held against a table. */
    long held() {
        return held;
    }

    private static Does does(CallState state) {
        return switch (state) {
            case QUEUED -> Does.WAITS;
            case RINGING -> Does.RINGS;
            case CONNECTED -> Does.TALKS;
            case HELD -> Does.HOLDS;
            default -> Does.IS_APART;
        };
    }

    private static Does agent(CallTable table, AmiFact fact) {
        final Does[] found = {Does.IS_GONE};
        table.agents(agent -> {
            if (agent.agent().equals(fact.id()) && agent.queue().equals(fact.queue())) {
                found[0] = switch (agent.state()) {
                    case LOGGED_ON, READY -> Does.IS_READY;
                    case AFTER_CALL_WORK -> Does.WORKS_AFTER_A_CALL;
                    case NOT_READY -> Does.RESTS;
                    default -> null;
                };
            }
        });
        return found[0];
    }
}
