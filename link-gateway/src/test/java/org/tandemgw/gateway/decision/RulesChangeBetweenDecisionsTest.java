package org.tandemgw.gateway.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Wish;

/** The configuration is changed between two decisions: each record has the one it was decided by, and is decided the same again from it. Row B14. */
class RulesChangeBetweenDecisionsTest {
    @TempDir
    Path data;

    @Test
    void shouldReplayEachDecisionByTheRulesOfItsTime() throws IOException {
        final DecisionLog log = new DecisionLog(data);
        final long first;
        final long second;
        try (Rehearsal site = new Rehearsal(data, Decisions.rules()).healthy()) {
            site.ask(new Wish.Switch(Decisions.WEST, false, false), "before").run(30_000);
            first = site.machine().durable().decision();
            site.reloaded(Decisions.otherRules()).run(20_000);
            site.ask(new Wish.Switch(Decisions.EAST, true, false), "after").run(30_000);
            second = site.machine().durable().decision();
        }
        assertTrue(second > first && first > 0, first + " " + second);
        final DecisionRecord before = DecisionLog.read(log.file(first));
        final DecisionRecord after = DecisionLog.read(log.file(second));
        assertEquals(Decisions.rules(), before.rules());
        assertEquals(Decisions.otherRules(), after.rules());
        assertTrue(Replay.of(before).same(), () -> Replay.of(before).toString());
        assertTrue(Replay.of(after).same(), () -> Replay.of(after).toString());
    }

    @Test
    void shouldReplayADecisionNotToSwitchThatTheNewRulesMade() throws IOException {
        final DecisionLog log = new DecisionLog(data);
        final long number;
        try (Rehearsal site = new Rehearsal(data, Decisions.rules()).healthy()) {
            site.reloaded(Decisions.otherRules())
                    .fail(Sight.REFUSED, "connection refused", Decisions.EAST + "/app")
                    .run(120_000);
            number = site.machine().durable().decision();
        }
        final DecisionRecord record = DecisionLog.read(log.file(number));
        assertEquals(Decisions.otherRules(), record.rules());
        assertTrue(Replay.of(record).same(), () -> Replay.of(record).toString());
    }
}
