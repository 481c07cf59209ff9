package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.demo.DemoServer;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdOracle;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.time.SystemClock;

/**
 * A real {@code tandem run} with two sessions of one FreeSWITCH, a server on SoupBinTCP, and one with somebody else's client of a FreeSWITCH, which takes Tandem for it.
 */
@Timeout(600)
class FreeSwitchSiteTest {
    private static final AcdDialect ESL = AcdDialect.FREESWITCH_ESL;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** One leg's thread that gets no processor must not look like a leg that is dead: the other one is never far ahead. */
    private static final int FEW = 3;

    @TempDir
    private Path folder;

    private final long seed = Chance.seed();
    private final EslTraffic traffic = new EslTraffic(seed);

    private AcdSimulator simulate() throws Exception {
        final AcdSettings settings = AcdSettings.listening(ESL, seed)
                .traffic(2_000, 0)
                .queue(FEW, true)
                .oracle(200_000, true)
                .asterisk(new AmiSettings("tandem", Site.PASSWORD, true, false));
        return new AcdSimulator(settings, traffic, new SystemClock());
    }

    @Test
    void shouldLetSomebodyElsesClientReadFromTheEmulator() throws Exception {
        try (AcdSimulator acd = simulate();
                EslClient theirs = new EslClient(acd.leg(1).address().getPort(), Site.PASSWORD)) {
            assertTrue(theirs.client().setEventSubscriptions("plain", "all").isOk());
            await().atMost(PATIENCE).until(() -> acd.leg(1).connected());
            acd.resume();
            await().atMost(PATIENCE).until(() -> theirs.count() > 300);
            acd.stop();
            await().atMost(PATIENCE).until(() -> theirs.count() >= acd.oracle().produced());
            assertSame(truth(acd.oracle()), theirs.numbers());
            assertTrue(theirs.client()
                    .sendSyncApiCommand("show", "channels as json")
                    .getBodyLines()
                    .get(0)
                    .startsWith("{\"row_count\":"));
        }
    }

