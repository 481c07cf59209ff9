package org.tandemgw.gateway.notify;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.notify.TargetRig.LINK_LOST;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.config.NotifyConfig.Kind;

/** A webhook at a real web server: what it gets, that it gets it once it is back, and that nobody else learns its URL. */
class WebhookTargetTest {
    private static final String SECRET = "s3cr3t-path-of-the-hook";

    @TempDir
    Path data;

    private final List<Map<String, Object>> posted = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void shouldBeTestedWhenSomebodyAsksAndSayWhatBecameOfIt() throws Exception {
        serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        try (TargetRig rig = new TargetRig(data, Kind.WEBHOOK, url("http"))) {
            await().until(() -> rig.status().confirmedAt() != null);
            assertNull(rig.status().test());
            assertEquals(List.of(true), rig.test());
            await().until(() -> rig.status().test().state().equals("confirmed"));
            assertEquals("selfTest", posted.get(1).get("kind"));

            answer = 503;
            rig.test();
            await().until(() -> rig.status().test().state().equals("failed"));
            await().until(() -> rig.status().failed() >= 3); // now it waits for 4 s
            answer = 200;
            final var failedOnce = rig.status().test();
            rig.test();
            await().until(() -> rig.status().test().state().equals("confirmed"));
            assertTrue(rig.status().test().at().isAfter(failedOnce.at()));
        }
    }

    @Test
    void shouldPostJsonAndKeepWhatWasRefusedInOrder() throws Exception {
        serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        final TargetRig rig = new TargetRig(data, Kind.WEBHOOK, url("http"));
        await().until(() -> posted.size() == 1);
        assertEquals("coldStart", posted.get(0).get("kind"));
        assertEquals("hq-east: Tandem has started", posted.get(0).get("text"));
        rig.awaitWaiting(0);
        assertEquals("reached", rig.status().state());

        answer = 503;
        rig.now(LINK_LOST);
        await().until(() -> !rig.conditions().isEmpty());
        rig.now();
        rig.awaitWaiting(2);
        assertEquals(AlarmName.TARGET_UNREACHABLE, rig.conditions().get(0).name());
        assertEquals("it answered with status 503", rig.status().why());
        final String said = rig.status() + " " + rig.conditions();
        assertFalse(said.contains(SECRET), said);
        assertTrue(said.contains("http://127.0.0.1:" + server.getAddress().getPort() + "/…"), said);
        try (var files = Files.list(data.resolve("notify"))) {
            for (final Path file : files.toList()) {
                assertFalse(file.toString().contains(SECRET), file.toString());
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET));
            }
        }

        posted.clear();
        answer = 204;
        rig.close();
        rig.start();
        try (rig) {
            await().until(() -> posted.size() == 3);
            assertEquals(
                    List.of("alarmRaised", "alarmCleared", "coldStart"),
                    posted.stream().map(each -> each.get("kind")).toList());
            assertEquals(
                    List.of(2, 3, 4),
                    posted.stream().map(each -> each.get("number")).toList());
            final Map<String, Object> raised = posted.get(0);
            assertEquals("hq-east: critical linkLost acd1: neither leg is up", raised.get("text"));
            assertEquals("linkLost", ((Map<?, ?>) raised.get("alarm")).get("name"));
            assertEquals(0, raised.get("dropped"));
            rig.awaitWaiting(0);
        }
    }

    @Test
    void shouldNotPostToWhoCannotProveWhoItIs() throws Exception {
        final HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context()));
        serve(https);
        try (TargetRig rig = new TargetRig(data, Kind.WEBHOOK, url("https"))) {
            await().until(() -> !rig.conditions().isEmpty());
            assertTrue(
                    rig.status().why().contains("certification path"),
                    rig.status().toString());
            assertEquals(List.of(), posted);
        }
    }

    private void serve(HttpServer made) {
        server = made;
        server.createContext("/", exchange -> {
            final byte[] body = exchange.getRequestBody().readAllBytes();
            final int status = answer;
            if (status < 300) {
                posted.add(JSON.std.mapFrom(body));
            }
            final byte[] page = ("cannot post to " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : page.length);
            if (status != 204) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    private String url(String scheme) {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET + "?token=" + SECRET;
    }

    private SSLContext context() throws Exception {
        final Path store = data.resolve("store.p12");
        final Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "x",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertEquals(0, made.waitFor(), () -> said(made));
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        final KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String said(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
