package org.tandemgw.gateway.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Counters that one thread writes and another one reads. */
class LatencyCountsTest {
    @Test
    void shouldCountEachInTheFirstBucketThatHoldsIt() {
        final LatencyCounts counts = new LatencyCounts();
        final long[] bounds = LatencyCounts.boundsNs();
        for (int i = 0; i < bounds.length; i++) {
            counts.add(bounds[i], i + 1);
        }
        counts.add(bounds[bounds.length - 1] + 1, 100);
        counts.add(-5, 7);
        final LatencyCounts.Reading reading = counts.read();
        assertEquals(1 + 7, reading.counts()[0], "a clock that went back counts as no time");
        for (int i = 1; i < bounds.length; i++) {
            assertEquals(i + 1, reading.counts()[i]);
            assertTrue(bounds[i] > bounds[i - 1]);
        }
        assertEquals(100, reading.counts()[bounds.length]);
    }

    @Test
    void shouldNeverFallForAReaderBesideTheWriter() throws InterruptedException {
        final LatencyCounts counts = new LatencyCounts();
        final int times = 200_000;
        final Thread writer = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                counts.add(i % 100_000, 2);
            }
        });
        writer.start();
        long last = 0;
        long lastSum = 0;
        while (writer.isAlive()) {
            final LatencyCounts.Reading reading = counts.read();
            assertTrue(reading.total() >= last && reading.sumNs() >= lastSum);
            last = reading.total();
            lastSum = reading.sumNs();
        }
        writer.join();
        assertEquals(2 * times, counts.read().total());
    }
}
