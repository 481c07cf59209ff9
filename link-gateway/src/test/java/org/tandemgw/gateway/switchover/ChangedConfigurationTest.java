package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tandem was killed in the middle of a switchover, and starts with another configuration than it was begun under. */
class ChangedConfigurationTest {
    private static final long NOW_MS = 5_000_000;
    private static final String BEFORE = "before";

    private static Rig start(String active, OpenAttempt open, String... words) {
        final RigRules rules = RigRules.site();
        for (final String word : words) {
            rules.with(word);
        }
        return new Rig(
                rules.rules(),
                new Durable(4, active, null, 0, null, List.of(), null, 7, RigRules.HASH, open, null),
                NOW_MS);
    }

    private static OpenAttempt open(Step step, boolean demoteSent, boolean committed, String hash) {
        return open(EAST, step, demoteSent, committed, hash);
    }

    private static OpenAttempt open(String from, Step step, boolean demoteSent, boolean committed, String hash) {
        return new OpenAttempt(
                7,
                4,
                from,
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
                hash,
                List.of());
    }

    private static void shouldHold(Rig rig) {
        assertEquals(Phase.HOLDING, rig.phase());
        assertNull(rig.machine().durable().active());
        assertNull(rig.machine().durable().open());
        assertEquals(7, rig.machine().durable().holding().decision());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        assertTrue(rig.taken(Action.Demote.class).isEmpty());
        assertTrue(rig.taken(Action.Select.class).isEmpty());
        final Decision closed = rig.last(Action.Closed.class).decision();
        assertEquals(Outcome.HELD, closed.outcome());
        assertEquals("select", closed.steps().get(closed.steps().size() - 1).step());
        rig.pass(120_000);
        assertEquals(Phase.HOLDING, rig.phase());
    }

    @Test
    void shouldNeverFinishWithoutTheTrunkSwitchesItWasBegunWith() {
        final Rig rig = start(EAST, open(Step.SELECT, false, true, BEFORE), "switches=none", "fence=none", "demote=3s");
        rig.now(new Event.Tick());

        shouldHold(rig);
        assertEquals(
                "the configuration was changed in the middle of decision 7; it is not finished by itself: "
                        + "there is no trunk switch",
                rig.view().alarms().get(0).text());
        assertEquals(
                "tandem why 7; then tandem switch SERVER --reason …", rig.view().next());
    }

    @Test
    void shouldNeverFinishWithOneTrunkSwitchMoreOrLessOrWithAnotherFence() {
        for (final String[] words : new String[][] {
            {"switches=trunks,more"}, {"switches=trunks"}, {"fence=demote", "demote=3s"}, {"fence=none"}
        }) {
            for (final String lead : new String[] {EAST, WEST, null}) {
                final Rig rig = start(EAST, open(Step.SELECT, false, true, BEFORE), words);
                rig.trunksAt(lead);
                shouldHold(rig);
            }
        }
    }

    @Test
    void shouldNeverFinishWhatNobodyKnowsTheConfigurationOf() {
        final Rig rig = start(EAST, open(Step.SELECT, false, true, null));
        rig.trunksAt(WEST);
        shouldHold(rig);
    }

    @Test
    void shouldNeverFinishOverAServerThatIsNotThereAnyMore() {
        final Rig rig = start("gone", open("gone", Step.SELECT, false, true, BEFORE));
        rig.trunksAt(WEST);
        shouldHold(rig);
    }

    @Test
    void shouldNeitherFinishNorUndoAnythingInAStartThatOnlyWatches() {
        for (final String word : new String[] {"monitor-only=yes", "mode=none"}) {
            final Rig rig = start(EAST, open(Step.SELECT, false, true, RigRules.HASH), word, "demote=3s");
            rig.trunksAt(WEST);
            shouldHold(rig);
        }
        final Rig rig = start(EAST, open(Step.DEMOTE, true, false, RigRules.HASH), "monitor-only=yes", "demote=3s");
        rig.trunksAt(EAST);
        assertEquals(Phase.HOLDING, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
    }

    @Test
    void shouldLeadOutByAdoptingOrBySwitching() {
        final Rig adopted = start(WEST, open(Step.PROMOTE, false, true, BEFORE));
        adopted.wellNow();
        adopted.trunksAt(WEST);
        assertEquals(Phase.HOLDING, adopted.phase());
        adopted.asked(new Wish.Adopted("trunks"));
        finish(adopted);

        final Rig switched = start(EAST, open(Step.SELECT, false, true, BEFORE));
        switched.wellNow();
        assertEquals(Phase.HOLDING, switched.phase());
        switched.asked(new Wish.Switch(WEST, true, false));
        finish(switched);
    }

    private static void finish(Rig rig) {
        assertEquals(5, rig.last(Action.Select.class).epoch());
        rig.selectOver(SelectOutcome.OK);
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.view().active());
        assertEquals(Phase.WATCHING, rig.phase());
    }

    @Test
    void shouldAbandonWhatHadMovedNothing() {
        final Rig rig = start(EAST, open(Step.DEMOTE, false, false, BEFORE));
        rig.trunksAt(EAST);
        assertEquals(Phase.WATCHING, rig.phase());
        assertEquals(Outcome.ABANDONED, rig.last(Action.Closed.class).decision().outcome());

        final Rig told = start(EAST, open(Step.DEMOTE, true, false, BEFORE), "demote=3s");
        told.trunksAt(EAST);
        assertEquals(Phase.PUTTING_BACK, told.phase());
        told.pass(8_000);
        assertEquals(FenceHeld.NEVER_LEFT, told.last(Action.Promote.class).fence());
    }

    @Test
    void shouldNotBreakWhenNothingCanBeWrittenBeforeItIsTakenUp() {
        final Rig rig = start(EAST, open(Step.DEMOTE, false, false, RigRules.HASH));
        rig.asked(new Wish.SetMode(Mode.HELD));
        rig.now(new Event.StoreFailed("no space left on device"));
        assertNull(rig.machine().durable().mode());
        rig.trunksAt(EAST);
        assertEquals(Phase.WATCHING, rig.phase());
    }
}
