package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
