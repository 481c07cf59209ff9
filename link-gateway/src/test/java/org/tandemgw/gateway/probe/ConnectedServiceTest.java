package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** A service is looked at by connecting to it, with and without a connection that is kept. */
@Timeout(600)
class ConnectedServiceTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    @Test
    void shouldTellAServiceFromAPortWhereNobodyListens() throws IOException {
        final ServerSocket service = new ServerSocket(0, 50, LOOPBACK);
        try (service;
                ProbedSite site = new ProbedSite(folder, probe(service.getLocalPort(), ""))) {
            assertEquals(Sight.ANSWERED, site.first("app").sight());
            end(service);
            site.probes().lookNow(List.of("east/app"));
            final Look refused = site.first("app", look -> !look.sight().answered());
            assertEquals(Sight.REFUSED, refused.sight(), refused.said());
            assertEquals("connection refused", refused.said());
        }
    }

    @Test
    void shouldLookAgainSoonerAfterAFailureAndAtOnceWhenAsked() throws IOException {
        final int port = free();
        try (ProbedSite site = new ProbedSite(
                folder,
                "{ name: app, tcp: \"127.0.0.1:" + port
                        + "\", every: 1h, timeout: 20s, failures: 2, retry: 30ms, second-path: \"127.0.0.1:" + port
                        + "\" }")) {
            await().until(() -> site.by("app").size() >= 12);
            for (int i = 0; i < 12; i++) {
                assertEquals(i % 2 == 1, site.by("app").get(i).second(), "one path after the other");
            }
            try (ServerSocket service = new ServerSocket(port, 50, LOOPBACK)) {
                assertTrue(service.isBound());
                assertEquals(
                        Sight.ANSWERED,
                        site.first("app", look -> look.sight().answered()).sight());
            }
            site.forget();
            site.probes().lookNow(List.of("east/app", "east/none", "10.9.9.9"));
            assertEquals(Sight.REFUSED, site.first("app").sight(), "an hour before its time");
        }
    }

    @Test
    void shouldCountTheLossOfTheKeptConnectionAsAnotherLife() throws Exception {
        final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        try (ServerSocket service = new ServerSocket(0, 50, LOOPBACK);
                ProbedSite site = new ProbedSite(folder, probe(service.getLocalPort(), ", hold: true"))) {
            final Thread accepting = new Thread(() -> {
                try {
                    while (true) {
                        accepted.add(service.accept());
                    }
                } catch (IOException e) {
                    // closed
                }
            });
            accepting.start();
            final Socket kept = accepted.poll(30, TimeUnit.SECONDS);
            site.lookUntil("app", 5);
            assertTrue(
                    site.by("app").stream()
                            .allMatch(each -> "c1".equals(each.look().identity())),
                    site.seen()::toString);
            kept.setSoLinger(true, 0);
            kept.close();
            site.forget();
            site.lookUntil("app", 5);
            final Look again = site.first("app", look -> "c2".equals(look.identity()));
            assertEquals(Sight.ANSWERED, again.sight());
            site.forget();
            site.lookUntil("app", 3);
            assertTrue(
                    site.by("app").stream()
                            .allMatch(each -> "c2".equals(each.look().identity())),
                    site.seen()::toString);
        }
    }

    @Test
    void shouldNotWaitForTheRhythmWhenAKeptConnectionIsLost() throws Exception {
        final ServerSocket service = new ServerSocket(0, 50, LOOPBACK);
        try (service;
                ProbedSite site = new ProbedSite(
                        folder,
                        "{ name: app, tcp: \"127.0.0.1:" + service.getLocalPort()
                                + "\", every: 1h, timeout: 20s, hold: true }")) {
            final Socket kept = service.accept();
            site.first("app");
            final long keptNs = System.nanoTime();
            await().until(() -> System.nanoTime() - keptNs > TimeUnit.MILLISECONDS.toNanos(1_100));
            end(service);
            kept.close();
            final Look look = site.first("app", each -> !each.sight().answered());
            assertEquals(Sight.REFUSED, look.sight(), "an hour before its time");
        }
    }

    @Test
    void shouldNotDrownInWhatAServiceSendsOnTheKeptConnection() throws IOException {
        try (HostileServer server = HostileServer.repeating("", "x".repeat(8_192), 0);
                ProbedSite site = new ProbedSite(folder, probe(server.port(), ", hold: true"))) {
            site.lookUntil("app", 10);
            assertTrue(
                    site.by("app").stream().allMatch(each -> each.look().sight().answered()), site.seen()::toString);
        }
    }

    private static String probe(int port, String more) {
        return "{ name: app, tcp: \"127.0.0.1:" + port + "\", every: 21s, timeout: 20s, retry: 20ms" + more + " }";
    }

    private static void end(ServerSocket service) throws IOException {
        service.close();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
