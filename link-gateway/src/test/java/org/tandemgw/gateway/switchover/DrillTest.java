package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.health.Sight;

/** Out to the other server and home: asked for, on schedule, and everything that can come between. Rows B13, D4. */
class DrillTest {
    private static Rig site(String... words) {
        final RigRules rules = RigRules.site().with("drill=0,1,00:00,0s,2,120s");
        for (final String word : words) {
            rules.with(word);
        }
        return Rig.of(rules).well();
    }

    static Action.Answer asked(Rig rig, boolean dryRun) {
        rig.asked(new Wish.Drill(dryRun));
        return rig.taken(Action.Answer.class).get(0);
    }

    static Drill drill(Rig rig) {
        return rig.machine().durable().drills().newest();
    }

    /** The trunks are moved, and whoever is to start does. */
    static void arrives(Rig rig, String server) {
        rig.selectOver(SelectOutcome.OK);
        rig.trunksAt(server);
        rig.stepOver(Step.PROMOTE, server, true);
        rig.now(new Event.Tick());
    }

    private static Rig away(String... words) {
        final Rig rig = site(words);
        assertTrue(asked(rig, false).ok());
        arrives(rig, WEST);
        rig.actions.clear();
        return rig;
    }

    /** Killed, started again, and everything is well with the trunks at this server. */
    private static void wellAgain(Rig rig, String server) {
        rig.restart();
        rig.rules.servers().forEach(each -> rig.now(new Event.FeedsSeen(each.name(), true, true)));
        rig.now(new Event.CallsSeen(0));
        rig.rules.gateways().forEach(each -> rig.network(each, Sight.ANSWERED));
        rig.rules.servers().forEach(each -> rig.look(each.name(), Sight.ANSWERED));
        rig.trunksAt(server);
    }

    private static DrillVerdict verdict(Rig rig) {
        final List<Action.Drilled> told = rig.taken(Action.Drilled.class);
        assertEquals(1, told.size(), () -> "told once: " + told);
        assertEquals(drill(rig), told.get(0).drill());
        return drill(rig).verdict();
    }

    @Test
    void shouldGoOutAndHomeInTwoDecisionsAndTwoEpochs() {
        final Rig rig = site();

        final Action.Answer answer = asked(rig, false);

        assertTrue(answer.ok(), answer.message());
        assertEquals(Trigger.DRILL, answer.decision().trigger());
        assertEquals(DrillStage.OUT, drill(rig).stage());
        arrives(rig, WEST);
        rig.pass(Standing.PROOF_MS - 100);
        assertEquals(DrillStage.AWAY, drill(rig).stage(), "it was left a moment ago");
        rig.pass(1_100);
        assertEquals(DrillStage.HOME, drill(rig).stage(), "all that the way home needs was there");
        assertEquals(WEST, rig.machine().durable().active());
        arrives(rig, EAST);

        final Drill over = drill(rig);
        assertEquals(DrillVerdict.PASSED, over.verdict());
        assertEquals(EAST, rig.machine().durable().active());
        assertEquals(2, rig.machine().durable().epoch());
        assertEquals(2, rig.machine().durable().decision());
        assertEquals(List.of(1L, 2L), List.of(over.out(), over.back()));
        assertEquals(
                List.of(DrillStage.OUT, DrillStage.OVER),
                rig.taken(Action.Drilled.class).stream()
                        .map(each -> each.drill().stage())
                        .toList());
        assertEquals(
                List.of(false, false),
                rig.taken(Action.Select.class).stream()
                        .map(Action.Select::automatic)
                        .toList());
        assertTrue(rig.view().alarms().isEmpty(), () -> rig.view().alarms().toString());
    }

