package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** What speaks against a server: what has had its switch, what is still to have it, and what is too old to. */
class EvidenceTest {
    private static List<String> mustClear(Rig rig) {
        return rig.machine().durable().mustClear();
    }

    private static Condition unmet(Rig rig, String name) {
        return rig.view().conditions().stream()
                .filter(each -> each.name().equals(name) && !each.met())
                .findFirst()
                .orElse(null);
    }

    @Test
    void shouldSwitchAwayFromAServerThatFailsWhileItIsToldToStart() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.refuse(WEST);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(List.of(), mustClear(rig));

        rig.pass(1);
        rig.answerAll(EAST);
        rig.pass(20_000);
        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(EAST, rig.last(Action.Select.class).server());
    }

    /** Tandem stood still meanwhile, so that the new one failed and the old one came back between two of its looks. */
    @Test
    void shouldGoBackByItselfWhereTheNewOneFailedWhileItWasToldToStart() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        assertEquals(Phase.PROMOTING, rig.phase());
        rig.now(new Event.Stalled(20_000));
        rig.answerAll(EAST);
        rig.refuse(WEST);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(
                List.of(),
                mustClear(rig).stream().filter(each -> each.startsWith(WEST)).toList());

        rig.asked(new Wish.Resume());
        for (int i = 0; i < 30 && rig.phase() != Phase.SELECTING; i++) {
            rig.pass(1_000);
            rig.answerAll(EAST);
            rig.look(WEST, Sight.REFUSED);
        }
        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(EAST, rig.last(Action.Select.class).server());
    }

    @Test
    void shouldSwitchForWhatNeverHadItsSwitchBecauseTheDiskWasFull() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.now(new Event.StoreFailed("no space left on device"));
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(List.of(), mustClear(rig));

        rig.asked(new Wish.Resume());
        rig.pass(1);
        rig.answerAll(WEST);
        rig.pass(5_000);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    /** Nor does a stall in between, after which everything is counted anew, make it new. */
    @Test
    void shouldNotLeaveAServerForWhatAnOperatorKnewWhenHeForcedTheSwitchToIt() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(WEST);
        rig.asked(new Wish.Switch(WEST, true, false));
        rig.now(new Event.Stalled(6_800));
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.trunksAt(WEST);
        rig.refuse(WEST);
        rig.pass(30_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertEquals(
                "it has had its switch already, and must clear and recur",
                unmet(rig, "new evidence").missing());

        rig.look(WEST, Sight.ANSWERED);
        rig.refuse(WEST);
        rig.pass(5_000);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    @Test
    void shouldNotSwitchAgainForWhatHadItsSwitchBeforeARestart() {
        final Rig rig = Rig.of(
                        RigRules.site().with("fence=demote").with("demote=3s").with("switches=none"))
                .well();
        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.restart();
        rig.now(new Event.LegsSeen(true));
        rig.stepOver(Step.DEMOTE, EAST, false);
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Outcome.FAILED, rig.last(Action.Closed.class).decision().outcome());
        assertEquals(List.of(EAST + "/app"), mustClear(rig));

        rig.asked(new Wish.Resume());
        rig.wellNow();
        rig.refuse(EAST);
        assertEquals(List.of(), mustClear(rig), "it answered");
    }

    @Test
    void shouldCountAgainWhatSpokeForASwitchThatWasGivenUp() {
        final Rig rig =
                Rig.of(RigRules.site().with("fence=demote").with("demote=3s")).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.DEMOTING, rig.phase());
        assertEquals(List.of(EAST + "/app"), mustClear(rig));
        rig.asked(new Wish.SetMode(Mode.MANUAL));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());
        assertEquals(List.of(), mustClear(rig));
    }

    @Test
    void shouldNotTakeARestartFromATimeInWhichItCouldNotLookForNews() {
        final Rig rig = Rig.of(RigRules.site()).well();
        restarts(rig, "pid-1", "pid-2");
        for (int i = 0; i < 8; i++) {
            rig.pass(1_000);
            rig.look(EAST, Sight.NOT_ASKED);
        }
        restarts(rig, "pid-3");
        rig.answerAll(WEST);
        rig.pass(60_000);

        assertEquals(Phase.WATCHING, rig.phase());
        assertTrue(rig.taken(Action.Opened.class).isEmpty(), "it may have been steady for seven seconds");
    }

    @Test
    void shouldNotSwitchAwayFromAServerThatHasBeenSteadySinceItWasRestarted() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.now(new Event.TrunksSeen("trunks", null, "unknown", false, false, 0));
        restarts(rig, "pid-1", "pid-2", "pid-3");
        rig.pass(60);
        rig.answerAll(WEST);
        rig.pass(5_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        for (int i = 0; i < 5; i++) {
            restarts(rig, "pid-3");
        }
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(
                EAST + " was restarted too often, and has been steady since",
                unmet(rig, "failure of " + EAST).missing());
        rig.trunksAt(EAST);
        rig.pass(60_000);
        assertEquals(Phase.WATCHING, rig.phase());

        restarts(rig, "pid-4");
        rig.pass(60);
        rig.answerAll(WEST);
        rig.pass(5_000);
        assertEquals(Phase.SELECTING, rig.phase(), "one more is news again");
    }

    @Test
    void shouldNotTakeSilenceForTheServersOwnWordBecauseItWasRestartedLongAgo() {
        final Rig rig = Rig.of(RigRules.site().with("mode=manual")).well();
        restarts(rig, "pid-1", "pid-2", "pid-3", "pid-3");
        rig.pass(60_000);
        for (int i = 0; i < 3; i++) {
            rig.pass(200);
            rig.look(EAST, Sight.SILENT);
        }
        rig.pass(10_000);
        assertEquals(Phase.ISOLATED, rig.phase(), "no gateway has answered since");
    }

    @Test
    void shouldNotSwitchWhileNobodyCanSeeWhetherTheServerIsStillDown() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.refuse(EAST);
        rig.look(EAST, Sight.NOT_ASKED);
        rig.pass(8_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertTrue(unmet(rig, "sight of " + EAST).missing().contains("still down"));
        assertFalse(rig.view().alarms().isEmpty());

        rig.look(EAST, Sight.REFUSED);
        assertEquals(Phase.SELECTING, rig.phase());
    }

    private static void restarts(Rig rig, String... identities) {
        for (final String each : identities) {
            rig.pass(1_000);
            rig.now(new Event.Looked(EAST, "app", false, new Look(Sight.ANSWERED, null, 400, each, null)));
        }
    }
}
