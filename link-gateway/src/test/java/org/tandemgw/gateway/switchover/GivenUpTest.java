package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** A switchover that is given up, or nearly, while the old active is being told to stop. */
class GivenUpTest {
    private static Rig stopping() {
        final Rig rig = Rig.of(
                        RigRules.site().with("demote=3s").with("reconnect=0s").with("fence=demote"))
                .well();
        rig.refuse(EAST);
        assertEquals(Phase.DEMOTING, rig.phase());
        return rig;
    }

    private static void refused(Rig rig) {
        for (int i = 0; i < 3; i++) {
            rig.pass(200);
            rig.look(EAST, Sight.REFUSED);
        }
        rig.answerAll(WEST);
    }

    private static void again(Rig rig) {
        rig.taken(Action.Promote.class);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(100);
        rig.refuse(EAST);
    }

    private static void comesBack(Rig rig) {
        rig.look(EAST, Sight.ANSWERED);
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.stepOver(Step.PROMOTE, EAST, true);
    }

    private static Decision closed(Rig rig) {
        return rig.taken(Action.Closed.class).stream()
                .map(Action.Closed::decision)
                .filter(each -> each.epoch() != null)
                .reduce((one, two) -> two)
                .orElseThrow();
    }

    @Test
    void shouldWaitOutAStallOfOurOwnAndGoOn() {
        final Rig rig = stopping();
        rig.now(new Event.Stalled(3_000));
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.DEMOTING, rig.phase());

        rig.pass(Facts.DISTRUST_MS);
        assertEquals(Phase.DEMOTING, rig.phase());
        refused(rig);

        assertEquals(Phase.SELECTING, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldGiveItUpAfterAStallIfTheOldActiveIsWell() {
        final Rig rig = stopping();
        rig.now(new Event.Stalled(3_000));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.look(WEST, Sight.ANSWERED);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(Facts.DISTRUST_MS);

        assertEquals(Phase.PUTTING_BACK, rig.phase());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Outcome.ABANDONED, closed(rig).outcome());
        assertEquals(Phase.WATCHING, rig.phase());
    }

    @Test
    void shouldNotWaitForEverUntilItKnows() {
        final Rig rig = stopping();
        rig.now(new Event.ClockSeen(true, "it jumped"));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.pass(StepTimes.DOUBT_MS);

        assertEquals(Phase.PUTTING_BACK, rig.phase());
    }

    @Test
    void shouldGoOnWatchingADeadServerThatCannotBeToldToStartAgain() {
        final Rig rig = stopping();
        rig.now(new Event.FeedsSeen(WEST, false, false));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.stepOver(Step.PROMOTE, EAST, false);

        final Decision over = closed(rig);
        assertEquals(Outcome.ABANDONED, over.outcome());
        assertTrue(over.refusedBecause().get(0).contains("could not be told to start again: exit status 1"));
        assertNull(rig.machine().durable().holding());
        assertTrue(rig.machine().durable().mustClear().isEmpty());

        rig.now(new Event.FeedsSeen(WEST, true, true));
        rig.pass(Standing.PROOF_MS);
        assertEquals(Phase.DEMOTING, rig.phase());
    }

