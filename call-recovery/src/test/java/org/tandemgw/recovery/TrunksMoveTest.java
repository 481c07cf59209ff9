package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.recovery.MovedTrunks.Card;

/** Which calls a moving card cuts: row C11. */
class TrunksMoveTest {
    private static final Card ONE = new Card("card 1 of trunks", true, List.of("DAHDI/i1/*"));
    private static final Card TWO = new Card("card 2 of trunks", true, List.of("DAHDI/i2/*", "SIP/carrier-*"));

    @Test
    void shouldCutACallWhoseTrunkRunsThroughACardThatMoved() {
        final MovedTrunks moved = new MovedTrunks(List.of(ONE, TWO));
        assertEquals(
                "true: its trunk DAHDI/i2/5551-7 runs through card 2 of trunks, which moved",
                said(moved, "SIP/100-1", "DAHDI/i2/5551-7"));
        assertEquals("false: ", said(moved, "SIP/100-1", "SIP/101-2"));
        assertEquals("false: ", said(moved, "DAHDI/i3/5551-7"));
    }

    @Test
    void shouldCutNobodyWhereNothingMoved() {
        assertEquals("false: ", said(MovedTrunks.NONE));
        assertEquals("false: ", said(MovedTrunks.NONE, "DAHDI/i1/1"));
    }

    @Test
    void shouldSayThatNobodyKnowsWhereTheFileDoesNotSayWhatRunsThroughACard() {
        final MovedTrunks moved = new MovedTrunks(List.of(ONE, new Card("card 3 of trunks", true, List.of())));
        assertEquals(
                "null: card 3 of trunks moved, and the file does not say which trunks run through it (switches[].circuits)",
                said(moved, "SIP/100"));
        assertTrue(moved.of(List.of("DAHDI/i1/1")).cut());
    }

    @Test
    void shouldSayThatNobodyKnowsWhereTheAcdNeverToldTheTrunk() {
        assertEquals(
                "null: card 1 of trunks moved, and the ACD never told on which trunk this call is",
                said(new MovedTrunks(List.of(ONE))));
    }

    @Test
    void shouldSayThatNobodyKnowsWhereNobodyKnowsWhetherTheCardMoved() {
        final MovedTrunks moved = new MovedTrunks(List.of(new Card(ONE.where(), false, ONE.trunks()), TWO));
        assertEquals(
                "null: its trunk DAHDI/i1/1 runs through card 1 of trunks, and nobody knows whether that moved",
                said(moved, "DAHDI/i1/1"));
        assertTrue(moved.of(List.of("DAHDI/i1/1", "DAHDI/i2/1")).cut());
    }

    @Test
    void shouldTakeAStarForAnyText() {
        assertTrue(MovedTrunks.matches("DAHDI/i1/*", "DAHDI/i1/"));
        assertTrue(MovedTrunks.matches("*", ""));
        assertTrue(MovedTrunks.matches("T*-*-9", "T1-ab-c-9"));
        assertTrue(MovedTrunks.matches("trunk 7", "trunk 7"));
        assertFalse(MovedTrunks.matches("DAHDI/i1/*", "DAHDI/i11/1"));
        assertFalse(MovedTrunks.matches("DAHDI/i1", "DAHDI/i1/1"));
        assertFalse(MovedTrunks.matches("ab*ba", "aba"));
        assertFalse(MovedTrunks.matches("a*b*c", "acb"));
        assertFalse(MovedTrunks.matches("*x*", "abc"));
    }

    private static String said(MovedTrunks moved, String... trunks) {
        final MovedTrunks.Verdict verdict = moved.of(List.of(trunks));
        return verdict.cut() + ": " + verdict.why();
    }
}
