package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Quiet streams, fast ones, and disks that have little. */
class RoomAheadTest {
    private static final long PLENTY = 100L << 30;

    private final RoomAhead ahead = new RoomAhead();

    @Test
    void shouldKeepOneBlockForAQuietStream() {
        assertEquals((1 << 20) + (1 << 18), ahead.bytes());
        assertFalse(ahead.isTooLittle(ahead.low()));
        ahead.rolled();
        assertEquals(RoomAhead.QUIET, ahead.bytes());
    }

    @Test
    void shouldDoubleForAFastStreamUpToALimit() {
        assertTrue(ahead.isTooLittle(ahead.bytes() / 4 - 1));
        ahead.ranLow(PLENTY);
        assertEquals(2 * RoomAhead.QUIET, ahead.bytes());
        for (int i = 0; i < 10; i++) {
            ahead.ranLow(PLENTY);
        }
        assertEquals(RoomAhead.FAST, ahead.bytes());
        ahead.rolled();
        assertEquals(RoomAhead.FAST / 2, ahead.bytes());
    }

    @Test
    void shouldKeepOneBlockWhereTheDiskHasLittle() {
        ahead.ranLow(PLENTY);
        ahead.ranLow(RoomAhead.PLENTY * 4 * RoomAhead.QUIET - 1);
        assertEquals(RoomAhead.QUIET, ahead.bytes());
        ahead.ranLow(PLENTY);
        ahead.diskIsFull();
        assertEquals(RoomAhead.QUIET, ahead.bytes());
    }
}
