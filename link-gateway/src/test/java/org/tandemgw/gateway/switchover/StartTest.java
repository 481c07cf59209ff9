package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles at a start: from the record and the positions together, never from who answers. */
class StartTest {
    private static final long NOW_MS = 5_000_000;

    private static Rig start(Durable found, String... words) {
        final RigRules rules = RigRules.site();
        for (final String word : words) {
            rules.with(word);
        }
        return new Rig(rules.rules(), found, NOW_MS);
    }

    private static Durable record(String active, OpenAttempt open) {
        return new Durable(4, active, null, 0, null, List.of(), null, 7, RigRules.HASH, open, null);
    }

    private static OpenAttempt open(Step step, boolean demoteSent, boolean committed) {
        return new OpenAttempt(
                7,
                4,
                EAST,
                WEST,
                Trigger.AUTOMATIC,
                "dead",
                "tandem",
                false,
                step,
                demoteSent,
                committed,
                true,
                1,
                RigRules.HASH,
                List.of());
    }

    @Test
    void shouldResumeWhenPositionsMatchTheRecord() {
        final Rig rig = start(record(WEST, null));
        assertEquals(Phase.STARTING, rig.phase());
        rig.trunksAt(WEST);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(WEST, rig.view().active());
    }

    @Test
    void shouldHoldWhenPositionsAreElsewhere() {
        final Rig rig = start(record(WEST, null));
        rig.trunksAt(EAST);
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                Holding.Kind.POSITIONS_ELSEWHERE,
                rig.machine().durable().holding().kind());
        assertTrue(rig.view().next().startsWith("tandem trunks adopt trunks"));
        rig.restart();
        rig.now(new Event.Tick());
        rig.trunksAt(WEST);
        assertEquals(Phase.HOLDING, rig.phase());
    }

    @Test
    void shouldHoldWhilePositionsAreUnknownAndGoOnOnceTheyMatch() {
        final Rig rig = start(record(WEST, null));
        rig.pass(Startup.LIMIT_MS);
        assertEquals(Phase.HOLDING, rig.phase());
        rig.trunksAt(WEST);
        assertEquals(Phase.WATCHING, rig.phase());
        assertNull(rig.machine().durable().holding());
    }

    @Test
    void shouldTakeInitialOnlyWhenNothingIsRecordedAndThePositionsAgree() {
        final Rig agrees = start(null);
        agrees.trunksAt(EAST);
        assertEquals(EAST, agrees.view().active());

        final Rig not = start(null);
        not.trunksAt(WEST);
        assertEquals(Phase.HOLDING, not.phase());
        assertNull(not.view().active());

        final Rig nobody = start(null, "initial=none", "switches=none", "fence=none");
        nobody.now(new Event.Tick());
        assertEquals(Phase.UNASSIGNED, nobody.phase());
        assertTrue(nobody.view().alarms().isEmpty());
    }

    @Test
    void shouldTakeInitialAlsoAfterAFirstStartThatDecidedNothing() {
        final Rig rig = start(null);
        rig.pass(1_000);
        rig.restart();
        rig.trunksAt(EAST);
        assertEquals(EAST, rig.view().active());
    }

    @Test
    void shouldAbandonAnOpenStepThatSentNothing() {
        final Rig rig = start(record(EAST, open(Step.DEMOTE, false, false)));
        rig.trunksAt(EAST);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());
    }

    @Test
    void shouldTellTheOldOneToStartAgainIfItWasToldToStop() {
        final Rig rig = start(record(EAST, open(Step.DEMOTE, true, false)), "demote=3s");
        rig.trunksAt(EAST);
        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.WATCHING, rig.phase());
    }

    /** An operator switched to the server in control, whose promote had failed, and Tandem was killed before it went on. */
    @Test
    void shouldNotForgetThatTheServerInControlWasNeverStarted() {
        final OpenAttempt open = open(Step.DEMOTE, true, false);
        final Rig rig =
                start(new Durable(4, WEST, null, 0, null, List.of(), null, 7, RigRules.HASH, open, WEST), "demote=3s");
        rig.trunksAt(WEST);
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(WEST, rig.machine().durable().unstarted());
        rig.asked(new Wish.Resume());
        assertFalse(rig.last(Action.Answer.class).ok());
        rig.asked(new Wish.Adopted("trunks"));

        assertFalse(rig.phase() == Phase.WATCHING, "nobody has told it to start with success");
    }

    @Test
    void shouldTellNobodyToStartBeforeThePositionsAreRead() {
        final Rig rig = start(record(EAST, open(Step.DEMOTE, true, false)), "demote=3s");
        rig.pass(Startup.LIMIT_MS + 60_000);
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                Holding.Kind.POSITIONS_UNKNOWN,
                rig.machine().durable().holding().kind());
        assertEquals("tandem trunks query trunks", rig.view().next());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        rig.asked(new Wish.Switch(WEST, true, false));
        assertFalse(rig.last(Action.Answer.class).ok());
        rig.restart();
        rig.pass(Startup.LIMIT_MS);
        final Rig moved = rig.copy();

        rig.trunksAt(EAST);
        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertNull(rig.machine().durable().holding());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.WATCHING, rig.phase());

        moved.trunksAt(WEST);
        assertEquals(Phase.HOLDING, moved.phase());
        assertTrue(moved.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldFinishUnderTheSameEpochWhenAllCardsAreNew() {
        for (final Step step : new Step[] {Step.SELECT, Step.PROMOTE}) {
            final Rig rig = start(record(step == Step.PROMOTE ? WEST : EAST, open(step, false, true)));
            rig.trunksAt(WEST);
            final Action.Select select = rig.last(Action.Select.class);
            assertEquals(4, select.epoch());
            assertTrue(select.carryOn());
            rig.selectOver(SelectOutcome.OK);
            rig.stepOver(Step.PROMOTE, WEST, true);
            assertEquals(WEST, rig.view().active());
            assertEquals(4, rig.machine().durable().epoch());
        }
    }

    @Test
    void shouldTellNobodyToStartWhenTheTrunksWereMovedBeforeWeMovedAnything() {
        final Rig rig = start(record(EAST, open(Step.DEMOTE, true, false)), "demote=3s");
        rig.trunksAt(WEST);
        assertEquals(Phase.HOLDING, rig.phase());
        rig.pass(60_000);
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());

        rig.trunksAt(EAST);
        rig.asked(new Wish.Adopted("trunks"));
        assertEquals(Phase.HOLDING, rig.phase());
        rig.asked(new Wish.Switch(EAST, true, false));
        rig.stepOver(Step.DEMOTE, WEST, true);
        rig.selectOver(SelectOutcome.OK);
        assertEquals(EAST, rig.last(Action.Promote.class).server());
    }

    @Test
    void shouldGoOnWithThePromoteWhereTheFenceHadHeld() {
        final Rig rig = new Rig(
                RigRules.site()
                        .with("switches=none")
                        .with("fence=demote")
                        .with("demote=3s")
                        .rules(),
                null,
                NOW_MS);
        rig.wellNow();
        rig.asked(new Wish.Switch(WEST, true, false));
        rig.stepOver(Step.DEMOTE, EAST, true);
        assertEquals(Phase.PROMOTING, rig.phase());
        rig.actions.clear();
        rig.restart();
        rig.now(new Event.Tick());

        assertTrue(rig.taken(Action.Demote.class).isEmpty());
        assertEquals(FenceHeld.DEMOTE, rig.last(Action.Promote.class).fence());
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.view().active());
    }

    @Test
    void shouldDoAsOnPartialSaysWhenCardsAreMixed() {
        final Rig rig = start(record(EAST, open(Step.SELECT, false, true)));
        rig.trunksAt(null);
        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.view().active());
    }

    @Test
    void shouldKeepTheOldOneWhenNothingHasMoved() {
        final Rig rig = start(record(EAST, open(Step.SELECT, false, true)));
        rig.trunksAt(EAST);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(EAST, rig.view().active());
    }

    @Test
    void shouldHoldWhenPositionsAreUnknownInTheMiddleOfASelect() {
        final Rig rig = start(record(EAST, open(Step.SELECT, false, true)));
        rig.pass(Startup.LIMIT_MS);
        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.view().active());
    }

    @Test
    void shouldNotLetAHoldDownFromTheFutureLastLongerThanItIs() {
        final Rig rig = start(new Durable(
                4, EAST, null, Long.MAX_VALUE / 2, null, List.of("cms-gone/app"), null, 7, null, null, null));
        rig.trunksAt(EAST);
        assertEquals(NOW_MS + 600_000, rig.machine().durable().holdDownUntilMs());
        assertTrue(rig.machine().durable().mustClear().isEmpty());
    }

    @Test
    void shouldUseAnEpochAboveAllThatTheSwitchesHaveSeen() {
        final Rig rig = start(record(EAST, null));
        rig.now(new Event.TrunksSeen("trunks", EAST, "A", true, false, 11));
        rig.asked(new Wish.Switch(WEST, true, false));
        assertEquals(12, rig.machine().durable().epoch());
    }

    @Test
    void shouldNotMoveBackWhatMayHaveBeenPromotedBeforeTheRestart() {
        final Rig rig = start(record(WEST, open(Step.PROMOTE, false, true)), "on-partial=roll-back");
        rig.now(new Event.CallsSeen(0));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.PARTIAL);

        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldRememberWhoWasLeftWhenASwitchIsTakenUpAgain() {
        final Rig rig = start(record(WEST, open(Step.PROMOTE, false, true)));
        rig.trunksAt(WEST);
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        final Decision over = rig.last(Action.Closed.class).decision();
        assertEquals(EAST, over.from());
        assertEquals(WEST, over.to());
    }

    @Test
    void shouldSayWhatIsMissingWhileNobodyIsKnownToBeActive() {
        final Rig rig = start(record(EAST, open(Step.SELECT, false, true)));
        rig.trunksAt(null);
        final List<Condition> missing =
                rig.view().conditions().stream().filter(each -> !each.met()).toList();
        assertEquals(
                List.of(Condition.unmet(
                        "active server",
                        "none is known",
                        "nobody is known to be active, so that nobody can be taken over from",
                        "tandem trunks query trunks; then tandem switch SERVER --reason …")),
                missing);
    }
}
