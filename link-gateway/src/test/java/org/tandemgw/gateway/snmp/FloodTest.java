package org.tandemgw.gateway.snmp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.snmp4j.TransportMapping;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.TransportListener;
import org.tandemgw.gateway.alarm.ManualClock;

/** Somebody floods the port of the agent: no more than its limit is looked at in a second, and the rest is counted. */
class FloodTest {
    private final ManualClock clock = new ManualClock();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder lookedAt = new LongAdder();

    @Test
    void shouldLookAtNoMoreThanItsLimitInASecond() throws IOException {
        final LimitedUdp agent =
                new LimitedUdp(new UdpAddress(InetAddress.getLoopbackAddress(), 0), "flooded", clock, dropped);
        agent.addTransportListener(new TransportListener() {
            @Override
            public <A extends Address> void processMessage(
                    TransportMapping<? super A> from,
                    A address,
                    java.nio.ByteBuffer bytes,
                    TransportStateReference state) {
                lookedAt.increment();
            }
        });
        agent.listen();
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("flooded")),
                "its thread has its name");
        try (DatagramSocket socket = new DatagramSocket()) {
            final int port = agent.getListenAddress().getPort();
            flood(socket, port);
            assertEquals(LimitedUdp.MOST_A_SECOND, lookedAt.sum());

            clock.forward(Duration.ofSeconds(1));
            await().until(() -> {
                send(socket, port);
                return lookedAt.sum() > LimitedUdp.MOST_A_SECOND;
            });
        } finally {
            agent.close();
        }
    }

    private void flood(DatagramSocket socket, int port) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            for (int i = 0; i < 500; i++) {
                send(socket, port);
            }
            return dropped.sum() > 0;
        });
    }

    private static void send(DatagramSocket socket, int port) throws IOException {
        socket.send(new DatagramPacket(new byte[40], 40, InetAddress.getLoopbackAddress(), port));
    }
}
