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

/** What operators ask for, with what is missing and what helps. */
class OperatorTest {
    private static Rig site(String... words) {
        final RigRules rules = RigRules.site().with("mode=manual");
        for (final String word : words) {
            rules.with(word);
        }
        return Rig.of(rules).well();
    }

    private static Action.Answer asked(Rig rig, Wish wish) {
        rig.asked(wish);
        return rig.taken(Action.Answer.class).get(0);
    }

    @Test
    void shouldSwitchWhenAllIsWell() {
        final Rig rig = site();

        final Action.Answer answer = asked(rig, new Wish.Switch(WEST, false, false));

        assertTrue(answer.ok(), answer.message());
        assertEquals(1, answer.decision().decision());
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.machine().durable().active());
        assertEquals(0, rig.machine().durable().holdDownUntilMs());
        assertEquals("protected", rig.view().state());
    }

    /** As status does: an order by hand counts as well. */
    @Test
    void shouldShowTheNewestEpochWhoeverUsedIt() {
        final Rig rig = site();
        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, false, 3));

        assertEquals(3, rig.view().epoch());
    }

    @Test
    void shouldNameEveryPreconditionThatIsNotMetAndUseNoEpoch() {
        final Rig rig = site();
        rig.look(WEST, Sight.REFUSED);
        rig.now(new Event.FeedsSeen(WEST, true, false));
        rig.now(new Event.TrunksSeen("trunks", null, "unknown", false, false, 0));

        final Action.Answer answer = asked(rig, new Wish.Switch(WEST, false, false));

        assertFalse(answer.ok());
        assertEquals(
                List.of(
                        "health of cms-west: cms-west is not healthy",
                        "feeds of cms-west: cms-west has not yet got all frames",
                        "trunk switch trunks: where trunks leads cannot be read"),
                answer.decision().refusedBecause());
        assertEquals(Outcome.REFUSED, answer.decision().outcome());
        assertNull(answer.decision().epoch());
        assertEquals(0, rig.machine().durable().epoch());
        assertEquals("tandem status", answer.remedy());
    }

    @Test
    void shouldOverridePreconditionsByForceButNeverTheFence() {
        final Rig rig = site();
        rig.look(WEST, Sight.REFUSED);

        assertTrue(asked(rig, new Wish.Switch(WEST, true, false)).ok());
        assertTrue(rig.last(Action.Select.class).forced());
        rig.selectOver(SelectOutcome.UNKNOWN);

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldNotBeForcedPastModeNoneNorMonitorOnly() {
        assertFalse(asked(site("mode=none"), new Wish.Switch(WEST, true, false)).ok());
        assertFalse(asked(site("monitor-only=yes"), new Wish.Switch(WEST, true, false))
                .ok());
    }

    @Test
    void shouldSayWhatADryRunWouldDoAndDoNothing() {
        final Rig rig = site();

        final Action.Answer would = asked(rig, new Wish.Switch(WEST, false, true));
        assertEquals(Outcome.WOULD_SWITCH, would.decision().outcome());
        assertTrue(would.ok());
        rig.now(new Event.FeedsSeen(WEST, false, false));
        final Action.Answer not = asked(rig, new Wish.Switch(WEST, false, true));

        assertEquals(Outcome.REFUSED, not.decision().outcome());
        assertEquals(0, rig.machine().durable().decision());
        assertEquals(Phase.WATCHING, rig.phase());
    }

    @Test
    void shouldRefuseASecondSwitchWhileOneIsUnderWay() {
        final Rig rig = site();
        asked(rig, new Wish.Switch(WEST, false, false));

        assertFalse(asked(rig, new Wish.Switch(WEST, true, false)).ok());
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldHoldAfterTrunksWereMovedByHandUntilTheyAreAdopted() {
        final Rig rig = site();
        rig.trunksAt(WEST);
        assertEquals(Phase.HOLDING, rig.phase());

        final Action.Answer answer = asked(rig, new Wish.Adopted("trunks"));

        assertTrue(answer.ok(), answer.message());
        assertEquals(Phase.SELECTING, rig.phase());
        rig.now(rig.over("trunks", SelectOutcome.OK));
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.machine().durable().active());
    }

    @Test
    void shouldEndHoldingWhenTheTrunksAreBackAndAdopted() {
        final Rig rig = site();
        rig.trunksAt(null);
        assertEquals(Phase.HOLDING, rig.phase());
        assertFalse(asked(rig, new Wish.Resume()).ok());
        rig.trunksAt(EAST);
        assertEquals(Phase.HOLDING, rig.phase());

        assertTrue(asked(rig, new Wish.Adopted("trunks")).ok());

        assertEquals(Phase.WATCHING, rig.phase());
    }

    @Test
    void shouldTakeTheMoreCarefulOfTwoModesAndAutoOnlyOnceCheckedLive() {
        final Rig rig = new Rig(RigRules.site().rules(), null, 1_000_000);
        rig.trunksAt(EAST);
        assertEquals(Mode.MANUAL, rig.view().mode());
        assertEquals("tandem check --live", rig.view().next());
        assertFalse(asked(rig, new Wish.LiveChecked("another")).ok());
        assertTrue(asked(rig, new Wish.LiveChecked(RigRules.HASH)).ok());
        assertEquals(Mode.AUTO, rig.view().mode());

        assertTrue(asked(rig, new Wish.SetMode(Mode.HELD)).ok());
        assertEquals(Mode.HELD, rig.view().mode());
        rig.restart();
        assertEquals(Mode.HELD, rig.view().mode());
        assertFalse(asked(rig, new Wish.SetMode(Mode.NONE)).ok());
    }

    @Test
    void shouldRefuseAServerThatDoesNotExist() {
        assertFalse(asked(site(), new Wish.Switch("cms-north", true, false)).ok());
    }

    @Test
    void shouldNotBelieveAPictureFromBeforeTheSelect() {
        final Rig rig = site();
        asked(rig, new Wish.Switch(WEST, false, false));
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);

        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, false, 0));
        assertEquals(Phase.WATCHING, rig.phase());
        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, true, 1));
        assertEquals(Phase.HOLDING, rig.phase());
    }

    @Test
    void shouldSayNothingOnAGoodDay() {
        final Rig rig = site();
        assertEquals(List.of(), rig.view().because());
        assertNull(rig.view().next());
    }

    @Test
    void shouldSayWhomToBringBackWhileTheOtherServerIsDown() {
        final Rig rig = site();
        for (int i = 0; i < 3; i++) {
            rig.pass(200);
            rig.look(WEST, Sight.REFUSED);
        }
        assertEquals("unprotected", rig.view().state());
        assertEquals(
                "tandem status; then bring cms-west back: until then nothing protects the site",
                rig.view().next());
    }

    @Test
    void shouldShowTheModeOfTheFileWhereTheFileIsMeant() {
        final Rig rig = site();
        rig.asked(new Wish.SetMode(Mode.HELD));
        final Condition file = rig.view().conditions().get(0);
        assertEquals("switchover.mode", file.name());
        assertEquals("manual", file.value());
        assertTrue(file.met());
    }
}
