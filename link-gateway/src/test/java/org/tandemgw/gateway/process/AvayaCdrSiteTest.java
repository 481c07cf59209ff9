package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.demo.DemoServer;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CdrCall;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} that CDR1 and CDR2 of one Communication Manager dial, and that dials the site's collector. */
@Timeout(600)
class AvayaCdrSiteTest {
    private static final AcdDialect CDR = AcdDialect.AVAYA_CDR;

    /** One leg's thread that gets no processor must not look like a leg that is dead: the other one is never far ahead. */
    private static final int FEW = 3;

    @TempDir
    private Path folder;

    private final long seed = Chance.seed();
    private final List<CdrCall> calls = Collections.synchronizedList(new ArrayList<>());

    private AcdSimulator dialling(int port1, int port2, String form) throws IOException {
        final AcdSettings settings = AcdSettings.listening(CDR, seed)
                .at(new InetSocketAddress("127.0.0.1", port1), new InetSocketAddress("127.0.0.1", port2), true)
                .traffic(1_500, 0)
                .queue(FEW, true)
                .oracle(500_000, true);
        return new AcdSimulator(settings, new CdrTraffic(seed, CdrForm.of(form, true), calls::add), new SystemClock());
    }

    private Site site(String profile, int port1, int port2, Collector collector) throws IOException {
        final Site site = new Site(folder, profile, port1, port2);
        Files.write(
                site.file(),
                List.of(
                        "site: test",
                        "data: data",
                        "acds:",
                        "  - name: acd1",
                        "    profile: " + profile,
                        "    legs:",
                        "      - { listen: \"127.0.0.1:" + port1 + "\", allow: [\"127.0.0.0/8\"] }",
                        "      - { listen: \"127.0.0.1:" + port2 + "\", allow: [\"127.0.0.0/8\"] }",
                        "servers:",
                        "  - name: east",
                        "    profile: generic",
                        "    feeds: [ { acd: acd1, native: { connect: \"127.0.0.1:" + collector.port()
                                + "\", resend: 20 } } ]",
                        "  - name: west",
                        "    profile: generic",
                        "    feed: { soupbintcp: { listen: \"127.0.0.1:" + site.westPort()
                                + "\", user: west, secret-file: west.secret } }",
                        "call-records: { for: both }"));
        return site;
    }

    /** Rows A2 and A3; A12 for the records of calls. */
    @Test
    void shouldGiveTheCollectorAndTheServerWhatTheAcdSaidThroughCuts() throws Exception {
        final int port1 = Site.freePort();
        final int port2 = Site.freePort();
        try (Collector collector = new Collector();
                AcdSimulator acd = dialling(port1, port2, "printer")) {
            final Site site = site("avaya-cdr-printer", port1, port2, collector);
            try (Site.Running running = site.run()) {
                final StreamComparison account = acd.comparison();
                final DemoServer west = new DemoServer(
                        "west",
                        new InetSocketAddress("127.0.0.1", site.westPort()),
                        "west",
                        Site.PASSWORD,
                        new SystemClock(),
                        account,
                        acd.oracle()::producedNs);
                awaitBothUp(site);
                await().until(() ->
                        collector.connections() == 1 && west.standing().connected());
                acd.resume();
                for (int cut = 0; cut < 6; cut++) {
                    final int leg = 1 + cut % 2;
                    final long before = acd.leg(leg).connections();
                    acd.leg(3 - leg).lag(cut * 20L);
                    if (cut % 3 == 2) {
                        acd.leg(leg).truncate(); // in the middle of a record
                    } else {
                        acd.leg(leg).cut(cut % 3 == 0);
                    }
                    await().until(() -> acd.leg(leg).connections() > before);
                    awaitBothUp(site);
                }
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                final long produced = acd.oracle().produced();
                final byte[] said = said(acd, produced);
                await().until(() -> west.standing().last() == produced && collector.size() == said.length);
                assertArrayEquals(said, collector.bytes(), "-Dtandem.seed=" + seed);
                west.close();
                final StreamComparison.Verdict verdict = account.finish();
                assertTrue(verdict.proved(), verdict + " -Dtandem.seed=" + seed);
                assertEquals(produced, verdict.received());
                assertEquals(List.of(), verdict.breaks());
                assertEquals(0, site.acd().get("gaps"));
                assertEquals(0, site.acd().get("discontinuities"));
                for (final Map<String, Object> leg : site.legs()) {
                    assertTrue((Integer) leg.get("localFrames") > 3, "a date for each connection: " + leg);
                }
                callsAreToldOf(site);
                collectorComesAgain(site, acd, collector, said);
                assertEquals(0, running.terminate());
            }
        }
    }

    private static byte[] said(AcdSimulator acd, long produced) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long number = 1; number <= produced; number++) {
            all.writeBytes(acd.oracle().bytes(number));
        }
        return all.toByteArray();
    }

    private void callsAreToldOf(Site site) throws Exception {
        final Site.Ended table = site.tandem("calls", "-c", site.file().toString());
        assertEquals(1, table.status());
        assertTrue(table.err().contains("tell of a call when it has ended"), table.err());
        final Object inFlight = ((Map<?, ?>) site.status().get("calls")).get("inFlight");
        assertEquals(null, inFlight, "nobody can know");
        await().untilAsserted(() -> {
            final Site.Ended intervals =
                    site.tandem("intervals", "--json", "-c", site.file().toString());
            final long offered = java.util.regex.Pattern.compile("\"kind\":\"acd\"[^}]*\"offered\":(\\d+)")
                    .matcher(intervals.out())
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
            assertEquals(calls.size(), offered, intervals.out());
        });
        final Site.Ended life =
                site.tandem("calls", "show", "cdr-3", "-c", site.file().toString());
        assertEquals(0, life.status(), life.err());
        assertTrue(life.out().contains("cleared  cause"), life.out());
    }

    /** At least once: what it may not have read it gets again, and nothing is missing. */
    private void collectorComesAgain(Site site, AcdSimulator acd, Collector collector, byte[] before) throws Exception {
        collector.restart();
        acd.resume();
        await().until(() -> collector.connections() == 2);
        acd.stop();
        await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
        final long produced = acd.oracle().produced();
        await().until(() -> (Integer) site.acd().get("sequence") == produced);
        final String said = new String(said(acd, produced), StandardCharsets.ISO_8859_1);
        final String last = said.substring(said.length() - 500);
        await().until(() -> text(collector).endsWith(last));
        final String again = text(collector).substring(before.length);
        final int from = said.lastIndexOf(again.substring(0, 500));
        assertTrue(from >= 0 && from <= before.length, "it goes on at or before what it had");
        assertEquals(said.substring(from), again);
        assertFalse(site.logs().contains("Exception"), site.logs());
    }

    private static String text(Collector collector) {
        return new String(collector.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static void awaitBothUp(Site site) {
        await().until(() -> site.legStates().equals(List.of("up", "up")));
    }
}
