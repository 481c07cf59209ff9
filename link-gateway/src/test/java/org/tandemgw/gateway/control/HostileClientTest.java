package org.tandemgw.gateway.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.time.SystemClock;

/** Local clients that are slow, broken or mean: an operator must not notice them. */
@Tag("chance")
class HostileClientTest {
    @TempDir
    Path data;

    private final List<SocketChannel> open = new ArrayList<>();
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        server = ControlServer.start(data, new RehearsedGateway(data), new SystemClock());
    }

    @AfterEach
    void stop() throws IOException {
        for (final SocketChannel channel : open) {
            channel.close();
        }
        server.close();
    }

    @Test
    void shouldEndHalfRequestsAndServeOthersMeanwhile() throws IOException {
        final List<SocketChannel> halves = List.of(
                send(""),
                send("G"),
                send("GET /v1/status HTTP/1.1\r\n"),
                send("GET /v1/status HTTP/1.1\r\nHost: x\r\n"),
                send("POST /v1/acds/acd1/pause HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"));
        assertOperatorIsServed();

        await().until(() -> server.counters().timedOut() == halves.size());
        assertEquals(0, server.counters().open());
    }

    @Test
    void shouldServeTheOperatorInAThousandConnectionsThatSayNothing() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            send(i % 2 == 0 ? "" : "GET /");
        }
        assertOperatorIsServed();

        assertTrue(server.counters().open() <= ControlConnections.MAX_OPEN);
        assertTrue(
                server.counters().crowdedOut() + server.counters().timedOut() >= 900,
                server.counters().toString());
    }

    @Test
    void shouldAnswerOversizedRequestsInJson() throws IOException {
        final String body = "x".repeat(100_000);
        assertAnswered(413, "POST /v1/acds/acd1/pause HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + body);
        assertAnswered(
                413,
                "POST /v1/acds/acd1/pause HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + body
                        + "\r\n0\r\n\r\n");
        assertAnswered(400, "GET /" + "y".repeat(5_000) + " HTTP/1.1\r\n\r\n");
        assertAnswered(400, "GET /v1/status HTTP/1.1\r\nX: " + "z".repeat(50_000) + "\r\n\r\n");
        assertAnswered(400, "POST /v1/acds/acd1/pause HTTP/1.1\r\nContent-Length: 3\r\n\r\n{{{");
        assertOperatorIsServed();
    }

    @Test
    void shouldLiveThroughRubbish() throws IOException {
        final long seed = Chance.seed();
        final Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            final byte[] rubbish = new byte[random.nextInt(400)];
            random.nextBytes(rubbish);
            send(new String(rubbish, StandardCharsets.ISO_8859_1) + (i % 2 == 0 ? "\r\n\r\n" : ""));
        }
        assertOperatorIsServed();
    }

    @Test
    void shouldNotWaitForOneThatNeverReads() throws IOException {
        for (int i = 0; i < ControlConnections.MAX_OPEN - 8; i++) {
            send("GET /v1/status HTTP/1.1\r\n\r\n".repeat(50));
        }
        assertOperatorIsServed();
    }

    private void assertOperatorIsServed() throws IOException {
        final long beganNs = System.nanoTime();
        final ControlClient operator = new ControlClient(data.resolve(ControlServer.SOCKET), 30_000);
        assertEquals(200, operator.get("/v1/status").status());
        assertTrue(System.nanoTime() - beganNs < SECONDS.toNanos(10), "served at once");
    }

    private void assertAnswered(int status, String request) throws IOException {
        final SocketChannel channel = send(request);
        final ByteBuffer answer = ByteBuffer.allocate(65_536);
        while (answer.hasRemaining() && channel.read(answer) >= 0) {
            continue;
        }
        final String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("HTTP/1.1 " + status + " "), text);
        assertTrue(text.contains("\r\n\r\n{\"ok\":false,\"message\":\""), text);
    }

    /** As far as the other side lets it. */
    private SocketChannel send(String text) throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(channel);
        channel.connect(UnixDomainSocketAddress.of(data.resolve(ControlServer.SOCKET)));
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            return channel; // Thrown out while still talking: that is the server's right.
        }
        return channel;
    }
}
