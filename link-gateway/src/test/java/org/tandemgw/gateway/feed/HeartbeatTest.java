package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(heartbeatMs, 1_500, 5_000, 64, 4_096, 50))
                        .start();
                Received server = rig.receive("", 0)) {
            final long startNs = System.nanoTime();
            FeedRig.await().until(() -> server.heartbeats() >= 20);
            final long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(tookMs >= 19 * heartbeatMs * 7 / 10, "20 heartbeats in " + tookMs + " ms are too many");
            assertFalse(server.ended(), "its own heartbeats keep it");
        }
    }

    @Test
    void shouldBeatOnceASecondByDefault() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").limits(FeedLimits.DEFAULT).start();
                Received server = rig.receive("", 0)) {
            final long startNs = System.nanoTime();
            FeedRig.await().until(() -> server.heartbeats() >= 2);
            final long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(tookMs >= 1_500 && tookMs < 4_000, "2 heartbeats in " + tookMs + " ms");
        }
    }

    @Test
    void shouldSendNoHeartbeatsBesideAStreamThatFlows() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1")
                        .limits(new FeedLimits(1_000, 5_000, 5_000, 64, 4_096, 50))
                        .start();
                Received server = rig.receive("", 1)) {
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < 1_500_000_000L) {
                final long next = rig.append(1).journal().last();
                server.awaitLast(next);
            }
            assertEquals(0, server.heartbeats());
        }
    }
}
