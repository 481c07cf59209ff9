package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one session costs while it drains a journal of 256-byte records over loopback. */
class SteadyDrainTest {
    private static final int FRAME = 256;

    @TempDir
    Path data;

    private ResourceLeakDetector.Level before;

    @BeforeEach
    void measureTheFeedAndNotTheLeakDetector() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void detectLeaksAgain() {
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void shouldAllocateNothingPerFrame() throws Exception {
        final int records = 300_000;
        try (FeedRig rig = new FeedRig(data, "acd1")) {
            append(rig, records);
            rig.start();
            drain(rig, records);
            drain(rig, records);
            final long allocatedBefore = allocatedByTheFeed();
            drain(rig, records);
            final double perFrame = (allocatedByTheFeed() - allocatedBefore) / (double) records;
            System.out.printf("FEED allocates %.2f bytes per frame%n", perFrame);
            assertTrue(perFrame < 8, "a frame costs " + perFrame + " bytes; only batches and logins may cost any");
        }
    }

    @Test
    @Tag("slow")
    void shouldDrainAMillionRecordsASecond() throws Exception {
        final int records = 2_000_000;
        try (FeedRig rig = new FeedRig(data, "acd1")) {
            append(rig, records);
            rig.start();
            double best = 0;
            for (int round = 0; round < 5; round++) {
                final long startNs = System.nanoTime();
                drain(rig, records);
                final double rate = records * 1e9 / (System.nanoTime() - startNs);
                System.out.printf("FEED round %d: %.2f M records/s%n", round, rate / 1e6);
                best = Math.max(best, rate);
            }
            assertTrue(best > 500_000, "only " + best + " records/s");
        }
    }

    @Test
    @Tag("slow")
    void shouldDeliverLiveRecordsWithinMilliseconds() throws Exception {
        final int records = 20_000;
        final long[] tookNs = new long[records + 1];
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                SoupClient client = rig.connect()) {
            client.login(
                    "east",
                    "secret",
                    "",
                    1,
                    5_000,
                    (sequence, frame, bytes, offset, length) -> tookNs[(int) sequence] =
                            System.nanoTime() - ByteBuffer.wrap(bytes).getLong(offset));
            final Thread reading = new Thread(() -> readTo(client, records), "live server");
            reading.start();
            final byte[] frame = new byte[FRAME];
            for (int i = 0; i < records; i++) {
                LockSupport.parkNanos(150_000);
                ByteBuffer.wrap(frame).putLong(0, System.nanoTime());
                rig.frame(frame);
                rig.journal().endOfBatch();
            }
            reading.join(60_000);
        }
        Arrays.sort(tookNs);
        System.out.printf(
                "FEED live, append to received: p50 %d us, p99 %d us, p99.9 %d us%n",
                tookNs[records / 2] / 1_000, tookNs[records / 100 * 99] / 1_000, tookNs[records / 1_000 * 999] / 1_000);
        assertTrue(tookNs[records / 2] > 0 && tookNs[records / 2] < 5_000_000);
    }

    private static void readTo(SoupClient client, int records) {
        try {
            while (client.next() <= records && client.poll(1_000)) {
                // Everything happens in the call back.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(FeedRig rig, int records) {
        final byte[] frame = new byte[FRAME];
        Arrays.fill(frame, (byte) 'x');
        for (int i = 1; i <= records; i++) {
            rig.frame(frame);
        }
        rig.journal().endOfBatch();
    }

    private static void drain(FeedRig rig, int records) throws Exception {
        final long[] bytes = new long[1];
        try (SoupClient client = rig.connect()) {
            client.login("east", "secret", "", 1, 30_000, (sequence, frame, b, offset, length) -> bytes[0] += length);
            while (client.next() <= records && client.poll(1_000)) {
                // Everything happens in the call back.
            }
        }
        assertEquals((long) records * FRAME, bytes[0]);
        FeedRig.await().until(() -> !rig.feed().connected());
    }

    private static long allocatedByTheFeed() {
        final Thread feed = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("feed-cms-east"))
                .findFirst()
                .orElseThrow();
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(feed.getId());
    }
}
