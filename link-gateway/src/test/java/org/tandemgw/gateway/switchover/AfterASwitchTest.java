package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** After an automatic switch: rejoin, fail-back, evidence that must clear, releases that differ. */
class AfterASwitchTest {
    private static Rig switched(String... words) {
        final RigRules rules = RigRules.site();
        for (final String word : words) {
            rules.with(word);
        }
        final Rig rig = Rig.of(rules).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.trunksAt(WEST);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.view().active());
        return rig;
    }

    private static Role roleOfEast(Rig rig) {
        return rig.view().servers().get(0).role();
    }

    @Test
    void shouldLetTheOldActiveRejoinWithinTenSecondsOfBeingUpAtParity() {
        final Rig rig = switched();
        rig.now(new Event.FeedsSeen(EAST, false, false));
        assertEquals(Role.OUT, roleOfEast(rig));
        assertTrue(rig.taken(Action.Hook.class).stream().anyMatch(each -> each.on() == HookEvent.UNPROTECTED));
        rig.look(EAST, Sight.ANSWERED);
        rig.now(new Event.FeedsSeen(EAST, true, false));
        assertEquals(Role.REJOINING, roleOfEast(rig));
        rig.pass(60_000);
        assertEquals(Role.REJOINING, roleOfEast(rig));
        rig.now(new Event.FeedsSeen(EAST, true, true));
        rig.pass(9_999);
        assertEquals(Role.STANDBY, roleOfEast(rig));
        assertEquals("protected", rig.view().state());
    }

    @Test
    void shouldGoBackWhenIdleOnceHoldDownIsOverAndCallsAreKnownToBeNone() {
        final Rig rig = switched("fail-back=idle");
        rig.now(new Event.CallsSeen(-1));
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(700_000);
        assertEquals(Phase.WATCHING, rig.phase());
        rig.now(new Event.CallsSeen(2));
        assertEquals(Phase.WATCHING, rig.phase());
        rig.now(new Event.CallsSeen(0));
        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(EAST, rig.last(Action.Select.class).server());
        rig.trunksAt(EAST);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertNull(rig.machine().durable().home());
        rig.pass(3_600_000);
        assertEquals(EAST, rig.view().active());
    }

    @Test
    void shouldGoBackInItsWindowOnly() {
        final Rig rig = switched("fail-back=02:00-04:00");
        rig.look(EAST, Sight.ANSWERED);
        // The rig's clock begins at 01:16 of Berlin, on 1 January 1970; two in the morning is 43 minutes and 20 seconds
        // on.
        rig.pass(25 * 60_000);
        assertEquals(Phase.WATCHING, rig.phase());
        rig.pass(18 * 60_000 + 20_000);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldOnlySayThatItCanGoBackWhereAnOperatorDecides() {
        final Rig rig = switched("fail-back=manual");
        rig.look(EAST, Sight.ANSWERED);
        rig.pass(700_000);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals("tandem switch cms-east --reason …", rig.view().next());
    }

    @Test
    void shouldNotGoBackByItselfAfterAnOperatorHasSwitched() {
        final Rig rig = Rig.of(RigRules.site().with("fail-back=idle")).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.pass(3_600_000);
        assertEquals(WEST, rig.view().active());
    }

    @Test
    void shouldWaitUntilEvidenceHasClearedAndRecurred() {
        final Rig rig = Rig.of(RigRules.site()).well();
        for (int i = 0; i < 3; i++) {
            rig.look(WEST, Sight.REFUSED);
        }
        rig.asked(new Wish.Switch(WEST, true, false));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.pass(1);
        rig.answerAll(EAST);
        rig.pass(60_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        rig.look(EAST, Sight.ANSWERED);
        assertTrue(
                rig.view().conditions().stream().anyMatch(each -> each.name().equals("new evidence") && !each.met()));

        rig.look(WEST, Sight.ANSWERED);
        assertEquals(Phase.WATCHING, rig.phase());
        rig.refuse(WEST);
        rig.pass(5_000);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldNotSwitchByItselfBetweenDifferentReleasesUnlessAllowed() {
        for (final boolean allowed : new boolean[] {false, true}) {
            final Rig rig = Rig.of(RigRules.site().with("skew-allowed=" + (allowed ? "yes" : "no")))
                    .well();
            rig.now(new Event.Looked(EAST, "app", false, new Look(Sight.ANSWERED, null, 1, null, "21.0")));
            rig.now(new Event.Looked(WEST, "app", false, new Look(Sight.ANSWERED, null, 1, null, "20.1")));
            rig.refuse(EAST);
            rig.pass(5_000);
            assertEquals(allowed ? Phase.SELECTING : Phase.BLOCKED, rig.phase());
            if (!allowed) {
                rig.asked(new Wish.Switch(WEST, false, false));
                assertTrue(rig.last(Action.Answer.class).message().contains("different releases"));
                assertEquals(Phase.SELECTING, rig.phase());
            }
        }
    }

    @Test
    void shouldRecordOnceWhyItDoesNotSwitch() {
        final Rig rig = Rig.of(RigRules.site().with("mode=manual")).well();
        rig.refuse(EAST);
        for (int i = 0; i < 100; i++) {
            rig.pass(200);
            rig.look(EAST, Sight.REFUSED);
        }
        assertEquals(1, rig.taken(Action.Closed.class).size());
        assertFalse(rig.view().alarms().isEmpty());
    }
}
