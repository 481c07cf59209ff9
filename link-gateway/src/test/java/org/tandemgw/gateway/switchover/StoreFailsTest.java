package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** What a step wanted kept cannot be written. */
class StoreFailsTest {
    private static final Event FULL = new Event.StoreFailed("No space left on device");

    @Test
    void shouldNotBeginWhatCannotBeWrittenDown() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.actions.clear();

        rig.now(FULL);

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(EAST, rig.view().active());
        assertNull(rig.machine().durable().open());
        assertFalse(rig.last(Action.Answer.class).ok());
        assertEquals(1, rig.machine().durable().epoch());
        rig.asked(new Wish.Resume());
        assertEquals(Phase.WATCHING, rig.phase());
        rig.asked(new Wish.Switch(WEST, false, false));
        assertEquals(2, rig.last(Action.Select.class).epoch());
    }

    @Test
    void shouldGiveUpBeforeThePointOfNoReturn() {
        final Rig rig = Rig.of(RigRules.site().with("demote=3s")).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.actions.clear();

        rig.now(FULL);

        assertTrue(rig.taken(Action.Select.class).isEmpty());
        assertEquals(EAST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, EAST, true);
        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(EAST, rig.view().active());
    }

    @Test
    void shouldGoOnBehindThePointOfNoReturn() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.asked(new Wish.Switch(WEST, false, false));
        rig.selectOver(SelectOutcome.OK);
        rig.actions.clear();

        rig.now(FULL);

        assertEquals(WEST, rig.last(Action.Promote.class).server());
        rig.stepOver(Step.PROMOTE, WEST, true);
        assertEquals(WEST, rig.view().active());
    }

    @Test
    void shouldAnswerWhoeverAskedWhileASwitchIsGivenUpForIt() {
        final Rig rig =
                Rig.of(RigRules.site().with("demote=3s").with("fence=demote")).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.asked(new Wish.SetMode(Mode.HELD));
        rig.actions.clear();

        rig.now(FULL);

        assertFalse(rig.taken(Action.Answer.class).get(0).ok());
        assertEquals(Mode.AUTO, rig.view().mode());
    }

    @Test
    void shouldTellTheOldActiveOnceToStartAgainHoweverLongTheDiskIsFull() {
        final Rig rig =
                Rig.of(RigRules.site().with("demote=3s").with("fence=demote")).well();
        rig.refuse(EAST);
        rig.pass(5_000);
        rig.stepOver(Step.DEMOTE, EAST, true);
        rig.now(FULL);
        assertEquals(1, rig.taken(Action.Promote.class).size());

        rig.look(EAST, Sight.ANSWERED);
        rig.now(FULL);
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        rig.stepOver(Step.PROMOTE, EAST, true);
        rig.now(FULL);
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        assertEquals(Phase.HOLDING, rig.phase());
    }

    @Test
    void shouldNotChangeAModeThatCannotBeWrittenDown() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.asked(new Wish.SetMode(Mode.HELD));
        rig.actions.clear();

        rig.now(FULL);

        assertEquals(Mode.AUTO, rig.view().mode());
        assertFalse(rig.last(Action.Answer.class).ok());
    }

    @Test
    void shouldGoOnHoldingWhenResumeCannotBeWrittenDown() {
        final Rig rig = Rig.of(RigRules.site()).well();
        rig.trunksAt(WEST);
        rig.trunksAt(EAST);
        rig.asked(new Wish.Resume());
        assertEquals(Phase.WATCHING, rig.phase());

        rig.now(FULL);

        assertEquals(Phase.HOLDING, rig.phase());
    }
}