    @Test
    void shouldMakeOneStreamAndOneTableOfTwoSessionsThroughCuts() throws Exception {
        try (AcdSimulator acd = simulate()) {
            final Site site = new Site(folder, ESL, acd);
            nativeForEast(site);
            final StreamComparison account = acd.comparison();
            try (Site.Running running = site.run();
                    DemoServer west = new DemoServer(
                            "west",
                            new InetSocketAddress("127.0.0.1", site.westPort()),
                            "west",
                            Site.PASSWORD,
                            new SystemClock(),
                            account,
                            acd.oracle()::producedNs);
                    EslClient theirs = new EslClient(site.eastPort(), Site.PASSWORD)) {
                assertTrue(theirs.client().setEventSubscriptions("plain", "all").isOk());
                await().atMost(PATIENCE).until(() -> west.standing().connected());
                awaitBothUp(site);
                acd.resume();
                breakThings(acd, site);
                tellEverything(acd);
                final long produced = acd.oracle().produced();

                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertEquals(produced, west.standing().last(), () -> "seed " + seed));
                west.stop();
                final StreamComparison.Verdict verdict = account.finish();
                assertTrue(verdict.proved(), verdict + " seed " + seed);
                assertEquals(List.of(), verdict.breaks(), "seed " + seed);
                assertEquals(0, site.acd().get("gaps"), "seed " + seed);
                assertEquals(0, site.acd().get("discontinuities"), "seed " + seed);
                await().atMost(PATIENCE).until(() -> theirs.count() >= produced);
                assertSame(truth(acd.oracle()), theirs.numbers());

                assertEquals(calls(), told(site), "seed " + seed);
                askAround(theirs);
                for (final Map<String, Object> leg : site.legs()) {
                    assertTrue((Integer) leg.get("localFrames") > 10, "answers and lists: " + leg);
                }
                assertFalse(site.logs().contains(Site.PASSWORD));
                assertTrue(site.logs().contains(" of show channels as json"), site.logs());
                assertEquals(0, running.terminate());
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void breakThings(AcdSimulator acd, Site site) {
        acd.leg(2).lag(20);
        await().atMost(PATIENCE).until(() -> acd.oracle().produced() > 200);
        acd.leg(2).lag(0); // what only a late leg has is gone when it is cut
        for (int cut = 0; cut < 5; cut++) {
            final int leg = 1 + cut % 2;
            final long before = acd.leg(leg).connections();
            if (cut == 2) {
                acd.leg(leg).truncate(); // in the middle of an event
            } else {
                acd.leg(leg).cut(cut % 3 == 0);
            }
            await().atMost(PATIENCE).until(() -> acd.leg(leg).connections() > before);
            awaitBothUp(site);
        }
    }

    /** Until what the FreeSWITCH has said and how it stands agree. */
    private void tellEverything(AcdSimulator acd) {
        acd.stop();
        while (!traffic.isAllTold()) {
            final long next = acd.oracle().produced() + 1;
            acd.burst(1);
            await().atMost(PATIENCE).until(() -> acd.oracle().produced() >= next);
        }
        await().atMost(PATIENCE).until(() -> acd.leg(1).drained() && acd.leg(2).drained());
    }

    /** What wallboards ask, and what they had better not. */
    private static void askAround(EslClient theirs) throws Exception {
        await().atMost(PATIENCE).until(() -> theirs.client()
                .sendSyncApiCommand("show", "channels as json")
                .getBodyLines()
                .get(0)
                .startsWith("{\"row_count\":"));
        assertFalse(theirs.client().sendMessage(hangUp()).isOk());
        final String job = theirs.client().sendAsyncApiCommand("show", "calls count");
        await().atMost(PATIENCE).until(() -> !theirs.jobs().isEmpty());
        assertTrue(
                theirs.jobs().get(0).startsWith(job + " ")
                        && theirs.jobs().get(0).contains(" total."),
                () -> theirs.jobs().get(0));
        assertTrue(theirs.client().addEventFilter("Event-Name", "HEARTBEAT").isOk());
        assertTrue(theirs.client().cancelEventSubscriptions().isOk());
    }

    private static org.freeswitch.esl.client.transport.SendMsg hangUp() {
        final org.freeswitch.esl.client.transport.SendMsg message =
                new org.freeswitch.esl.client.transport.SendMsg("4f2c0a00-0000-4000-a000-000000000001");
        message.addCallCommand("hangup");
        return message;
    }

    /** Each incoming channel is a call; the others belong to one. */
    private TreeSet<String> calls() {
        final TreeSet<String> ids = new TreeSet<>();
        for (final String row : traffic.standing("show channels as json")) {
            if (row.contains("\"direction\":\"inbound\"")) {
                ids.add(found(row, "\"uuid\":\"([^\"]*)\""));
            }
        }
        return ids;
    }

    private static TreeSet<String> told(Site site) throws Exception {
        final Site.Ended verb = site.tandem("calls", "--json", "-c", site.file().toString());
        assertEquals(0, verb.status(), verb.err());
        final TreeSet<String> ids = new TreeSet<>();
        for (final Object call : JSON.std.listFrom(verb.out())) {
            ids.add((String) ((Map<?, ?>) call).get("id"));
        }
        return ids;
    }

    private static List<String> truth(AcdOracle oracle) {
        final List<String> truth = new ArrayList<>();
        for (long number = oracle.oldest(); number <= oracle.produced(); number++) {
            final String event = new String(oracle.bytes(number), StandardCharsets.US_ASCII);
            final String caller = found(event, "\nCaller-Caller-ID-Number: (.*)\n");
            truth.add(found(event, "\nEvent-Sequence: (.*)\n") + " " + found(event, "\nEvent-Name: (.*)\n") + " "
                    + (caller == null ? null : URLDecoder.decode(caller, StandardCharsets.UTF_8)));
        }
        return truth;
    }

    /** Their client hands events to its listener from sixteen threads, in any order: what is whole is all that it can prove, and that nothing came twice. */
    private void assertSame(List<String> truth, List<String> said) {
        final List<String> told = new ArrayList<>(said);
        told.sort(Comparator.comparingLong(event -> Long.parseLong(event.substring(0, event.indexOf(' ')))));
        for (int i = 0; i < Math.min(truth.size(), told.size()); i++) {
            assertEquals(truth.get(i), told.get(i), "event " + i + ", seed " + seed);
        }
        assertEquals(truth.size(), told.size(), "seed " + seed);
    }

    private static String found(String text, String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static void nativeForEast(Site site) throws Exception {
        final String soup = "    feed: { soupbintcp: { listen: \"127.0.0.1:" + site.eastPort()
                + "\", user: east, secret-file: east.secret } }";
        final String text = Files.readString(site.file());
        assertTrue(text.contains(soup), text);
        Files.writeString(
                site.file(),
                text.replace(
                        soup,
                        "    feeds:\n      - { acd: acd1, native: { listen: \"127.0.0.1:" + site.eastPort()
                                + "\", user: east, secret-file: east.secret } }"));
    }

    private static void awaitBothUp(Site site) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates()));
    }
}