    @Test
    void shouldHoldOnceAServerAnswersThatCouldNotBeToldToStartAgain() {
        final Rig rig = stopping();
        rig.now(new Event.FeedsSeen(WEST, false, false));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.stepOver(Step.PROMOTE, EAST, false);
        rig.look(EAST, Sight.ANSWERED);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                Holding.Kind.PROMOTE_FAILED, rig.machine().durable().holding().kind());
    }

    @Test
    void shouldHoldIfAServerThatIsWellCannotBeToldToStartAgain() {
        final Rig rig = stopping();
        rig.look(EAST, Sight.ANSWERED);
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.stepOver(Step.PROMOTE, EAST, false);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                Holding.Kind.PROMOTE_FAILED, rig.machine().durable().holding().kind());
    }

    @Test
    void shouldTellItToStartOnlyOnceItsStopIsOver() {
        final Rig rig = stopping();
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(2_900);
        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());

        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(
                "[demote, put-back]",
                closed(rig).steps().stream()
                        .map(Decision.StepLine::step)
                        .toList()
                        .toString());
    }

    @Test
    void shouldHoldOnceItWasGivenUpTooOften() {
        final Rig rig = stopping();
        for (int i = 1; i < GivenUp.MOST; i++) {
            comesBack(rig);
            assertEquals(Phase.WATCHING, rig.phase());
            again(rig);
            assertEquals(Phase.DEMOTING, rig.phase());
        }
        comesBack(rig);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                "3 automatic switches were given up within 60 minutes before anything was moved; the last one because "
                        + EAST + " answers again",
                rig.machine().durable().holding().why());
        rig.asked(new Wish.Resume());
        assertEquals(Phase.WATCHING, rig.phase());
    }

    @Test
    void shouldNotCountWhatIsLongAgo() {
        final Rig rig = stopping();
        for (int i = 0; i < 2 * GivenUp.MOST; i++) {
            comesBack(rig);
            assertEquals(Phase.WATCHING, rig.phase());
            rig.pass(GivenUp.PERIOD_MS / (GivenUp.MOST - 1));
            again(rig);
            assertEquals(Phase.DEMOTING, rig.phase());
        }
    }

    @Test
    void shouldStopWhenAnOperatorHoldsTheSite() {
        for (final Mode mode : new Mode[] {Mode.HELD, Mode.MANUAL}) {
            final Rig rig = stopping();
            rig.asked(new Wish.SetMode(mode));
            rig.stepOver(Step.DEMOTE, EAST, true);

            assertNull(rig.last(Action.Select.class));
            assertEquals(EAST, rig.last(Action.Promote.class).server());
            rig.stepOver(Step.PROMOTE, EAST, true);
            final Decision over = closed(rig);
            assertEquals(Outcome.ABANDONED, over.outcome());
            assertEquals("mode is " + mode, over.refusedBecause().get(0));
        }
    }

    @Test
    void shouldHoldInsteadOfTellingAServerToStartThatHasLostItsTrunks() {
        for (final String where : new String[] {WEST, null}) {
            final Rig rig = stopping();
            rig.trunksAt(where);
            rig.stepOver(Step.DEMOTE, EAST, true);

            assertEquals(Phase.HOLDING, rig.phase());
            assertEquals(
                    Holding.Kind.POSITIONS_ELSEWHERE,
                    rig.machine().durable().holding().kind());
            assertTrue(rig.taken(Action.Promote.class).isEmpty());
            assertNull(rig.last(Action.Select.class));
        }
    }

    @Test
    void shouldHoldAnOperatorsSwitchWhoseFenceFailsWhereTheTrunksWereMovedMeanwhile() {
        final Rig rig =
                Rig.of(RigRules.site().with("demote=3s").with("fence=demote")).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.trunksAt(WEST);
        rig.stepOver(Step.DEMOTE, EAST, false);

        assertEquals(Phase.HOLDING, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldNotTakeTheEndOfAnEarlierPromoteForThatOfTheNext() {
        final Rig rig = stopping();
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.selectOver(SelectOutcome.OK);
        final Action.Promote first = rig.last(Action.Promote.class);
        rig.pass(rig.rules.server(WEST).promoteMs() + Attempt.GRACE_MS + Attempt.PROMOTE_PAUSE_MS);
        final Action.Promote second = rig.last(Action.Promote.class);
        assertEquals(first.run() + 1, second.run());

        rig.now(new Event.StepOver(first.epoch(), WEST, Step.PROMOTE, first.run(), false, "timed out", 9_000));
        assertEquals(Phase.PROMOTING, rig.phase());
        rig.now(new Event.StepOver(second.epoch(), WEST, Step.PROMOTE, second.run(), true, null, 100));
        assertEquals(WEST, rig.machine().durable().active());
        assertEquals(Outcome.SWITCHED, closed(rig).outcome());
    }
}
