package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.manager.response.PingResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdOracle;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.time.SystemClock;

/** A wallboard that was made for an Asterisk talks to a real {@code tandem run} in its place, while legs are cut and the servers change places, and notices nothing. */
@Timeout(900)
class WallboardTest {
    private static final AcdDialect AMI = AcdDialect.ASTERISK_AMI;

    /** One leg's thread that gets no processor must not look like a leg that is dead: the other one is never far ahead. */
    private static final int FEW = 3;

    private static final long PATIENCE_MS = 60_000;

    @TempDir
    private Path folder;

    @Test
    void shouldNoticeNothingForAnHourOfCalls() throws Exception {
        watch(3_000, 400, FEW, Duration.ofSeconds(1), Long.getLong("tandem.seed", 20_261_121L));
    }

    /** A day of calls in three minutes. */
    @Test
    @Tag("slow")
    void shouldNoticeNothingForADayOfCalls() throws Exception {
        watch(540_000, 3_000, 10_000, Duration.ofSeconds(4), Long.getLong("tandem.seed", System.nanoTime()));
    }

    private void watch(int events, int perSecond, int ahead, Duration cutEvery, long seed) throws Exception {
        final AcdSettings settings = AcdSettings.listening(AMI, seed)
                .traffic(perSecond, 0)
                .queue(ahead, true)
                .oracle(8 * events, true)
                .asterisk(new AmiSettings("tandem", Site.PASSWORD, true, false));
        try (AcdSimulator acd = new AcdSimulator(settings, AMI.traffic(settings), new SystemClock())) {
            final Site site = new Site(
                    folder, AMI, acd, AMI.profile(), "switchover: { mode: manual, initial: east, fence: none }");
            nativeFeeds(site);
            try {
                watch(site, acd, events, cutEvery, seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", Tandem said:\n" + site.logs(), e);
            }
        }
    }

    private static void watch(Site site, AcdSimulator acd, int events, Duration cutEvery, long seed) throws Exception {
        try (Site.Running running = site.run();
                Wallboard east = new Wallboard(site.eastPort(), "east");
                Wallboard west = new Wallboard(site.westPort(), "west")) {
            awaitBothUp(site);
            acd.resume();
            breakThings(acd, site, new Random(seed), events, cutEvery);
            // A break of the stream would end every connection, and rightly.
            assertEquals(0, site.acd().get("gaps"), "seed " + seed);
            assertEquals(0, site.acd().get("discontinuities"), "seed " + seed);
            askAround(east);

            final List<String> truth = truth(acd.oracle());
            assertTrue(truth.size() > acd.oracle().produced() / 2, "it has no words for most of the events");
            final Set<String> names = truth.stream().map(Wallboard::nameIn).collect(Collectors.toSet());
            for (final Wallboard each : List.of(east, west)) {
                await().atMost(Duration.ofSeconds(300)).until(() -> each.count(names) >= truth.size());
                assertSame(truth, each.events(names), seed);
                assertEquals(1, each.connects(), "seed " + seed);
                assertEquals(0, each.disconnects(), "seed " + seed);
                assertEquals(List.of(), each.complaints(), "seed " + seed);
            }
            assertEquals("west", site.status().get("active"));
            assertEquals(
                    List.of(1, 0),
                    site.feeds().stream().map(feed -> feed.get("deniedActions")).toList());
            await().until(() ->
                    Files.readString(site.data().resolve("audit.jsonl")).contains("Originate was refused"));
            assertEquals(0, running.terminate());
        }
    }

    /** A leg is cut every now and then, and after the second time the servers change places. */
    private static void breakThings(AcdSimulator acd, Site site, Random random, int events, Duration cutEvery)
            throws Exception {
        for (int cuts = 0; cuts < 4 || acd.oracle().produced() < events; cuts++) {
            final int leg = 1 + random.nextInt(2);
            final long before = acd.leg(leg).connections();
            if (random.nextInt(3) == 0) {
                acd.leg(leg).truncate();
            } else {
                acd.leg(leg).cut(random.nextBoolean());
            }
            await().until(() -> acd.leg(leg).connections() > before);
            awaitBothUp(site);
            if (cuts == 1) {
                acd.stop(); // the client is no faster than its machine lets it be, and has to be at parity
                switchOver(site);
                acd.resume();
            }
            final long nextNs = System.nanoTime() + cutEvery.toNanos();
            await().until(() -> System.nanoTime() - nextNs >= 0);
        }
        acd.stop();
        await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
    }

    /** Refused until both have what they could have. */
    private static void switchOver(Site site) {
        final ControlClient client = new ControlClient(site.data().resolve("tandem.sock"), 30_000);
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    if ("west".equals(site.status().get("active"))) {
                        return true;
                    }
                    client.post("/v1/switch/west", "jd", "because of a test");
                    return false;
                });
    }

    /** What wallboards ask, and what they had better not. */
    private static void askAround(Wallboard board) throws Exception {
        assertTrue(board.connection().sendAction(new PingAction(), PATIENCE_MS) instanceof PingResponse);
        assertIsListed(board, new CoreShowChannelsAction());
        assertIsListed(board, new QueueStatusAction());
        final OriginateAction originate = new OriginateAction();
        originate.setChannel("PJSIP/4001");
        originate.setApplication("Playback");
        final ManagerResponse refused = board.connection().sendAction(originate, PATIENCE_MS);
        assertTrue(
                refused instanceof ManagerError && refused.getMessage().equals("Permission denied"), refused::toString);
    }

    /** While the table is behind, the answer is that it is not known: then it is asked again. */
    private static void assertIsListed(Wallboard board, EventGeneratingAction what) {
        await().atMost(Duration.ofMillis(PATIENCE_MS))
                .untilAsserted(() -> assertFalse(board.connection()
                        .sendEventGeneratingAction(what, PATIENCE_MS)
                        .getEvents()
                        .isEmpty()));
    }

    private static void assertSame(List<String> truth, List<String> told, long seed) {
        for (int i = 0; i < Math.min(truth.size(), told.size()); i++) {
            if (!truth.get(i).equals(told.get(i))) {
                throw new AssertionError(
                        "event " + i + " was " + told.get(i) + ", not " + truth.get(i) + ", seed " + seed);
            }
        }
        assertEquals(truth.size(), told.size(), "seed " + seed);
    }

    private static List<String> truth(AcdOracle oracle) {
        final List<String> truth = new ArrayList<>();
        for (long number = oracle.oldest(); number <= oracle.produced(); number++) {
            truth.add(Wallboard.line(new String(oracle.bytes(number), StandardCharsets.ISO_8859_1)));
        }
        truth.removeIf(Objects::isNull);
        return truth;
    }

    private static void nativeFeeds(Site site) throws Exception {
        String text = Files.readString(site.file());
        for (final Map.Entry<String, Integer> each :
                Map.of("east", site.eastPort(), "west", site.westPort()).entrySet()) {
            final String soup = "    feed: { soupbintcp: { listen: \"127.0.0.1:" + each.getValue() + "\", user: "
                    + each.getKey() + ", secret-file: " + each.getKey() + ".secret } }";
            assertTrue(text.contains(soup), text);
            text = text.replace(
                    soup,
                    "    feeds:\n      - { acd: acd1, native: { listen: \"127.0.0.1:" + each.getValue() + "\", user: "
                            + each.getKey() + ", secret-file: " + each.getKey() + ".secret } }");
        }
        Files.writeString(site.file(), text);
    }

    private static void awaitBothUp(Site site) {
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates()));
    }
}
