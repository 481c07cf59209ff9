package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.SwitchoverView;

/** The active server is down, and the box did not answer when it was needed. */
class TrunkAskingTest {
    private static SwitchoverView view(boolean down, boolean read) {
        return new SwitchoverView(
                Phase.BLOCKED,
                0,
                "holding",
                "east",
                1,
                Mode.AUTO,
                Mode.AUTO,
                null,
                false,
                List.of(),
                List.of(),
                null,
                0,
                List.of(
                        new Condition("failure of east", down, "down", null, null),
                        new Condition("trunk switch trunks", read, "unreachable", null, null)),
                List.of(),
                List.of(),
                1,
                null);
    }

    @Test
    void shouldAskEveryTwoSecondsAsLongAsNothingElseCanHelp() {
        final AtomicInteger asked = new AtomicInteger();
        final TrunkAsking asking = new TrunkAsking(asked::incrementAndGet);
        asking.stands(view(false, false), 0);
        asking.stands(view(true, true), 0);
        assertEquals(0, asked.get(), "nobody waits for the box");
        for (long nowMs = 0; nowMs <= 10_000; nowMs += 250) {
            asking.stands(view(true, false), nowMs);
        }
        assertEquals(6, asked.get());
    }
}
