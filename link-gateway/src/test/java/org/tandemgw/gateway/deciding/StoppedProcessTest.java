package org.tandemgw.gateway.deciding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A watcher that did not run must know that he did not. */
class StoppedProcessTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldSayHowLateTheThreadIs() {
        final LateWatch watch = new LateWatch(0, 0);
        assertEquals(0, watch.wokeMs(250 * MS, 250 * MS));
        assertEquals(0, watch.wokeMs(500 * MS, 500 * MS));
        assertEquals(9_750, watch.wokeMs(10_500 * MS, 10_500 * MS));
        assertEquals(0, watch.wokeMs(10_600 * MS, 10_600 * MS), "once");
    }

    @Test
    void shouldNoticeThatTheMachineSlept() {
        final LateWatch watch = new LateWatch(0, 0);
        assertEquals(59_750, watch.wokeMs(200 * MS, 60_000 * MS), "the clock for timers stood still meanwhile");
    }

    @Test
    void shouldNotTakeABusyMachineForAStall() {
        final LateWatch watch = new LateWatch(0, 0);
        assertEquals(0, watch.wokeMs(999 * MS, 999 * MS));
        assertEquals(750, watch.wokeMs(1_999 * MS, 1_999 * MS));
    }
}
