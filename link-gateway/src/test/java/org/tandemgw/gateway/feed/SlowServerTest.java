package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G4: a client that never reads costs only its own socket buffer and the write mark, though it shares the thread of the good one. */
class SlowServerTest {
    private static final int RECORDS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final long DIRECT_LIMIT = 24L << 20;
    private static final long HEAP_LIMIT = 96L << 20;

    @TempDir
    Path data;

    @Test
    void shouldNotDisturbAnybodyWhenAClientNeverReads() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(100, 600_000, 60_000, 64, 4_096, 50))
                        .start();
                RawClient stuck = new RawClient(rig.address());
                SoupClient good = rig.connect()) {
            final AtomicLong last = new AtomicLong();
            final AtomicReference<String> wrong = new AtomicReference<>();
            stuck.send(SoupPackets.login("watch", "looking", "", 1));
            good.login("east", "secret", "", 1, 30_000, (sequence, frame, bytes, offset, length) -> {
                final long expected = last.get() + 1;
                if (sequence != expected
                        || length != 64
                        || ByteBuffer.wrap(bytes).getLong(offset) != expected) {
                    wrong.compareAndSet(null, "record " + sequence + " where " + expected + " was due");
                }
                last.set(sequence);
            });
            final long directBefore = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            final long heapBefore = usedHeap();
            final Thread reading = new Thread(() -> readTo(good, last, RECORDS + 1), "good server");
            reading.start();
            appendAll(rig);
            FeedRig.await().until(() -> last.get() == RECORDS);
            assertNull(wrong.get());
            final long direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
            assertTrue(
                    direct - directBefore < DIRECT_LIMIT, "direct memory grew from " + directBefore + " to " + direct);
            final long heap = usedHeap();
            assertTrue(heap - heapBefore < HEAP_LIMIT, "heap grew from " + heapBefore + " to " + heap);
            assertTrue(
                    stuck.trySend(SoupPackets.empty(SoupPackets.CLIENT_HEARTBEAT)), "it is not closed for being slow");
            rig.append(1);
            FeedRig.await().until(() -> last.get() == RECORDS + 1);
            reading.join(60_000);
        }
    }

    @Test
    void shouldShowHowFarASlowServerIsBehind() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(100, 3_000, 60_000, 64, 4_096, 50))
                        .start();
                RawClient stuck = new RawClient(rig.address())) {
            stuck.send(SoupPackets.login("east", "secret", "", 1));
            final byte[] frame = new byte[60_000];
            for (int i = 0; i < 500; i++) {
                rig.frame(frame);
            }
            rig.journal().endOfBatch();
            FeedRig.await().until(() -> rig.feed().sent() > 0 && rig.feed().lagMs() > 50);
            final FeedStatus status = rig.feed();
            assertTrue(status.sent() < 500, "500 frames of 60 KB do not fit into a socket");
            assertTrue(status.acknowledged() <= status.sent(), "what waits in the socket is not acknowledged");
            assertEquals(500 - status.acknowledged(), status.lagFrames());
            FeedRig.await().until(() -> rig.events.count("ended cms-east acd1 silent") == 1);
            assertTrue(rig.feed().lagMs() > 50, "it goes on being behind");
        }
    }

    @Test
    void shouldGiveALiveRecordItsTurnWhileAnotherFeedCatchesUp() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1", "acd2").start();
                Received live = rig.receive("acd2", 1)) {
            appendAll(rig);
            boolean inTime = false;
            for (int round = 1; !inTime && round <= ROUNDS; round++) {
                inTime = caughtUpWhenALiveRecordCame(rig, live, round) < RECORDS;
            }
            assertTrue(inTime, "the live record waited until the other had caught up");
        }
    }

    /** How far the one that catches up was when the live record was there; this thread may have been late to look. */
    private static long caughtUpWhenALiveRecordCame(FeedRig rig, Received live, int round) throws Exception {
        try (SoupClient behind = rig.connect()) {
            final AtomicLong last = new AtomicLong();
            behind.login(
                    "east",
                    "secret",
                    "acd1",
                    1,
                    30_000,
                    (sequence, frame, bytes, offset, length) -> last.set(sequence));
            final Thread reading = new Thread(() -> readTo(behind, last, RECORDS), "catching up");
            reading.start();
            rig.journal("acd2").appendFrame(1, 0, rig.now(), -1, new byte[1], 0, 1);
            rig.journal("acd2").endOfBatch();
            live.awaitLast(round);
            final long then = last.get();
            FeedRig.await().until(() -> last.get() == RECORDS);
            reading.join(60_000);
            return then;
        }
    }

    private static void appendAll(FeedRig rig) {
        final byte[] frame = new byte[64];
        final ByteBuffer number = ByteBuffer.wrap(frame);
        for (long i = 1; i <= RECORDS; i++) {
            number.putLong(0, i);
            rig.frame(frame);
            if (i % 500 == 0) {
                rig.journal().endOfBatch();
            }
        }
    }

    private static void readTo(SoupClient good, AtomicLong last, long end) {
        try {
            while (last.get() < end && good.poll(50)) {
                // Everything happens in the call back.
            }
        } catch (java.io.IOException e) {
            // The test sees that nothing more comes.
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
