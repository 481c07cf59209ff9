package org.tandemgw.benchmarks.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What of a run is counted as wrong, and against whom. */
class OrderOfFramesTest {
    private static Order after(long... numbers) {
        final Order order = new Order(10);
        LongStream.of(numbers).forEach(order::take);
        return order;
    }

    @Test
    void shouldFindNothingWhereEachCameInItsTurn() {
        final Order all = after(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

        assertEquals(0, all.breaks());
        assertTrue(all.isOver());
        assertFalse(after(1, 2, 3, 4, 5, 6, 7, 8, 9).isOver());
    }

    @Test
    void shouldCountAHoleOnceAndEndWithTheLastFrame() {
        final Order hole = after(1, 2, 6, 7, 8, 9, 10);

        assertEquals(1, hole.breaks());
        assertTrue(hole.isOver());
    }

    @Test
    void shouldCountWhatCameTwiceOnce() {
        assertEquals(1, after(1, 2, 2, 3, 4, 5).breaks());
        assertEquals(1, after(1, 2, 3, 4, 2, 3, 4, 5, 6).breaks()); // a piece of the stream, said again
    }

    @Test
    void shouldNotFollowWhatIsNoNumberOfAFrame() {
        final Order order = after(1, 2, Long.MIN_VALUE, 4, 999, 6);

        assertEquals(2, order.breaks());
        assertEquals(7, order.next());
    }

    @Test
    void shouldFailForTandemAndRemarkOnAPeer() {
        final Breaks breaks = new Breaks();
        breaks.add(Middle.Kind.TANDEM_NONE, 0);
        breaks.add(Middle.Kind.RSYSLOG_DISK, 7);
        breaks.add(Middle.Kind.RSYSLOG_DISK, 5);

        assertEquals(0, breaks.tell());
        assertEquals(
                List.of(
                        "bench: a remark: rsyslog, two disk queues, synced: frames were missing, double or out of order in 12 places"),
                breaks.lines());

        breaks.add(Middle.Kind.TANDEM_GROUP, 1);
        assertEquals(1, breaks.tell());
        assertEquals(
                "bench: Tandem, sync: group: frames were missing, double or out of order in 1 place",
                breaks.lines().get(0));
    }
}
