package org.tandemgw.gateway.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.SelectOutcome;

/** The verdict again, from the record alone: guarantee G9. */
class ReplayTest {
    @TempDir
    Path data;

    @Test
    void shouldDecideTheSameFromTheRecordAlone() throws IOException {
        final Replay.Result result = Replay.of(recorded(20_000));

        assertTrue(result.same(), result::toString);
        assertEquals("same verdict: switched", result.text());
        assertNull(result.difference());
    }

    @Test
    void shouldReachBackFarEnoughToTellWhatWasSeen() throws IOException {
        final DecisionRecord record = recorded(60_000);
        final long first = Long.parseLong(record.parts().get(0).events().get(0).split(" ")[0]);

        assertTrue(
                record.decision().openedAt().toEpochMilli() - first > 15_000,
                () -> "the record begins " + record.parts().get(0).events().get(0));
        assertTrue(record.parts().get(0).events().size() <= 3 * Recorder.SEGMENT);
        assertTrue(Replay.of(record).same());
    }

    @Test
    void shouldNameTheFirstDifferenceOfAnotherVerdict() throws IOException {
        final DecisionRecord record = recorded(20_000);
        final Decision decision = record.decision();
        final List<Decision.StepLine> steps = new ArrayList<>(decision.steps());
        final Decision.StepLine card = steps.get(2);
        steps.set(
                2,
                new Decision.StepLine(
                        card.step(),
                        card.server(),
                        card.switch_(),
                        card.card(),
                        card.startedAt(),
                        card.ms(),
                        "NOT_MOVED",
                        card.said()));
        final Replay.Result result = Replay.of(with(record, closed(decision, steps), record.parts()));

        assertFalse(result.same());
        assertEquals("decision.steps[2].outcome: recorded NOT_MOVED, now MOVED", result.difference());
    }

    @Test
    void shouldSayThatEvidenceIsMissing() throws IOException {
        final DecisionRecord record = recorded(20_000);
        final DecisionRecord.Part part = record.parts().get(0);
        final List<String> fewer =
                part.events().stream().filter(line -> !line.contains("refused")).toList();
        final Replay.Result result = Replay.of(
                with(record, record.decision(), List.of(new DecisionRecord.Part(part.snapshot(), fewer, 0, null))));

        assertFalse(result.same());
        assertEquals("opened: recorded, and not decided now", result.difference());
    }

    @Test
    void shouldReplayTheBeginningWhereTooMuchHappened() throws IOException {
        final DecisionRecord record = recorded(20_000);
        final DecisionRecord.Part part = record.parts().get(0);
        final int opened = part.events().size() - 3;
        final Replay.Result result = Replay.of(with(
                record,
                record.decision(),
                List.of(new DecisionRecord.Part(part.snapshot(), part.events().subList(0, opened), 3, null))));

        assertTrue(result.same(), result::toString);
        assertEquals(3, result.notKept());
        assertTrue(result.text().contains("its beginning only"), result::text);
    }

    @Test
    void shouldNotFailOnWhatItCannotRead() throws IOException {
        final DecisionRecord record = recorded(20_000);
        final DecisionRecord.Part part = record.parts().get(0);
        for (final List<DecisionRecord.Part> parts : List.of(
                List.<DecisionRecord.Part>of(),
                List.of(new DecisionRecord.Part(part.snapshot(), List.of("nonsense"), 0, null)),
                List.of(new DecisionRecord.Part(part.snapshot(), List.of("17 from the future=1"), 0, null)),
                List.of(new DecisionRecord.Part("{}", part.events(), 0, null)))) {
            final Replay.Result result = Replay.of(with(record, record.decision(), parts));
            assertFalse(result.same());
            assertTrue(result.text().startsWith("cannot be replayed"), result::text);
        }
    }

    private DecisionRecord recorded(long calmMs) throws IOException {
        try (Rehearsal rehearsal = new Rehearsal(data, Decisions.rules()).healthy()) {
            rehearsal
                    .selects(SelectOutcome.OK)
                    .run(calmMs)
                    .fail(Sight.REFUSED, "connection refused", "cms-east/app")
                    .run(20_000);
        }
        return DecisionLog.read(new DecisionLog(data).file(1));
    }

    private static DecisionRecord with(DecisionRecord record, Decision decision, List<DecisionRecord.Part> parts) {
        return new DecisionRecord(record.format(), record.tandem(), decision, record.opened(), record.rules(), parts);
    }

    private static Decision closed(Decision of, List<Decision.StepLine> steps) {
        return new Decision(
                of.decision(),
                of.epoch(),
                of.from(),
                of.to(),
                of.trigger(),
                of.reason(),
                of.who(),
                of.forced(),
                of.outcome(),
                of.refusedBecause(),
                of.conditions(),
                of.diagnosis(),
                of.evidence(),
                steps,
                of.fence(),
                of.calls(),
                of.openedAt(),
                of.closedAt());
    }
}
