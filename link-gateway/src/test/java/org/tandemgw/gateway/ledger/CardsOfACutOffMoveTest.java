package org.tandemgw.gateway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.decision.DecisionRecord;
import org.tandemgw.gateway.decision.PositionsBefore;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.recovery.MovedTrunks;

/** Tandem ended while cards were on the move, and found them where they were to go. */
class CardsOfACutOffMoveTest {
    private static final Decision CUT_OFF =
            LedgerSite.decision(1, Outcome.SWITCHED, "- cut-off", "1 ALREADY_THERE", "2 ALREADY_THERE");

    @TempDir
    Path folder;

    @Test
    void shouldCountOnlyWhatWasElsewhereBefore() throws Exception {
        assertEquals("true true", moved("A"));
        assertEquals("false false", moved("B"));
        assertEquals("true false", moved("mixed (1 A, 2 B)"));
        assertEquals("null false", moved("mixed (1 unknown, 2 B)"));
        assertEquals("null null", moved("mixed"));
        assertEquals("null null", moved(null));
    }

    @Test
    void shouldTakeThePositionsThatWereSeenLastBeforeTheDecision() {
        final long at = LedgerSite.OPENED.toEpochMilli();
        assertEquals(
                Map.of("trunks", "A"),
                before("trunks name=trunks to=east position=A reachable=yes moved=no epoch=0", at));
        assertEquals(Map.of(), before("trunks name=trunks to=east position=A reachable=yes moved=no epoch=0", at + 1));
        assertEquals(Map.of(), before("trunks name=trunks to=east position=A reachable=no moved=no epoch=0", at));
    }

    @Test
    void shouldCountNoneOfAnAttemptThatWasGivenUpWithAllWhereTheyWere() throws Exception {
        assertEquals("false false", givenUp(Outcome.ABANDONED, "A", "A"));
        assertEquals("false null", givenUp(Outcome.ABANDONED, "mixed (1 A, 2 B)", "A"));
        assertEquals("null null", givenUp(Outcome.ABANDONED, "A", "mixed"));
        assertEquals("null null", givenUp(Outcome.ABANDONED, "A", "unknown"));
        assertEquals("null null", givenUp(Outcome.ABANDONED, "unknown", "unknown"));
        assertEquals("null null", givenUp(Outcome.ABANDONED, null, "A"));
        assertEquals("null null", givenUp(Outcome.HELD, "A", "A"), "the box may have it still to do");
    }

    /** It was held with one card on the other side: that one has moved, for sure. */
    @Test
    void shouldCountACardThatWasFoundElsewhereThoughItCameToAStop() throws Exception {
        assertEquals("true null", givenUp(Outcome.HELD, "A", "mixed (1 B, 2 A)"));
        assertEquals("true true", givenUp(Outcome.HELD, "A", "B"));
        assertEquals("null true", givenUp(Outcome.HELD, "mixed (1 unknown, 2 A)", "B"));
        assertEquals("null null", givenUp(Outcome.HELD, "A", "mixed (1 O, 2 unknown)"));
    }

    private String givenUp(Outcome outcome, String before, String found) throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            final MovedTrunks moved = MovedCards.of(
                    LedgerSite.decision(1, outcome, "- cut-off"),
                    site.switches(),
                    before == null ? Map.of() : Map.of("trunks", before),
                    Map.of("trunks", found),
                    true);
            return moved.of(List.of("T1/7")).cut() + " "
                    + moved.of(List.of("T2/7")).cut();
        }
    }

    @Test
    void shouldTakeThePositionsThatTheNextRunSawLast() {
        final long at = LedgerSite.OPENED.toEpochMilli();
        final DecisionRecord.Part first = new DecisionRecord.Part(
                "", List.of(at + " trunks name=trunks to=east position=A reachable=yes moved=no epoch=0"), 0, null);
        final DecisionRecord.Part next = new DecisionRecord.Part(
                "",
                List.of(
                        at - 2 + " trunks name=trunks position=unknown reachable=yes moved=no epoch=0",
                        at - 1 + " trunks name=trunks to=west position=B reachable=yes moved=no epoch=0",
                        at + 1 + " trunks name=trunks to=east position=A reachable=yes moved=no epoch=0"),
                0,
                null);
        assertEquals(Map.of("trunks", "B"), PositionsBefore.foundAgain(record(List.of(first, next))));
        assertEquals(Map.of(), PositionsBefore.foundAgain(record(List.of(first))), "nobody cut it off");
    }

    private static DecisionRecord record(List<DecisionRecord.Part> parts) {
        return new DecisionRecord(DecisionRecord.FORMAT, "1", CUT_OFF, CUT_OFF, null, parts);
    }

    private static Map<String, String> before(String event, long atMs) {
        return PositionsBefore.of(new DecisionRecord(
                DecisionRecord.FORMAT,
                "1",
                CUT_OFF,
                CUT_OFF,
                null,
                List.of(new DecisionRecord.Part("", List.of(atMs + " " + event), 0, null))));
    }

    private String moved(String before) throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            final List<SwitchConfig> switches = site.switches();
            final MovedTrunks moved = MovedCards.of(
                    CUT_OFF, switches, before == null ? Map.of() : Map.of("trunks", before), Map.of(), true);
            return moved.of(List.of("T1/7")).cut() + " "
                    + moved.of(List.of("T2/7")).cut();
        }
    }

    @Test
    void shouldKnowNothingSurelyWhereOnlyPartOfTheStepsIsKnown() throws Exception {
        try (LedgerSite site = new LedgerSite(folder, "16MiB")) {
            final MovedTrunks moved = MovedCards.of(
                    LedgerSite.decision(1, Outcome.FAILED, "1 MOVED"), site.switches(), Map.of(), Map.of(), false);
            assertEquals(true, moved.of(List.of("T1/7")).cut());
            assertEquals(null, moved.of(List.of("T2/7")).cut());
        }
    }
}
