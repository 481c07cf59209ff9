package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.time.SystemClock;

/** The data folder is lost, and Tandem begins with an empty one: the servers are the only witnesses of what was. */
class LostDataFolderTest {
    @TempDir
    Path folder;

    private final AcdSimulator acd;

    LostDataFolderTest() throws IOException {
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, 8)
                .traffic(1_000, 0)
                .manners(0, 30);
        acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock());
    }

    @AfterEach
    void close() {
        acd.close();
    }

    @Test
    void shouldRefuseAServerThatWasAheadAlsoAfterTheJournalHasOvertakenIt() throws Exception {
        final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
        try (Site.Running first = site.run()) {
            assertFalse(login(site, 300).accepted());
            await().until(() -> site.alarms().contains("serverAhead east/acd1"));
            assertEquals(0, first.terminate());
        }
        try (Site.Running again = site.run()) {
            acd.resume();
            await().until(() -> ((Number) site.acd().get("synced")).longValue() > 400);
            final SoupClient.Login refused = login(site, 300);
            assertFalse(refused.accepted(), "it is another history, however long");
            assertTrue(refused.debug().toString().contains("refused as ahead before"), refused.toString());
            assertTrue(site.alarms().contains("serverAhead east/acd1"), "it stands over restarts");
            final Site.Ended done = site.tandem(
                    "alarms",
                    "ack",
                    number(site),
                    "--reason",
                    "compared",
                    "--config",
                    site.file().toString());
            assertEquals(0, done.status(), done.toString());
            assertTrue(login(site, 300).accepted(), "an operator answers for it");
            await().until(() -> !site.alarms().contains("serverAhead east/acd1"));
            assertEquals(0, again.terminate());
        }
    }

    @Test
    void shouldRefuseAServerThatReturnsOnlyWhenTheNewJournalHasReachedItsPlace() throws Exception {
        final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
        acd.resume();
        final long last;
        try (Site.Running old = site.run()) {
            last = records(site, 1, 300);
            assertEquals(0, old.terminate());
        }
        Files.move(site.data(), folder.resolve("data.1"));
        try (Site.Running other = site.run()) {
            await().until(() -> ((Number) site.acd().get("synced")).longValue() > last + 100);
            final SoupClient.Login refused = login(site, last + 1);
            assertFalse(refused.accepted(), "record " + (last + 1) + " is of another history");
            assertTrue(refused.debug().toString().contains("never fed"), refused.toString());
            await().until(() -> site.alarms().contains("serverAhead east/acd1"));
            assertTrue(site.logs().contains("nothing is in the data folder"));
            assertEquals(0, other.terminate());
        }
        try (Site.Running again = site.run()) {
            assertFalse(login(site, last + 1).accepted(), "over restarts too");
            assertEquals("none", site.feeds().get(0).get("cursorKind"));
            assertEquals(0, ((Number) site.feeds().get(0).get("sent")).longValue());
            assertTrue(records(site, 1, 50) >= 50, "another history, from its beginning");
            await().until(() -> !site.alarms().contains("serverAhead east/acd1"));
            assertEquals(0, again.terminate());
        }
    }

    @Test
    void shouldKnowAServerThatWasKilledWithItRightAfterItsFirstRecord() throws Exception {
        final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
        acd.resume();
        long last;
        try (Site.Running killed = site.run()) {
            await().until(() -> ((Number) site.acd().get("synced")).longValue() > 10);
            last = records(site, 1, 1);
            killed.kill();
        }
        try (Site.Running again = site.run()) {
            assertTrue(login(site, last + 1).accepted(), "it has 1 to " + last + " from this journal");
            assertEquals(0, again.terminate());
        }
    }

    /** Reads from {@code start} on until it has so many, and returns the last sequence that it got. */
    private static long records(Site site, long start, int count) throws IOException {
        final AtomicLong last = new AtomicLong(start - 1);
        try (SoupClient east = SoupClient.connect(new InetSocketAddress("127.0.0.1", site.eastPort()), 5_000)) {
            assertTrue(east.login("east", Site.PASSWORD, "acd1", start, 5_000, (s, f, b, o, l) -> last.set(s))
                    .accepted());
            while (last.get() < start - 1 + count) {
                assertTrue(east.poll(1_000));
            }
        }
        return last.get();
    }

    @SuppressWarnings("unchecked")
    private static String number(Site site) throws IOException {
        return ((List<Map<String, Object>>) site.status().get("alarms"))
                .stream()
                        .filter(alarm -> alarm.get("name").equals("serverAhead"))
                        .map(alarm -> alarm.get("number").toString())
                        .findFirst()
                        .orElseThrow();
    }

    private static SoupClient.Login login(Site site, long sequence) throws IOException {
        try (SoupClient east = SoupClient.connect(new InetSocketAddress("127.0.0.1", site.eastPort()), 30_000)) {
            return east.login("east", Site.PASSWORD, "acd1", sequence, 30_000, (s, f, b, o, l) -> {});
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(100));
    }
}
