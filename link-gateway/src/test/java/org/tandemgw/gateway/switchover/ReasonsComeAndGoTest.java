package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.switchover.RigRules.EAST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/** The active server is down for hours, nobody is there, and what keeps Tandem from switching changes every minute. */
class ReasonsComeAndGoTest {
    private static final long MINUTE_MS = 60_000;

    private final Rig rig = new Rig(RigRules.site().with("mode=manual").rules(), null, 1_000_000, false).well();

    @Test
    void shouldRecordSoManyAnHourAndCountTheOthers() {
        rig.refuse(EAST);
        rig.pass(10_000);
        assertEquals(Phase.BLOCKED, rig.phase());
        assertEquals(1, held().size());

        minutes(59);

        assertEquals(HeldBook.MOST - 1, held().size());
        final String said = rig.view().because().toString();
        assertTrue(
                said.contains("decisions not to switch came for other reasons and have no record: at most 12"), said);

        minutes(10);
        final List<Decision> later = held();
        assertTrue(later.size() > 1 && later.size() <= 10, later::toString);
        assertTrue(later.get(0).reason().contains(" have no record: at most 12 an hour have"), later::toString);
        assertEquals("cms-east is down", later.get(1).reason());
    }

    @Test
    void shouldTellTheSameReasonOnceInTenMinutesAlsoIfAnotherCameBetween() {
        rig.refuse(EAST);
        rig.pass(10_000);
        for (int i = 0; i < 4; i++) {
            rig.pass(MINUTE_MS);
            trunks(i % 2 == 0);
        }
        assertEquals(2, held().size());
        assertTrue(rig.view().because().stream().noneMatch(each -> each.contains("no record")));
    }

    /** Three things that may be missing or not: eight reasons. */
    private void minutes(int count) {
        for (int i = 0; i < count; i++) {
            rig.pass(MINUTE_MS);
            trunks((i & 1) == 0);
            rig.now(new Event.FeedsSeen(RigRules.WEST, (i & 2) == 0, true));
            for (int look = 0; look < 3; look++) {
                rig.pass(200);
                rig.look(EAST, Sight.REFUSED);
                rig.look(RigRules.WEST, (i & 4) == 0 ? Sight.REFUSED : Sight.ANSWERED);
            }
        }
    }

    private void trunks(boolean known) {
        rig.now(new Event.TrunksSeen("trunks", known ? EAST : null, known ? "A" : "unknown", known, false, 0));
    }

    private List<Decision> held() {
        return rig.taken(Action.Closed.class).stream()
                .map(Action.Closed::decision)
                .filter(each -> each.outcome() == Outcome.HELD)
                .toList();
    }
}
