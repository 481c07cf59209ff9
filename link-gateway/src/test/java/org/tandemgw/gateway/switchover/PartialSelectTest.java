package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** A select that did not end with every card at the new active. */
class PartialSelectTest {
    private static Rig selecting(String policy) {
        final Rig rig = Rig.of(RigRules.site().with("on-partial=" + policy)).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.SELECTING, rig.phase());
        return rig;
    }

    @Test
    void shouldHoldAndSayThatNobodyIsKnownToBeActive() {
        final Rig rig = selecting("hold");

        rig.selectOver(SelectOutcome.PARTIAL);

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
        assertEquals(Outcome.HELD, rig.last(Action.Closed.class).decision().outcome());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldNameWhereTheCardsWereFoundAfterARestart() {
        final Rig rig = selecting("hold");
        rig.restart();
        rig.now(new Event.TrunksSeen("trunks", null, "mixed (1 B, 2 A)", true, false, 1));

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                "trunks: PARTIAL, found at mixed (1 B, 2 A)",
                rig.machine().durable().holding().why());
    }

    @Test
    void shouldKeepTheOldActiveWhenItIsProvedThatNothingMoved() {
        for (final SelectOutcome outcome : new SelectOutcome[] {SelectOutcome.FAILED, SelectOutcome.REFUSED}) {
            final Rig rig = selecting("retry-then-promote");

            rig.selectOver(outcome);

            assertEquals(Phase.HOLDING, rig.phase());
            assertEquals(EAST, rig.machine().durable().active());
            assertEquals(
                    Outcome.FAILED, rig.last(Action.Closed.class).decision().outcome());
        }
    }

    @Test
    void shouldHoldWhereSomebodyMovesOneBoxWhileAnotherIsStillBeingMoved() {
        final Rig rig = Rig.of(RigRules.site().with("switches=one,two")).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.now(rig.over("one", SelectOutcome.OK));
        rig.now(new Event.TrunksSeen("one", WEST, "B", true, false, 1));
        rig.now(new Event.TrunksSeen("one", EAST, "A", true, true, 1));
        rig.now(rig.over("two", SelectOutcome.OK));

        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
        assertEquals(
                List.of("one was moved without Tandem, after it had been read back"),
                rig.last(Action.Closed.class).decision().refusedBecause());
    }

    @Test
    void shouldSeeAMoveByHandFromBeforeASelectThatWasNeverSent() {
        final Rig rig = selecting("hold");
        rig.now(unsent(rig));
        assertEquals(EAST, rig.machine().durable().active());

        rig.now(new Event.TrunksSeen("trunks", WEST, "B", true, false, 0));
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                Holding.Kind.POSITIONS_ELSEWHERE,
                rig.machine().durable().holding().kind());
    }

    @Test
    void shouldTryAgainWhenTheBoxAnswersIfNothingWasSent() {
        final Rig rig = selecting("hold");

        rig.now(unsent(rig));

        assertTrue(rig.taken(Action.Closed.class).stream()
                .anyMatch(each -> each.decision().outcome() == Outcome.ABANDONED));
        assertEquals(EAST, rig.machine().durable().active());
        assertNull(rig.machine().durable().holding());
        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertTrue(rig.view().waitsForTrunks());
        assertEquals(1, rig.taken(Action.Select.class).size());
        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, false, 1));
        assertEquals(Phase.SELECTING, rig.phase());
        assertFalse(rig.view().waitsForTrunks());
        assertEquals(2, rig.last(Action.Select.class).epoch());
    }

    @Test
    void shouldHoldAnOperatorsSwitchThatSentNothingWithTheOldOneInControl() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.asked(new Wish.Switch(WEST, false, false));

        rig.now(unsent(rig));

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(EAST, rig.machine().durable().active());
    }

    private static Event.SelectOver unsent(Rig rig) {
        return new Event.SelectOver(
                rig.machine().durable().epoch(),
                "trunks",
                SelectOutcome.UNKNOWN,
                false,
                List.of(new CardLine(1, "UNKNOWN", null, 1_500, null)),
                null);
    }

    @Test
    void shouldRetryThenPromoteOnlyBecauseTheOldOneIsDead() {
        final Rig rig = selecting("retry-then-promote");

        rig.selectOver(SelectOutcome.PARTIAL);
        rig.selectOver(SelectOutcome.UNKNOWN);
        assertEquals(3, rig.taken(Action.Select.class).size());
        rig.selectOver(SelectOutcome.PARTIAL);

        assertEquals(FenceHeld.DEAD, rig.last(Action.Promote.class).fence());
        rig.trunksAt(null);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(60_000);

        assertEquals("unprotected", rig.view().state());
        assertEquals("tandem switch cms-west --reason …", rig.view().next());
        assertTrue(rig.view().because().contains("trunks is at mixed, and cms-west is active"));
        rig.asked(new Wish.Switch(WEST, false, false));
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldHoldInsteadOfRetryingWhenTheOldOneLives() {
        final Rig rig =
                Rig.of(RigRules.site().with("on-partial=retry-then-promote")).well();
        rig.asked(new Wish.Switch(WEST, false, false));

        rig.selectOver(SelectOutcome.PARTIAL);

        assertEquals(Phase.HOLDING, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldRollBackOnlyWhenItIsKnownThatNoCallsAreUp() {
        final Rig idle = selecting("roll-back");
        idle.selectOver(SelectOutcome.PARTIAL);
        assertEquals(Phase.ROLLING_BACK, idle.phase());
        assertEquals(EAST, idle.last(Action.Select.class).server());
        idle.selectOver(SelectOutcome.OK);
        assertEquals(EAST, idle.machine().durable().active());
        assertEquals(Phase.HOLDING, idle.phase());

        final Rig busy = selecting("roll-back");
        busy.now(new Event.CallsSeen(-1));
        busy.selectOver(SelectOutcome.PARTIAL);
        assertEquals(Phase.HOLDING, busy.phase());
        assertNull(busy.machine().durable().active());
    }

    @Test
    void shouldNotRollBackWhenTheDriverNeverToldTheEnd() {
        final Rig rig = selecting("roll-back");

        rig.pass(20_000 + Attempt.GRACE_MS);

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
    }

    @Test
    void shouldNeedEveryCardOfEverySwitch() {
        final Rig rig = Rig.of(RigRules.site().with("switches=one,two")).well();
        rig.refuse(EAST);
        rig.pass(5_000);

        rig.now(rig.over("one", SelectOutcome.OK));
        assertEquals(Phase.SELECTING, rig.phase());
        rig.now(rig.over("two", SelectOutcome.FAILED));

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
    }
}
