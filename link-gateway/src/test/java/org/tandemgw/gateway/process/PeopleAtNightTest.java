package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The appliance and a webhook, both real: the receiver is away, Tandem is killed, and still everything comes, in order. */
class PeopleAtNightTest {
    private static final String SECRET = "T0KEN-that-nobody-sees";

    @TempDir
    Path folder;

    @Test
    void shouldTellWhatHappenedBeforeAKillWhenTheReceiverIsBack() throws Exception {
        final int port = Site.freePort();
        final Site site = new Site(
                folder,
                "opaque-line",
                Site.freePort(),
                Site.freePort(),
                "notify: [ { webhook: \"http://127.0.0.1:" + port + "/" + SECRET + "\" } ]");
        final Site.Running first = site.run();
        await().until(() -> site.alarms().contains("targetUnreachable http://127.0.0.1:" + port + "/…"));
        await().until(() -> (int) notified(site).get("waiting") >= 2);
        assertEquals("unreachable", notified(site).get("state"));
        assertTrue(site.tandem("status").out().contains("http://127.0.0.1:" + port + "/…  webhook  unreachable"));
        first.kill();

        final List<Map<String, Object>> posted = new CopyOnWriteArrayList<>();
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/" + SECRET, exchange -> {
            posted.add(JSON.std.mapFrom(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        final Site.Running second = site.run();
        try {
            await().until(() -> posted.stream()
                            .filter(each -> each.get("kind").equals("coldStart"))
                            .count()
                    == 2);
            assertEquals("coldStart", posted.get(0).get("kind"));
            assertTrue(
                    posted.stream().anyMatch(each -> each.get("text").toString().contains("critical linkLost acd1")),
                    posted.toString());
            for (int i = 0; i < posted.size(); i++) {
                assertEquals(i + 1, posted.get(i).get("number"));
            }
            await().until(() -> site.alarms().stream().noneMatch(each -> each.startsWith("targetUnreachable")));
            assertEquals("reached", notified(site).get("state"));
        } finally {
            server.stop(0);
        }
        assertEquals(0, second.terminate());
        assertFalse(site.logs().contains(SECRET), "whoever reads the log could post");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> notified(Site site) throws java.io.IOException {
        return ((List<Map<String, Object>>) site.status().get("notified")).get(0);
    }
}
