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

/** The old active is told to stop: a dead one is not waited for where the trunks are the fence, and nothing overtakes it. */
class ToldToStopTest {
    private static final String STOPS = "demote=3s";

    private static Rig dead(String... words) {
        final RigRules rules = RigRules.site().with(STOPS).with("reconnect=0s");
        for (final String word : words) {
            rules.with(word);
        }
        final Rig rig = Rig.of(rules).well();
        rig.refuse(EAST);
        return rig;
    }

    private static List<String> steps(Rig rig) {
        return rig.last(Action.Closed.class).decision().steps().stream()
                .map(each -> each.step() + " " + each.outcome() + (each.said() == null ? "" : " " + each.said()))
                .toList();
    }

    @Test
    void shouldMoveTheTrunksOfADeadServerWithoutWaitingForIt() {
        final Rig rig = dead();

        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(1, rig.taken(Action.Demote.class).size());
        assertFalse(rig.last(Action.Select.class).carryOn());
        assertTrue(rig.machine().durable().open().demoteSent());
        assertTrue(rig.machine().durable().open().committed());
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.DEMOTE, EAST, false);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(WEST, rig.machine().durable().active());
        assertEquals(List.of("demote failed exit status 1", "select OK", "promote ok"), steps(rig));
    }

    @Test
    void shouldSayThatItWasNotOverWhenTheSwitchWas() {
        final Rig rig = dead();
        rig.selectOver(SelectOutcome.OK);
        rig.pass(500);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(List.of("demote no-answer not over when the switch was", "select OK", "promote ok"), steps(rig));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.pass(60_000);
        assertEquals(WEST, rig.machine().durable().active());
    }

    @Test
    void shouldGoOnWhenItComesBackAtThatMoment() {
        final Rig rig = dead();

        rig.look(EAST, Sight.ANSWERED);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(WEST, rig.machine().durable().active());
    }

    @Test
    void shouldNotTellItToStartBeforeItHasStopped() {
        final Rig rig = dead();
        rig.selectOver(SelectOutcome.FAILED);

        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(FenceHeld.NEVER_LEFT, rig.last(Action.Promote.class).fence());
        rig.stepOver(Step.PROMOTE, EAST, true);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(EAST, rig.machine().durable().active());
        assertEquals(List.of("demote ok", "select FAILED", "put-back ok"), steps(rig));
    }

    @Test
    void shouldTellItToStartAtTheLimitOfAStopThatNeverEnds() {
        final Rig rig = dead();
        rig.now(new Event.StepBegan(1, EAST, Step.DEMOTE, 1));
        rig.selectOver(SelectOutcome.FAILED);
        rig.look(EAST, Sight.ANSWERED);

        rig.pass(3_000 + Attempt.GRACE_MS);

        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals("demote failed " + Attempt.LATE, steps(rig).get(0));
    }

    @Test
    void shouldNotTellADeadServerToStartThatCouldNotBeToldToStopEither() {
        for (final SelectOutcome outcome : new SelectOutcome[] {SelectOutcome.FAILED, SelectOutcome.REFUSED}) {
            final Rig rig = dead();
            rig.selectOver(outcome);
            rig.stepOver(Step.DEMOTE, EAST, false);

            assertTrue(rig.taken(Action.Promote.class).isEmpty());
            assertNull(rig.machine().durable().open());
            assertEquals(EAST, rig.machine().durable().unstarted());
            assertTrue(
                    rig.last(Action.Closed.class)
                            .decision()
                            .refusedBecause()
                            .get(0)
                            .endsWith("; cms-east is down, and is not told to start again"),
                    () -> rig.last(Action.Closed.class).toString());
        }
    }

    /** The record knew it of the server in control, and an operator's switch to that server fails at its fence. */
    @Test
    void shouldNotForgetThatTheServerInControlWasNotStarted() {
        final Rig rig = dead("fence=demote", "switches=none");
        rig.stepOver(Step.DEMOTE, EAST, true);
        for (int i = 0; i < Attempt.MOST_PROMOTES; i++) {
            rig.stepOver(Step.PROMOTE, WEST, false);
            rig.pass(Attempt.PROMOTE_PAUSE_MS);
        }
        assertEquals(WEST, rig.machine().durable().unstarted());
        rig.asked(new Wish.Switch(WEST, true, false));
        rig.stepOver(Step.DEMOTE, EAST, false);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(WEST, rig.machine().durable().active());
        assertEquals(WEST, rig.machine().durable().unstarted());
        rig.asked(new Wish.Resume());
        assertFalse(rig.last(Action.Answer.class).ok(), "nobody has told it to start with success");
    }

    @Test
    void shouldNotPromoteItAgainBeforeTheStopOfTheSwitchBeforeIsOver() {
        final Rig rig = dead();
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.trunksAt(WEST);
        rig.asked(new Wish.Switch(EAST, true, false));
        rig.taken(Action.Promote.class);

        rig.stepOver(Step.DEMOTE, WEST, true);
        rig.selectOver(SelectOutcome.OK);

        assertEquals(Phase.PROMOTING, rig.phase());
        assertNull(rig.last(Action.Promote.class));
        rig.now(new Event.StepOver(1, EAST, Step.DEMOTE, false, "timed out", 3_000));
        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(EAST, rig.machine().durable().active());
    }

    @Test
    void shouldWaitForItWhereAnOperatorAsked() {
        final Rig rig = Rig.of(RigRules.site().with(STOPS)).well();
        rig.asked(new Wish.Switch(WEST, false, false));

        assertEquals(Phase.DEMOTING, rig.phase());
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldTryTheDemoteThatIsTheFenceAgainWhileItsServerIsDown() {
        final Rig rig = dead("fence=demote");
        rig.stepOver(Step.DEMOTE, EAST, false);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.pass(Attempt.DEMOTE_PAUSE_MS);
        assertEquals(2, rig.taken(Action.Demote.class).size());
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(WEST, rig.machine().durable().active());
        assertTrue(rig.taken(Action.Promote.class).stream()
                .allMatch(each -> each.server().equals(WEST)));
    }

    @Test
    void shouldHoldOnceTheFenceHasFailedForTooLongAndNameTheServerThatIsUp() {
        final Rig rig = dead("fence=demote");
        final long endMs = rig.nowMs() + Attempt.DEMOTES_MS;
        while (rig.nowMs() < endMs) {
            rig.stepOver(Step.DEMOTE, EAST, false);
            rig.look(EAST, Sight.REFUSED);
            rig.answerAll(WEST);
            rig.pass(Attempt.DEMOTE_PAUSE_MS);
        }
        rig.stepOver(Step.DEMOTE, EAST, false);

        assertEquals(Phase.HOLDING, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty(), "a server that is down was told to start");
        assertEquals(
                "tandem why 1; then tandem switch cms-west --reason …",
                rig.view().next(),
                "nobody is sent to the server that is down");
    }

    @Test
    void shouldNotTryItAgainOnceItsServerIsBack() {
        final Rig rig = dead("fence=demote", "switches=none");
        rig.stepOver(Step.DEMOTE, EAST, false);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(Attempt.DEMOTE_PAUSE_MS);

        assertEquals(1, rig.taken(Action.Demote.class).size());
        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.HOLDING, rig.phase());
    }

    private static Rig asked(boolean force) {
        final Rig rig = Rig.of(RigRules.site().with(STOPS)).well();
        rig.asked(new Wish.Switch(WEST, force, false));
        assertEquals(Phase.DEMOTING, rig.phase());
        return rig;
    }

    @Test
    void shouldNotLeaveAServerThatIsWellForOneThatDiesWhileAnOperatorsSwitchWaits() {
        final Rig rig = asked(false);
        rig.refuse(WEST);
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.PUTTING_BACK, rig.phase());
        rig.stepOver(Step.PROMOTE, EAST, true);

        final Decision over = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.ABANDONED, over.outcome());
        assertEquals(List.of("cms-west went down meanwhile (app down, refused)"), over.refusedBecause());
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(EAST, rig.machine().durable().active());
        assertTrue(rig.taken(Action.Select.class).isEmpty());
    }

    @Test
    void shouldWaitUntilItIsKnownWhetherTheOtherIsWell() {
        final Rig rig = asked(false);
        rig.look(WEST, Sight.SILENT);
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.pass(200);
        rig.look(WEST, Sight.ANSWERED);

        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldGiveUpAnOperatorsSwitchWhoseTargetLosesItsFeedOrWhichAnotherOperatorHolds() {
        final Rig feeds = asked(false);
        feeds.now(new Event.FeedsSeen(WEST, false, false));
        assertEquals(Phase.PUTTING_BACK, feeds.phase());
        final Rig held = asked(false);
        held.asked(new Wish.SetMode(Mode.HELD));
        held.look(EAST, Sight.ANSWERED);
        assertEquals(Phase.PUTTING_BACK, held.phase());
    }

    @Test
    void shouldSayWhatBecomesOfASwitchThatIsUnderWay() {
        final Rig before = dead("fence=demote");
        before.asked(new Wish.SetMode(Mode.HELD));
        assertEquals(
                "the operator's mode is held; in effect: held; decision 1 is under way and will be given up",
                before.last(Action.Answer.class).message());
        final Rig behind = dead("fence=demote", "switches=none");
        behind.asked(new Wish.SetMode(Mode.HELD));
        assertEquals(
                "the operator's mode is held; in effect: held; decision 1 is under way and will be finished",
                behind.last(Action.Answer.class).message());
        behind.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.PROMOTING, behind.phase());
    }

    @Test
    void shouldGoOnWithWhatAnOperatorForced() {
        final Rig rig = asked(true);
        rig.refuse(WEST);
        rig.now(new Event.FeedsSeen(WEST, false, false));
        rig.stepOver(Step.DEMOTE, EAST, true);

        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldWaitForItWhereItIsTheFence() {
        final Rig rig = dead("fence=demote");

        assertEquals(Phase.DEMOTING, rig.phase());
        assertNull(rig.last(Action.Select.class));
    }

    @Test
    void shouldWaitForAServerThatIsWellAtAFailBack() {
        final Rig rig = dead("fail-back=idle");
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.trunksAt(WEST);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(601_000);
        rig.look(WEST, Sight.ANSWERED);
        rig.look(EAST, Sight.ANSWERED);

        assertEquals(Phase.DEMOTING, rig.phase());
        assertEquals(WEST, rig.last(Action.Demote.class).server());
    }

    @Test
    void shouldFinishAfterARestartWithoutTellingItAgain() {
        final Rig rig = dead();
        rig.taken(Action.Demote.class);
        rig.restart();
        rig.trunksAt(WEST);

        assertTrue(rig.last(Action.Select.class).carryOn());
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(WEST, rig.machine().durable().active());
        assertTrue(rig.taken(Action.Demote.class).isEmpty());
        assertEquals(
                List.of("select no-answer Tandem ended in the middle of it", "select OK", "promote ok"), steps(rig));
    }

    @Test
    void shouldPutItBackAfterARestartOnceItsStopMustBeOver() {
        final Rig rig = dead();
        rig.pass(1_000);
        rig.restart();
        rig.trunksAt(EAST);

        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertNull(rig.last(Action.Promote.class));
        rig.pass(2_000 + Attempt.GRACE_MS);
        assertEquals(FenceHeld.NEVER_LEFT, rig.last(Action.Promote.class).fence());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());
    }

    @Test
    void shouldForgetAStopThatCouldNotBeWrittenDown() {
        final Rig rig = dead();
        rig.now(new Event.StoreFailed("disk full"));
        rig.actions.clear();
        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().open());

        rig.asked(new Wish.Switch(WEST, true, false));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(List.of("demote ok", "select OK", "promote ok"), steps(rig));
    }
}
