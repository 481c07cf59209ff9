package org.tandemgw.gateway.emulate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandemgw.gateway.house.FreePort;

/** Both ends of a leg, here with nothing between them: the server dials its own ACD. */
@Timeout(300)
class TwoWayEndsTest {
    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void shouldBeCutAgainBeforeTheLastCutWasNoticed() throws Exception {
        final InetSocketAddress acd = local(FreePort.next());
        try (TwoWayEnds ends = new TwoWayEnds(1, acd, acd, 1, 100_000, 1)) {
            ends.start();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
                ends.cut();
                ends.cut();
                ends.cut();
                return ends.sessions() >= 20;
            });
            assertEquals(0, ends.differences());
        }
    }

    @Test
    void shouldSayWhichEndHeardNothing() throws Exception {
        final InetSocketAddress acd = local(FreePort.next());
        final int nobody = FreePort.next();
        try (TwoWayEnds ends = new TwoWayEnds(1, acd, local(nobody), 60_000, 1_000, 1)) {
            assertEquals("nobody came to the ACD", ends.lack());
            ends.start();
            try (Socket mute = new Socket(acd.getAddress(), acd.getPort())) {
                await().until(() -> mute.getInputStream().read() >= 0
                        && ends.lack().startsWith("the ACD heard nothing (the server's call: "));
            }
        }
        final InetSocketAddress other = local(FreePort.next());
        try (TwoWayEnds ends = new TwoWayEnds(1, other, other, 60_000, 1_000, 1)) {
            ends.start();
            await().until(() -> ends.lack().isEmpty());
        }
    }
}
