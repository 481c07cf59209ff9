package org.tandemgw.gateway.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandemgw.gateway.config.ActionConfig;
import org.tandemgw.gateway.time.SystemClock;

/** A URL is posted to on the site's behalf. */
@Timeout(600)
class PostActionTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Occasion OCCASION =
            new Occasion("hq-east", "demote", "east", 7, "east", null, 12, "a \"quoted\" reason");

    private final Actions actions = new Actions("test", 1, 1, Map.of(), new SystemClock());

    @AfterEach
    void stop() {
        actions.close();
    }

    @Test
    void shouldKeepAUrlOutOfTheLogButForItsHost() throws Exception {
        final List<String> logged = new CopyOnWriteArrayList<>();
        final Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        final Logger ours = Logger.getLogger(Actions.class.getName());
        ours.setLevel(Level.INFO);
        ours.addHandler(log);
        final int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        try {
            assertFalse(post("http://me:sesame@127.0.0.1:" + port + "/T0KEN?key=T0KEN", 20_000)
                    .ok());
            assertTrue(logged.stream().anyMatch(each -> each.contains("http://127.0.0.1:" + port)), logged::toString);
            assertTrue(
                    logged.stream().noneMatch(each -> each.contains("T0KEN") || each.contains("sesame")),
                    logged::toString);
        } finally {
            ours.removeHandler(log);
            ours.setLevel(null);
        }
    }

    @Test
    void shouldPostOneObjectAndTakeTheStatusAtItsWord() throws Exception {
        final AtomicReference<String> posted = new AtomicReference<>();
        final HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/ok", exchange -> {
            posted.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, 0);
            exchange.getResponseBody().write("begun\nsoon\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/busy", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        try {
            final String url = "http://127.0.0.1:" + server.getAddress().getPort();
            final ActionOver ok = post(url + "/ok", 20_000);
            assertTrue(ok.ok(), ok.said());
            assertEquals("status 202: soon", ok.said());
            final Map<String, Object> object = JSON.std.mapFrom(posted.get());
            assertEquals(
                    List.of("site", "event", "server", "epoch", "from", "to", "decision", "reason"),
                    List.copyOf(object.keySet()));
            assertEquals("a \"quoted\" reason", object.get("reason"));
            assertEquals(7, object.get("epoch"));
            assertEquals("status 503", post(url + "/busy", 20_000).said());
            final ActionOver elsewhere = post(url + "/elsewhere", 20_000);
            assertFalse(elsewhere.ok(), "a redirect is not followed");
            assertEquals("status 307", elsewhere.said());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldNotWaitForWhoHangsOrDripsOrNeverEnds() throws Exception {
        final ActionOver hanging = post(serving(out -> {}), 700);
        assertFalse(hanging.ok());
        assertTrue(hanging.said().contains("within 700 ms"), hanging.said());
        final ActionOver dripping = post(
                serving(socket -> {
                    say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    while (true) {
                        say(socket, "x");
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                }),
                2_000);
        assertFalse(dripping.ok());
        assertTrue(dripping.said().contains("within 2000 ms"), dripping.said());
        final ActionOver endless = post(
                serving(socket -> {
                    say(socket, "HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        say(socket, "more and more\n");
                    }
                }),
                60_000);
        assertTrue(endless.ok(), endless.said());
    }

    @Test
    void shouldSayThatNobodyListensOrThatItIsNoWebServer() throws Exception {
        final int gone;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            gone = socket.getLocalPort();
        }
        final ActionOver refused = post("http://127.0.0.1:" + gone, 20_000);
        assertFalse(refused.ok());
        assertTrue(refused.said().startsWith("no connection"), refused.said());
        final ActionOver garbage = post(serving(socket -> say(socket, "220 mail\r\n\r\n")), 20_000);
        assertFalse(garbage.ok());
        assertFalse(garbage.said().isEmpty());
        assertFalse(post("http://no-such-host.invalid/", 20_000).ok());
    }

    private interface Manner {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    /** One connection is served so; its URL. */
    private static String serving(Manner manner) throws IOException {
        final ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        final Thread thread = new Thread(() -> {
            try (server;
                    Socket socket = server.accept()) {
                socket.getInputStream().read();
                manner.serve(socket);
                while (socket.getInputStream().read() >= 0) {
                    // until the other side has enough
                }
            } catch (IOException | InterruptedException e) {
                // the other side has enough
            }
        });
        thread.setDaemon(true);
        thread.start();
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private ActionOver post(String url, long timeoutMs) throws Exception {
        final CompletableFuture<ActionOver> told = new CompletableFuture<>();
        actions.start(
                new ActionConfig(List.of(), ActionConfig.Kind.POST, url, Duration.ofMillis(timeoutMs)),
                OCCASION,
                told::complete);
        return told.get(100, TimeUnit.SECONDS);
    }
}
