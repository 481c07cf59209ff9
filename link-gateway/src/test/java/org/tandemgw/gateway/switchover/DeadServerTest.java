package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** The active server refuses: it is dead, and said so itself. */
class DeadServerTest {
    @Test
    void shouldMoveTheTrunksReadThemBackAndPromote() {
        final Rig rig = Rig.of(RigRules.site()).well();

        rig.refuse(EAST);
        assertEquals(Phase.RECONNECTING, rig.phase());
        rig.pass(5_000);

        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(WEST, rig.last(Action.Select.class).server());
        assertTrue(rig.machine().durable().open().committed());
        assertEquals(EAST, rig.machine().durable().active());
        rig.selectOver(SelectOutcome.OK);
        assertEquals(FenceHeld.TRUNK_SWITCH, rig.last(Action.Promote.class).fence());
        assertEquals(WEST, rig.machine().durable().active());
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(Phase.WATCHING, rig.phase());
        final Decision over = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.SWITCHED, over.outcome());
        assertEquals(
                List.of("select", "promote"),
                over.steps().stream().map(Decision.StepLine::step).toList());
        assertEquals(3, over.evidence().size());
        assertNull(rig.machine().durable().open());
        assertEquals(rig.nowMs() + 600_000, rig.machine().durable().holdDownUntilMs());
        assertEquals("unprotected", rig.view().state());
    }

    @Test
    void shouldNotSwitchIfItComesBackInTime() {
        final Rig rig = Rig.of(RigRules.site()).well();

        rig.refuse(EAST);
        rig.pass(4_900);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(60_000);

        assertEquals(Phase.WATCHING, rig.phase());
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
    }

    @Test
    void shouldAbandonIfItComesBackWhileItIsToldToStopAndTellItToStart() {
        final Rig rig =
                Rig.of(RigRules.site().with("demote=3s").with("fence=demote")).well();

        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.look(EAST, Sight.ANSWERED);

        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertNull(rig.last(Action.Promote.class));
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(FenceHeld.NEVER_LEFT, rig.last(Action.Promote.class).fence());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());
        assertTrue(rig.taken(Action.Select.class).isEmpty());
        assertEquals(EAST, rig.machine().durable().active());
    }

    @Test
    void shouldGoOnWhenItComesBackAfterThePointOfNoReturn() {
        final Rig rig = Rig.of(RigRules.site()).well();

        rig.refuse(EAST);
        rig.pass(5_000);
        rig.look(EAST, Sight.ANSWERED);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(WEST, rig.machine().durable().active());
    }

    @Test
    void shouldNotSwitchAgainOnTheSameEvidenceNorDuringHoldDown() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.trunksAt(WEST);
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(10_000);
        assertEquals(Role.STANDBY, rig.view().servers().get(0).role());

        rig.refuse(WEST);
        rig.pass(10_000);

        assertEquals(Phase.BLOCKED, rig.phase());
        final Decision held = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.HELD, held.outcome());
        assertTrue(
                held.refusedBecause().get(0).startsWith("hold-down"),
                held.refusedBecause().toString());
        rig.asked(new Wish.Resume());
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldRetryAPromoteThatFailsAndThenHold() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.selectOver(SelectOutcome.OK);
        for (int i = 0; i < Attempt.MOST_PROMOTES; i++) {
            assertEquals(1, rig.taken(Action.Promote.class).size());
            rig.stepOver(Step.PROMOTE, WEST, false);
            rig.pass(Attempt.PROMOTE_PAUSE_MS);
        }

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(WEST, rig.machine().durable().active());
        assertEquals(Outcome.FAILED, rig.last(Action.Closed.class).decision().outcome());
        assertTrue(rig.view().alarms().stream().anyMatch(each -> each.name().equals("switchFailed")));
    }

    @Test
    void shouldEndAStepThatNeverTellsItsEnd() {
        final Rig rig = Rig.of(RigRules.site().with("demote=3s")).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.now(new Event.StepBegan(1, EAST, Step.DEMOTE, 1));

        rig.pass(3_000 + Attempt.GRACE_MS);
        assertEquals(Phase.SELECTING, rig.phase());
        rig.pass(20_000 + Attempt.GRACE_MS);

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
    }

    @Test
    void shouldHoldWhenBothAreBad() {
        final Rig rig = Rig.of(RigRules.site()).well();

        rig.look(WEST, Sight.REFUSED);
        rig.look(WEST, Sight.REFUSED);
        rig.look(WEST, Sight.REFUSED);
        rig.refuse(EAST);
        rig.look(WEST, Sight.REFUSED);
        rig.look(WEST, Sight.REFUSED);
        rig.look(WEST, Sight.REFUSED);
        rig.pass(60_000);

        assertEquals(Phase.BLOCKED, rig.phase());
        assertEquals("holding", rig.view().state());
        assertTrue(rig.taken(Action.Opened.class).isEmpty());
    }
}
