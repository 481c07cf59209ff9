package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
    @TempDir
    Path data;

    @Test
    void shouldBeatWhileThereIsNothingToSend() throws Exception {
        final int heartbeatMs = 100;
        final long startNs = System.nanoTime();
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(heartbeatMs, 15_000, 60_000, 64, 4_096, 50))
                        .start();
                Received server = rig.receive("", 0)) {
            FeedRig.await().until(() -> server.heartbeats() >= 40);
            final long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(tookMs >= 39 * heartbeatMs * 7 / 10, "40 heartbeats in " + tookMs + " ms are too many");
            assertFalse(server.ended(), "its own heartbeats keep it");
        }
    }

    @Test
    void shouldBeatOnceASecondByDefault() throws Exception {
        final long startNs = System.nanoTime();
        try (FeedRig rig = new FeedRig(data, "acd1").limits(FeedLimits.DEFAULT).start();
                Received server = rig.receive("", 0)) {
            FeedRig.await().until(() -> server.heartbeats() >= 2);
            final long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(tookMs >= 1_500 && tookMs < 25_000, "2 heartbeats in " + tookMs + " ms");
        }
    }

    @Test
    void shouldSendNoHeartbeatsBesideAStreamThatFlows() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(1_000, 60_000, 60_000, 64, 4_096, 50))
                        .start();
                Received server = rig.receive("", 1)) {
            final long startNs = System.nanoTime();
            int pauses = 0; // of this machine, in which a heartbeat was due
            for (long nowNs = startNs, thenNs; nowNs - startNs < 1_500_000_000L; nowNs = thenNs) {
                final long next = rig.append(1).journal().last();
                server.awaitLast(next);
                thenNs = System.nanoTime();
                pauses += (int) ((thenNs - nowNs) / 500_000_000);
            }
            assertTrue(server.heartbeats() <= pauses, server.heartbeats() + " in spite of " + pauses + " pauses");
        }
    }
}
