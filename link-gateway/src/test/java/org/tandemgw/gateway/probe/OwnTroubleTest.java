package org.tandemgw.gateway.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;

/** What we cannot ask is never told as the other side's silence. */
@Timeout(600)
class OwnTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotTakeItsOwnLatenessForSilence() throws Exception {
        final AtomicLong strideNs = new AtomicLong();
        final AtomicLong aheadNs = new AtomicLong();
        // Each time somebody reads this clock, it is later than the timers think: as if this thread had been asleep.
        final Clock late = new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime() + aheadNs.addAndGet(strideNs.get());
            }

            @Override
            public long utcNs() {
                return nanoTime();
            }
        };
        try (HostileServer hanging = new HostileServer(connection -> {
                    HostileServer.hear(connection);
                    HostileServer.hear(connection);
                });
                ProbedSite site = new ProbedSite(
                        ProbedSite.configuration(
                                folder,
                                List.of(),
                                "{ name: web, http: \"http://127.0.0.1:" + hanging.port()
                                        + "/\", every: 200ms, timeout: 100ms }"),
                        (server, acd) -> null,
                        late)) {
            assertEquals(Sight.SILENT, site.first("web").sight());
            strideNs.set(1_000_000_000L);
            final Look look = site.first("web", each -> each.sight() == Sight.NOT_ASKED);
            assertTrue(look.said().startsWith("we were late ourselves"), look.said());
        }
    }

    @Test
    void shouldNotTakeALookThatCannotBeginForSilence() throws Exception {
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            final CompletableFuture<Look> told = new CompletableFuture<>();
            final Looker broken = attempt -> {
                throw new OutOfMemoryError("unable to create native thread");
            };
            final Watch watch = new Watch(
                    group.next(),
                    new SystemClock(),
                    new Rhythm(60_000, 60_000, 1),
                    60_000,
                    broken,
                    null,
                    (second, look) -> told.complete(look));
            group.next().execute(() -> watch.start(0));
            final Look look = told.get(60, TimeUnit.SECONDS);
            assertEquals(Sight.NOT_ASKED, look.sight());
            assertTrue(look.said().contains("unable to create native thread"), look.said());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldNotBlameAServerWhoseNameNobodyKnows() throws Exception {
        try (ProbedSite site = new ProbedSite(
                folder, "{ name: app, tcp: \"no-such-host.invalid:7500\", every: 100ms, timeout: 50ms }")) {
            final Look look = site.first("app", any -> true);
            assertEquals(Sight.NOT_ASKED, look.sight());
            assertTrue(
                    look.said().contains("no-such-host.invalid") && look.said().contains("write an address"),
                    look.said());
        }
    }

    @Test
    void shouldFindAnAddressForAName() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
                ProbedSite site =
                        new ProbedSite(folder, "{ name: app, tcp: \"localhost:" + service.getLocalPort() + "\" }")) {
            assertEquals(Sight.ANSWERED, site.first("app").sight());
        }
    }

    @Test
    void shouldReadItsRightToSendIcmpFromItsCapabilities() {
        assertTrue(IcmpRight.hasCapability(List.of("Name:\tjava", "CapEff:\t0000000000002000")));
        assertTrue(IcmpRight.hasCapability(List.of("CapEff:\t000001ffffffffff")));
        assertTrue(!IcmpRight.hasCapability(List.of("CapEff:\t000001ffffffdfff")));
        assertTrue(!IcmpRight.hasCapability(List.of("CapPrm:\t000001ffffffffff")));
    }

    @Test
    void shouldPingWhereItMayAndSaySoWhereItMayNot() throws Exception {
        assumeTrue(ChildJvm.canRun("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw", "true"));
        final Path file = ProbedSite.file(
                folder, List.of("network:", "  gateways: [\"127.0.0.77\"]"), "{ name: host, icmp: \"127.0.0.1\" }");
        final List<String> without = lines(ChildJvm.of(
                List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw"),
                ProbingProgram.class,
                file.toString(),
                "4"));
        assertTrue(without.contains("icmp: this process may not send ICMP; " + IcmpRight.REMEDY), without::toString);
        assertTrue(
                without.contains("east/host not-asked not asked: this process may not send ICMP; " + IcmpRight.REMEDY),
                without::toString);
        assertTrue(
                without.contains(
                        "127.0.0.77 answered TCP port 7, since this process may not send ICMP: connection refused"),
                without::toString);

        assumeTrue(ChildJvm.canRun("setpriv", "--inh-caps", "+net_raw", "--ambient-caps", "+net_raw", "true"));
        assertNull(IcmpRight.refusal(), "whoever may give this capability has it");
        try (ProbedSite site = new ProbedSite(
                ProbedSite.configuration(
                        folder,
                        List.of("network:", "  gateways: [\"127.0.0.77\"]"),
                        "{ name: host, icmp: \"127.0.0.1\" }"),
                (server, acd) -> null,
                new SystemClock())) {
            final Look look = site.first("host");
            assertEquals(Sight.ANSWERED, look.sight(), look.said());
            assertEquals("echo", look.said());
            await().until(() -> site.seen().stream()
                    .anyMatch(each -> each.target().equals("127.0.0.77")
                            && "ICMP: echo".equals(each.look().said())));
        }
    }

    private static List<String> lines(ProcessBuilder program) throws Exception {
        final Process process =
                program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
