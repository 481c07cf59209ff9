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

/** The trunks are moved, and the new active server does not start. */
class PromoteFailsTest {
    private static Action.Answer asked(Rig rig, Wish wish) {
        rig.asked(wish);
        return rig.taken(Action.Answer.class).get(0);
    }

    /** West is in control, and its promote failed three times. */
    private static Rig notStarted(String... words) {
        final RigRules rules = RigRules.site().with("mode=manual");
        for (final String word : words) {
            rules.with(word);
        }
        final Rig rig = Rig.of(rules).well();
        asked(rig, new Wish.Switch(WEST, false, false));
        if (rig.phase() == Phase.DEMOTING) {
            rig.stepOver(Step.DEMOTE, EAST, true);
        }
        if (rig.phase() == Phase.SELECTING) {
            rig.selectOver(SelectOutcome.OK);
            rig.trunksAt(WEST);
        }
        for (int i = 0; i < Attempt.MOST_PROMOTES; i++) {
            rig.stepOver(Step.PROMOTE, WEST, false);
            rig.pass(Attempt.PROMOTE_PAUSE_MS);
        }
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(WEST, rig.view().active());
        rig.actions.clear();
        return rig;
    }

    @Test
    void shouldOfferTheCommandThatTellsItToStartAgain() {
        final Rig rig = notStarted();

        assertEquals(
                "tandem why 1; then tandem switch cms-west --reason …, or tandem switch cms-east --reason …",
                rig.view().next());
        assertTrue(asked(rig, new Wish.Switch(WEST, false, true)).ok());
        final Action.Answer answer = asked(rig, new Wish.Switch(WEST, false, false));

        assertTrue(answer.ok(), answer.message());
        assertEquals(2, rig.last(Action.Select.class).epoch());
        rig.selectOver(SelectOutcome.OK);
        assertEquals(FenceHeld.TRUNK_SWITCH, rig.last(Action.Promote.class).fence());
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals("protected", rig.view().state());
        assertFalse(asked(rig, new Wish.Switch(WEST, false, false)).ok());
        assertTrue(asked(rig, new Wish.Resume()).ok());
    }

    @Test
    void shouldNotResumeOverAServerThatWasNeverStarted() {
        final Rig rig = notStarted();
        for (int i = 0; i < 2; i++) {
            final Action.Answer answer = asked(rig, new Wish.Resume());

            assertFalse(answer.ok());
            assertEquals("tandem switch cms-west --reason …", answer.remedy());
            assertEquals(Phase.HOLDING, rig.phase());
            rig.restart();
            rig.trunksAt(WEST);
        }
        assertEquals(
                Holding.Kind.PROMOTE_FAILED, rig.machine().durable().holding().kind());
    }

    @Test
    void shouldGoOnHoldingWhenTheNextSwitchComesToNothing() {
        final Rig fenced = notStarted("fence=demote", "demote=3s", "switches=none");
        asked(fenced, new Wish.Switch(WEST, true, false));
        assertEquals(Phase.DEMOTING, fenced.phase());
        fenced.stepOver(Step.DEMOTE, EAST, false);
        assertEquals(
                Holding.Kind.PROMOTE_FAILED,
                fenced.machine().durable().holding().kind());
        assertFalse(asked(fenced, new Wish.Resume()).ok());

        final Rig refused = notStarted();
        asked(refused, new Wish.Switch(EAST, false, false));
        refused.selectOver(SelectOutcome.REFUSED);
        assertEquals(WEST, refused.view().active());
        assertFalse(asked(refused, new Wish.Resume()).ok());

        final Rig full = notStarted();
        asked(full, new Wish.Switch(EAST, false, false));
        full.now(new Event.StoreFailed("no space left on device"));
        full.taken(Action.Answer.class);
        assertFalse(asked(full, new Wish.Resume()).ok());
        assertTrue(full.view().next().contains("tandem switch cms-west --reason …"));
    }

    @Test
    void shouldLeadToTheOtherServerAsWell() {
        final Rig rig = notStarted();
        asked(rig, new Wish.Switch(EAST, false, false));
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(EAST, rig.view().active());
        assertNull(rig.machine().durable().unstarted());
    }

    @Test
    void shouldNotBeTriedAgainOnceTheTrunksWereMovedAway() {
        final Rig rig = Rig.of(RigRules.site()).well();
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, false);
        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, true, 1));
        rig.taken(Action.Promote.class);
        rig.pass(Attempt.PROMOTE_PAUSE_MS);

        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        assertEquals(Phase.HOLDING, rig.phase());
        final Decision over = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.FAILED, over.outcome());
        assertEquals(
                List.of("the fence does not hold any more: moved without Tandem: trunks leads to cms-east,"
                        + " cms-west is active"),
                over.refusedBecause());
        assertFalse(asked(rig, new Wish.Resume()).ok());
    }

    /** Books follow the marks, and the marks who is in control. */
    @Test
    void shouldSayThatTheServerWithTheTrunksHasTakenOver() {
        final Rig rig = Rig.of(RigRules.site().with("mode=manual")).well();
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.selectOver(SelectOutcome.OK);
        rig.trunksAt(WEST);
        for (int i = 0; i < Attempt.MOST_PROMOTES; i++) {
            rig.stepOver(Step.PROMOTE, WEST, false);
            rig.pass(Attempt.PROMOTE_PAUSE_MS);
        }
        assertEquals(WEST, rig.view().active());
        final Action.Closed failed = rig.last(Action.Closed.class);
        assertEquals(Outcome.FAILED, failed.decision().outcome());
        assertTrue(failed.tookOver());
        assertEquals(failed.decision().epoch(), rig.machine().durable().switched());

        final Rig nothingMoved = Rig.of(RigRules.site().with("mode=manual")).well();
        asked(nothingMoved, new Wish.Switch(WEST, false, false));
        nothingMoved.now(new Event.SelectOver(1, "trunks", SelectOutcome.REFUSED, false, List.of(), "no"));
        assertFalse(nothingMoved.last(Action.Closed.class).tookOver());
        assertEquals(0, nothingMoved.machine().durable().switched());
    }

    @Test
    void shouldSayInTheRecordWhyNothingWasMoved() {
        final Rig rig = Rig.of(RigRules.site().with("mode=manual")).well();
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.now(new Event.SelectOver(
                1, "trunks", SelectOutcome.REFUSED, false, List.of(), "epoch 1 was taken by an order by hand"));

        final Decision closed = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.FAILED, closed.outcome());
        assertEquals(
                List.of("nothing was moved: trunks sent nothing: epoch 1 was taken by an order by hand"),
                closed.refusedBecause());
        assertEquals(
                "tandem why 1; then tandem switch SERVER --reason …, or tandem resume --reason …",
                rig.view().next());
    }

    @Test
    void shouldSayThatAServerIsDownAndWhatItsProbeSaid() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(WEST);
        assertTrue(
                rig.view().because().contains("cms-west is down: app refused"),
                rig.view().because()::toString);
        rig.refuse(EAST);
        for (int i = 0; i < 3; i++) {
            rig.look(WEST, Sight.REFUSED);
        }
        rig.pass(10_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertTrue(
                rig.view().because().contains("cms-east is down: app refused"),
                rig.view().because()::toString);
    }
}
