package org.tandemgw.gateway.deciding;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.Step;

/** More is seen than can be decided on: looks may be lost, and then nothing is believed; the end of a step never is. */
class FloodedInboxTest {
    private static final Event LOOK =
            new Event.Looked("east", "app", false, Look.of(Sight.REFUSED, "connection refused", 400));
    private static final Event SELECTED = new Event.SelectOver(3, "trunks", SelectOutcome.OK, true, List.of(), null);
    private static final Event PROMOTED = new Event.StepOver(3, "west", Step.PROMOTE, true, null, 12);

    private final Inbox inbox = new Inbox();

    private void flood(int more) {
        for (int i = 0; i < Inbox.MOST + more; i++) {
            inbox.fact(LOOK);
        }
    }

    @Test
    void shouldDropLooksAboveItsLimitAndKeepEveryEndOfAStep() {
        flood(7);
        inbox.result(SELECTED);
        inbox.fact(LOOK);
        inbox.result(PROMOTED);

        assertEquals(8, inbox.dropped());
        for (int i = 0; i < Inbox.MOST; i++) {
            assertEquals(LOOK, inbox.take());
        }
        assertEquals(SELECTED, inbox.take(), "in the order in which they came");
        assertEquals(PROMOTED, inbox.take());
        assertNull(inbox.take());
        inbox.fact(LOOK);
        assertEquals(8, inbox.dropped(), "there is room again");
    }

    @Test
    void shouldDistrustWhatItHeardBeforeItDecidesOnAnyOfIt() {
        flood(1);
        inbox.result(PROMOTED);
        try (ControlRig rig = new ControlRig(inbox)) {
            rig.control.start();
            await().until(() -> rig.told.contains(PROMOTED));

            assertInstanceOf(Event.Stalled.class, rig.told.get(0));
            assertEquals(Inbox.MOST, rig.told.stream().filter(LOOK::equals).count());
            assertTrue(rig.told.indexOf(PROMOTED) > rig.told.lastIndexOf(LOOK));
            assertNull(rig.control.fault());
            assertEquals("east", rig.control.view().active(), "nothing was decided on looks that may lack others");
        }
    }
}
