package org.tandemgw.gateway.deciding;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Mode;

/** A fault of Tandem's own in deciding: nothing is decided any more, everybody is told, and no thread but its own ends. */
class BrokenPromiseTest {
    private final Inbox inbox = new Inbox();

    @Test
    void shouldStopDecidingAndAnswerOperatorsWithIt() {
        try (ControlRig rig = new ControlRig(inbox)) {
            rig.control.start();
            await().until(() -> "east".equals(rig.control.view().active()));

            inbox.fact(new Event.Looked("nobody", "app", false, Look.of(Sight.ANSWERED, null, 400)));
            await().until(() -> rig.control.fault() != null);

            assertTrue(rig.control.fault().contains("no server nobody"), rig.control.fault());
            assertEquals("east", rig.control.view().active(), "the last picture stays");
            final int done = rig.done.size();
            final SwitchDesk desk = new SwitchDesk(
                    () -> "cafe", inbox::result, rig.control::view, rig.control::fault, () -> {}, List::of, rig.clock);
            final SwitchReport answer = desk.mode(Mode.HELD, new Operator("jd", "because"));
            assertFalse(answer.ok());
            assertTrue(answer.message().startsWith("nothing is decided any more"), answer.message());
            assertEquals(done, rig.done.size(), "nothing is done any more");
        }
    }
}
