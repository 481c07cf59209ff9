package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an earlier run left to a server is still at it: an order to that server waits, and its time runs from when it begins. */
class BehindAnEarlierRunTest {
    private static final long PROMOTE_MS = 8_000;
    private static final long DEMOTE_MS = 20_000;

    private static Rig dead(String... words) {
        final RigRules rules =
                RigRules.site().with("reconnect=0s").with("promote=8s").with("demote=20s");
        for (final String word : words) {
            rules.with(word);
        }
        final Rig rig = Rig.of(rules).well();
        rig.refuse(EAST);
        return rig;
    }

    private static Rig promoting() {
        final Rig rig = dead();
        rig.selectOver(SelectOutcome.OK);
        assertEquals(Phase.PROMOTING, rig.phase());
        return rig;
    }

    private static void begins(Rig rig, String server, Step step) {
        rig.now(new Event.StepBegan(rig.machine().durable().epoch(), server, step, 1));
    }

    @Test
    void shouldGiveAPromoteItsWholeTimeFromWhenItBegins() {
        final Rig rig = promoting();
        rig.pass(DEMOTE_MS);
        begins(rig, WEST, Step.PROMOTE);
        rig.pass(PROMOTE_MS);
        rig.stepOver(Step.PROMOTE, WEST, true);

        assertEquals(Outcome.SWITCHED, rig.last(Action.Closed.class).decision().outcome());
        assertEquals(1, rig.taken(Action.Promote.class).size(), "it was told to start once");
    }

    @Test
    void shouldTryAPromoteAgainThatDoesNotEndOnceItHasBegun() {
        final Rig rig = promoting();
        begins(rig, WEST, Step.PROMOTE);
        rig.pass(PROMOTE_MS + Attempt.GRACE_MS + Attempt.PROMOTE_PAUSE_MS);

        assertEquals(2, rig.taken(Action.Promote.class).size());
    }

    @Test
    void shouldNotWaitForEverForWhatIsNotBegun() {
        final Rig rig = promoting();
        rig.pass(Attempt.MOST_PROMOTES * (DEMOTE_MS + Attempt.GRACE_MS + Attempt.PROMOTE_PAUSE_MS));

        assertEquals(Phase.HOLDING, rig.phase());
        assertEquals(
                List.of(Attempt.NOT_BEGUN, Attempt.NOT_BEGUN, Attempt.NOT_BEGUN),
                rig.last(Action.Closed.class).decision().steps().stream()
                        .filter(each -> each.step().equals("promote"))
                        .map(Decision.StepLine::said)
                        .toList());
    }

    @Test
    void shouldNotTakeADemoteForFailedThatHadToWait() {
        final Rig rig = dead("fence=demote");
        rig.pass(DEMOTE_MS + Attempt.GRACE_MS - 1);
        begins(rig, EAST, Step.DEMOTE);
        rig.pass(DEMOTE_MS);
        assertEquals(Phase.DEMOTING, rig.phase());
        rig.refuse(EAST);
        rig.stepOver(Step.DEMOTE, EAST, true);

        assertEquals(Phase.SELECTING, rig.phase());
        assertEquals(1, rig.taken(Action.Demote.class).size());
    }

    @Test
    void shouldTellNobodyToStartBeforeAStopIsOverThatHadToWait() {
        final Rig rig = dead();
        rig.selectOver(SelectOutcome.FAILED);
        rig.pass(DEMOTE_MS);
        begins(rig, EAST, Step.DEMOTE);
        rig.pass(DEMOTE_MS + Attempt.GRACE_MS - 1);
        assertEquals(Phase.PUTTING_BACK, rig.phase());
        assertTrue(rig.taken(Action.Promote.class).isEmpty());
        rig.stepOver(Step.DEMOTE, EAST, true);

        assertEquals(EAST, rig.last(Action.Promote.class).server());
    }
}