    @Test
    void shouldSayWhatWouldHappenAndDoNothing() {
        final Rig rig = site();

        final Action.Answer answer = asked(rig, true);

        assertTrue(answer.ok());
        assertEquals(Outcome.WOULD_SWITCH, answer.decision().outcome());
        assertNull(drill(rig));
        assertEquals(0, rig.machine().durable().epoch());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 1_000})
    void shouldCutNobodyOff(int calls) {
        final Rig rig = site();
        rig.now(new Event.CallsSeen(calls));

        final Action.Answer answer = asked(rig, false);

        assertFalse(answer.ok());
        assertEquals(Outcome.REFUSED, answer.decision().outcome());
        assertTrue(answer.message().contains("calls"), answer.message());
        assertTrue(answer.remedy().contains("tandem calls"), answer.remedy());
        assertNull(drill(rig));
        assertEquals(0, rig.machine().durable().epoch(), "a refused request uses no epoch");
    }

    @Test
    void shouldNameEachPreconditionAndTheCommandThatHelps() {
        final Rig rig = site();
        rig.look(EAST, Sight.WRONG);
        assertRefused(rig, "health of cms-east", "tandem status");
        rig.look(EAST, Sight.ANSWERED);
        rig.now(new Event.FeedsSeen(WEST, true, false));
        assertRefused(rig, "feeds of cms-west", "tandem status");
        rig.now(new Event.FeedsSeen(WEST, true, true));
        rig.asked(new Wish.SetMode(Mode.HELD));
        assertRefused(rig, "operator's mode", "tandem mode manual --reason …");
        rig.asked(new Wish.SetMode(Mode.MANUAL));
        rig.now(new Event.Stalled(900));
        assertRefused(rig, "Tandem itself", "tandem alarms");
    }

    private static void assertRefused(Rig rig, String what, String remedy) {
        rig.taken(Action.Answer.class);
        final Action.Answer answer = asked(rig, false);
        assertFalse(answer.ok());
        assertTrue(answer.message().contains(what), answer.message());
        assertTrue(answer.remedy() != null && !answer.remedy().contains("--force"), answer.remedy());
        assertTrue(
                answer.decision().conditions().stream()
                        .anyMatch(each -> each.name().equals(what) && !each.met() && remedy.equals(each.command())),
                () -> answer.decision().conditions().toString());
    }

    @Test
    void shouldNeverBeginASecondOneBesideTheFirst() {
        final Rig rig = site();
        asked(rig, false);

        final Action.Answer second = asked(rig, false);

        assertFalse(second.ok());
        assertTrue(second.message().contains("a drill is under way"), second.message());
    }

    @Test
    void shouldWaitUntilTheOneThatWasLeftHasProvedItself() {
        final Rig rig = site();
        asked(rig, false);
        rig.now(new Event.FeedsSeen(EAST, false, false));
        arrives(rig, WEST);
        assertEquals(DrillStage.AWAY, drill(rig).stage());
        assertTrue(rig.view().drills().missing().stream().anyMatch(each -> each.startsWith("standby")));

        rig.pass(20_000);
        rig.now(new Event.FeedsSeen(EAST, true, true));
        rig.pass(Standing.PROOF_MS - 1_000);
        assertEquals(DrillStage.AWAY, drill(rig).stage());
        rig.pass(2_000);
        assertEquals(DrillStage.HOME, drill(rig).stage());
    }

    @Test
    void shouldWaitForTheDwellBetweenTheTwoWays() {
        final Rig rig = away("dwell=10s");
        assertEquals(DrillStage.AWAY, drill(rig).stage());
        rig.pass(9_000);
        assertEquals(DrillStage.AWAY, drill(rig).stage());
        rig.pass(2_100);
        assertEquals(DrillStage.HOME, drill(rig).stage());
    }

    @Test
    void shouldStayAndSaySoWhereTheWayHomeIsNotFreeInTime() {
        final Rig rig = away("dwell=10s");
        rig.now(new Event.CallsSeen(5));
        rig.pass(119_000);
        assertTrue(drill(rig).open());
        rig.pass(2_000);

        assertEquals(DrillVerdict.STAYED, verdict(rig));
        assertEquals(WEST, drill(rig).active());
        assertTrue(drill(rig).why().contains("5 calls are up"), drill(rig).why());
        assertEquals(1, rig.machine().durable().epoch(), "nothing was forced");
        assertTrue(rig.view().alarms().toString().contains("drillFailed"));
        assertEquals("tandem switch cms-east --reason …", rig.view().next());

        rig.now(new Event.CallsSeen(0));
        rig.pass(600_000);
        assertEquals(WEST, rig.machine().durable().active(), "it does not go home later on");
    }

    @Test
    void shouldEndWhereTheOtherServerFailsAndLeaveThatToTheMachine() {
        final Rig rig = away("reconnect=1s", "dwell=100s");
        rig.refuse(WEST);
        rig.pass(1_100);

        assertEquals(DrillVerdict.INTERRUPTED, verdict(rig));
        assertTrue(drill(rig).why().contains("automatic"), drill(rig).why());
        assertEquals(EAST, rig.machine().durable().open().to());
        assertEquals(Trigger.AUTOMATIC, rig.machine().durable().open().trigger());
        arrives(rig, EAST);
        assertEquals(DrillStage.OVER, drill(rig).stage(), "home by a failure is not a drill that passed");
    }

    @Test
    void shouldEndWhereAnOperatorSwitches() {
        final Rig rig = away("mode=manual", "dwell=100s");
        rig.asked(new Wish.Switch(EAST, true, false));

        assertEquals(DrillVerdict.INTERRUPTED, verdict(rig));
        arrives(rig, EAST);
        assertEquals(EAST, rig.machine().durable().active());
    }

    @Test
    void shouldGiveTheWayOutUpWhenCallsComeBeforeAnythingIsMoved() {
        final Rig rig = site("demote=5s");
        asked(rig, false);
        rig.now(new Event.CallsSeen(3));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.pass(5_000);
        rig.stepOver(Step.PROMOTE, EAST, true);

        assertEquals(DrillVerdict.INTERRUPTED, drill(rig).verdict());
        assertEquals(EAST, rig.machine().durable().active());
        assertTrue(rig.taken(Action.Select.class).isEmpty(), "nothing was moved");
    }

    @Test
    void shouldFailWhereTheTrunksDoNotMove() {
        final Rig rig = site();
        asked(rig, false);
        rig.actions.clear();
        rig.selectOver(SelectOutcome.FAILED);

        assertEquals(DrillVerdict.FAILED, verdict(rig));
        assertEquals(EAST, drill(rig).active());
        assertEquals("holding", rig.view().state());
    }

    @Test
    void shouldSayStayedWhereTheWayHomeFails() {
        final Rig rig = away();
        rig.pass(6_000);
        assertEquals(DrillStage.HOME, drill(rig).stage());
        rig.selectOver(SelectOutcome.FAILED);

        assertEquals(DrillVerdict.STAYED, verdict(rig));
        assertEquals(WEST, drill(rig).active());
    }

    @Test
    void shouldCountTheDwellFromTheEndOfTheWayOut() {
        final Rig rig = site("dwell=10s");
        asked(rig, false);
        rig.pass(4_000); // one card after the other
        arrives(rig, WEST);
        rig.pass(9_000);
        assertEquals(DrillStage.AWAY, drill(rig).stage(), "the last card rests for nine seconds");
        rig.pass(2_100);
        assertEquals(DrillStage.HOME, drill(rig).stage());
    }

    @Test
    void shouldTryThreeTimesWhereABoxRefusesAndThenStayWithNothingHeld() {
        final Rig rig = away("dwell=10s");
        for (int tries = 1; tries <= DrillRule.MOST_TRIES; tries++) {
            rig.pass(11_100);
            assertEquals(DrillStage.HOME, drill(rig).stage());
            assertEquals(tries, drill(rig).tries());
            rig.actions.clear();
            rig.selectOver(SelectOutcome.REFUSED);
            rig.trunksAt(WEST);
        }

        assertEquals(DrillVerdict.STAYED, verdict(rig));
        assertEquals(WEST, rig.machine().durable().active());
        assertNull(rig.machine().durable().holding());
        assertEquals(List.of("drillFailed"), names(rig), "nothing was moved, and nobody has to decide anything");
    }

    @Test
    void shouldPassWhereABoxRefusesOnceAndThenDoesNot() {
        final Rig rig = away("dwell=10s");
        rig.pass(11_100);
        rig.selectOver(SelectOutcome.REFUSED);
        rig.trunksAt(WEST);
        assertEquals(DrillStage.AWAY, drill(rig).stage());
        rig.pass(11_100);
        arrives(rig, EAST);

        assertEquals(DrillVerdict.PASSED, drill(rig).verdict());
        assertEquals(2, drill(rig).tries());
    }

    private static List<String> names(Rig rig) {
        return rig.view().alarms().stream().map(SwitchoverView.AlarmLine::name).toList();
    }

    @Test
    void shouldRefuseAMaintenanceThatItsWayHomeWouldBreak() {
        final Rig rig = away("dwell=10s");
        for (final String server : new String[] {null, EAST}) {
            for (final boolean dry : new boolean[] {true, false}) {
                rig.asked(new Wish.Maintain(server, true, 3_600_000, dry));
                final Action.Answer answer = rig.taken(Action.Answer.class).get(0);
                assertFalse(answer.ok());
                assertTrue(answer.message().contains("drill 1 is under way"), answer.message());
                assertEquals("tandem drill show", answer.remedy());
            }
        }
        assertTrue(rig.machine().durable().maintenance().isEmpty());
    }

    @Test
    void shouldNotBeginWhileTheSiteIsInMaintenance() {
        final Rig rig = site();
        rig.asked(new Wish.Maintain(null, true, 3_600_000, false));
        assertRefused(rig, "maintenance", "tandem maintenance off --reason …");
    }

    @Test
    void shouldNotSayThatNobodyGaveAReason() {
        final Rig rig = site();
        rig.now(new Event.Asked(7, new Wish.Drill(true), "jd", null));
        assertEquals("drill", rig.taken(Action.Answer.class).get(0).decision().reason());
    }

    @Test
    void shouldGoHomeAfterAKillWhileItIsAway() {
        final Rig rig = away("dwell=10s");
        wellAgain(rig, WEST);
        rig.pass(11_000);
        assertEquals(DrillStage.HOME, drill(rig).stage());
        arrives(rig, EAST);

        assertEquals(DrillVerdict.PASSED, drill(rig).verdict());
        assertEquals(2, rig.machine().durable().epoch());
    }

    @Test
    void shouldNotGoOutAgainAfterAKillOnTheWayOut() {
        final Rig rig = site("demote=5s");
        asked(rig, false);
        rig.actions.clear();
        rig.restart();
        rig.wellNow();
        rig.pass(10_000);
        rig.stepOver(Step.PROMOTE, EAST, true);

        assertEquals(DrillVerdict.INTERRUPTED, verdict(rig));
        rig.pass(600_000);
        assertEquals(EAST, rig.machine().durable().active());
        assertEquals(1, rig.machine().durable().epoch(), "never a second out");
    }

    @Test
    void shouldGoHomeOnceMoreWhereAKillHasGivenTheWayHomeUp() {
        final Rig rig = site("demote=5s");
        asked(rig, false);
        rig.stepOver(Step.DEMOTE, EAST, true);
        arrives(rig, WEST);
        rig.pass(6_000);
        assertEquals(DrillStage.HOME, drill(rig).stage());
        wellAgain(rig, WEST);
        rig.pass(12_000);
        rig.stepOver(Step.PROMOTE, WEST, true);
        rig.pass(6_000);
        assertEquals(DrillStage.HOME, drill(rig).stage());
        assertEquals(2, drill(rig).tries());
        rig.stepOver(Step.DEMOTE, WEST, true);
        arrives(rig, EAST);

        assertEquals(DrillVerdict.PASSED, drill(rig).verdict());
    }

    @Test
    void shouldEndWhereAnotherFileNamesOtherServers() {
        final Rig rig = away("dwell=10s");
        final SwitchoverRules other = RigRules.site().with("initial=none").rules();
        final SwitchoverRules renamed = new SwitchoverRules(
                other.site(),
                other.mode(),
                other.servers().stream()
                        .map(each -> new ServerRules(
                                each.name() + "-2",
                                each.probes(),
                                each.promoteMs(),
                                each.demoteMs(),
                                each.release(),
                                each.netTest(),
                                each.machine()))
                        .toList(),
                other.gateways(),
                other.fence(),
                other.reconnectMs(),
                other.unreachablePings(),
                other.unreachableEveryMs(),
                other.restarts(),
                other.holdDownMs(),
                other.failBack(),
                null,
                other.switches(),
                false,
                false,
                other.configHash(),
                other.timeZone());
        final Switchover next = new Switchover(renamed, rig.machine().durable(), rig.nowMs());
        assertEquals(DrillVerdict.INTERRUPTED, next.durable().drills().newest().verdict());
    }

    @Test
    void shouldDoNothingThatCouldNotBeWrittenDown() {
        final Rig rig = site();
        asked(rig, false);
        rig.actions.clear();
        rig.now(new Event.StoreFailed("no space left"));

        assertNull(drill(rig));
        assertTrue(rig.taken(Action.Drilled.class).isEmpty());
    }
}
