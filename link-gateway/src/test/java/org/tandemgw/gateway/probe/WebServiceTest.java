package org.tandemgw.gateway.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/** A web service is asked how it is, by http and https. */
@Timeout(600)
class WebServiceTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "200, ANSWERED",
        "204, ANSWERED",
        "302, ANSWERED",
        "401, WRONG",
        "404, WRONG",
        "500, WRONG",
        "503, WRONG"
    })
    void shouldTakeTheStatusAtItsWord(int status, Sight sight) throws IOException {
        try (ServiceOf service = new ServiceOf(status, "", null);
                ProbedSite site = new ProbedSite(folder, service.probe("/up?deep=1"))) {
            final Look look = site.first("web");
            assertEquals(sight, look.sight(), look.said());
            assertTrue(look.said().startsWith("status " + status), look.said());
            assertEquals("/up?deep=1", service.asked);
        }
    }

    @Test
    void shouldReadIdentityAndReleaseFromHeaders() throws IOException {
        try (ServiceOf service = new ServiceOf(200, "{\"identity\":\"of the body\",\"release\":\"9\"}", "4711");
                ProbedSite site = new ProbedSite(folder, service.probe("/"))) {
            final Look look = site.first("web");
            assertEquals("4711", look.identity());
            assertEquals("9", look.release());
        }
    }

    @Test
    void shouldReadIdentityAndReleaseFromAJsonBody() throws IOException {
        try (ServiceOf service = new ServiceOf(503, "{\"identity\":12,\"release\":\"21.1\\u0007\",\"x\":[1]}", null);
                ProbedSite site = new ProbedSite(folder, service.probe("/"))) {
            final Look look = site.first("web");
            assertEquals(Sight.WRONG, look.sight());
            assertEquals("12", look.identity());
            assertEquals("21.1?", look.release());
        }
    }

    @Test
    void shouldAskTheSecondPathWhenTheFirstHasFailed() throws IOException {
        try (ServiceOf first = new ServiceOf(500, "", null);
                ServiceOf second = new ServiceOf(200, "", null);
                ProbedSite site = new ProbedSite(
                        folder,
                        first.probe("/up").replace("}", ", second-path: \"127.0.0.1:" + second.port() + "\" }"))) {
            assertEquals(Sight.WRONG, site.first("web").sight());
            assertEquals(
                    Sight.ANSWERED,
                    site.first("web", look -> look.sight().answered()).sight());
            assertEquals("/up", second.asked);
            assertTrue(site.by("web").get(1).second(), site.seen()::toString);
        }
    }

    @Test
    void shouldAskByHttpsWithoutCaringForTheCertificate() throws Exception {
        final HttpsServer server = HttpsServer.create(ANY, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try (ProbedSite site = new ProbedSite(
                folder,
                "{ name: web, http: \"https://localhost:" + server.getAddress().getPort()
                        + "/\", every: 21s, timeout: 20s }")) {
            final Look look = site.first("web");
            assertEquals(Sight.ANSWERED, look.sight(), look.said());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayThatAPlainServiceSpeaksNoTls() throws IOException {
        try (HostileServer service = HostileServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n");
                ProbedSite site = new ProbedSite(folder, patient(service).replace("http:/", "https:/"))) {
            final Look look = site.first("web");
            assertEquals(Sight.WRONG, look.sight(), look.said());
            assertTrue(look.said().contains("TLS"), look.said());
        }
    }

    @Test
    void shouldNotReadAnEndlessBodyToItsEnd() throws IOException {
        try (HostileServer server = HostileServer.repeating("HTTP/1.1 200 OK\r\n\r\n", "{\"x\":1}".repeat(1_000), 0);
                ProbedSite site = new ProbedSite(folder, patient(server))) {
            final Look look = site.first("web");
            assertEquals(Sight.ANSWERED, look.sight(), look.said());
            assertNull(look.identity());
        }
    }

    @Test
    void shouldNotWaitForAnAnswerThatComesInDrops() throws IOException {
        try (HostileServer head = HostileServer.repeating("HTTP/1.1 200 OK\r\n", "x", 20);
                HostileServer body = HostileServer.repeating("HTTP/1.1 200 OK\r\n\r\n", "x", 20)) {
            try (ProbedSite site = new ProbedSite(folder, probe(head))) {
                assertEquals(Sight.SILENT, site.first("web").sight());
            }
            try (ProbedSite site =
                    new ProbedSite(folder, probe(body).replace("1s", "5s").replace("500ms", "4s"))) {
                final Look look = site.first("web");
                assertEquals(Sight.SILENT, look.sight());
                assertEquals("status 200 OK, and no more within 4000 ms", look.said());
            }
        }
    }

    @Test
    void shouldTellGarbageFromSilenceAndFromAnEnd() throws IOException {
        try (HostileServer garbage = HostileServer.saying("220 mail.example.org ESMTP\r\n\r\n");
                HostileServer head = HostileServer.repeating("HTTP/1.1 200 OK\r\nX: ", "y".repeat(5_000), 0);
                HostileServer hanging = new HostileServer(connection -> {
                    HostileServer.hear(connection);
                    HostileServer.hear(connection);
                });
                HostileServer ending = HostileServer.saying("");
                HostileServer cutting = HostileServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
            assertEquals(Sight.WRONG, lookAt(patient(garbage)));
            assertEquals(Sight.WRONG, lookAt(patient(head)));
            assertEquals(Sight.SILENT, lookAt(probe(hanging)));
            assertEquals(Sight.RESET, lookAt(patient(ending)));
            assertEquals(Sight.RESET, lookAt(patient(cutting)));
        }
    }

    private Sight lookAt(String probe) throws IOException {
        try (ProbedSite site = new ProbedSite(folder, probe)) {
            return site.first("web").sight();
        }
    }

    /** For what comes at once, as fast as this machine is today. */
    private static String patient(HostileServer server) {
        return probe(server).replace("1s", "21s").replace("500ms", "20s");
    }

    private static String probe(HostileServer server) {
        return "{ name: web, http: \"http://127.0.0.1:" + server.port() + "/\", every: 1s, timeout: 500ms }";
    }

    private SSLContext selfSigned() throws Exception {
        final Path store = folder.resolve("self.p12");
        final Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=somebody-else",
                        "-validity",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
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

    /** A real HTTP server that always says the same. */
    private static final class ServiceOf implements AutoCloseable {
        private final HttpServer server;
        private volatile String asked;

        private ServiceOf(int status, String body, String identity) throws IOException {
            server = HttpServer.create(ANY, 0);
            server.createContext("/", exchange -> {
                asked = exchange.getRequestURI().toString();
                if (identity != null) {
                    exchange.getResponseHeaders().set("Tandem-Identity", identity);
                }
                final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        private int port() {
            return server.getAddress().getPort();
        }

        private String probe(String path) {
            return "{ name: web, http: \"http://127.0.0.1:" + port() + path + "\", every: 21s, timeout: 20s }";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
