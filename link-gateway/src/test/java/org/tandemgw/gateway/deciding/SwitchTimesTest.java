package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.gateway.time.SystemClock;

/** What a switchover took, and whose time that was. */
class SwitchTimesTest {
    private final SwitchTimes times = new SwitchTimes(new SystemClock());

    @Test
    void shouldTellNothingOfTrunksThatWereNotAsked() {
        times.verdict();
        assertNull(times.wholeMs());
        assertNull(times.ownMs());
        assertNull(times.driverMs());
    }

    @Test
    void shouldTellTheShareOfTheSlowestDriver() {
        times.verdict();
        times.selected(selected(40, 3));
        times.selected(selected(90, 7));
        times.selected(selected(50, 2));
        assertEquals(7.0, times.driverMs());
        assertEquals(83.0, times.wholeMs() - times.ownMs(), 1e-6);
        times.verdict();
        times.selected(selected(20, 1));
        assertEquals(1.0, times.driverMs(), "each switchover anew");
        assertTrue(times.wholeMs() >= 0);
    }

    private static Selected selected(long tookMs, long ownMs) {
        return new Selected(Overall.OK, null, 1, "A", List.of(), Duration.ofMillis(tookMs), Duration.ofMillis(ownMs));
    }
}
