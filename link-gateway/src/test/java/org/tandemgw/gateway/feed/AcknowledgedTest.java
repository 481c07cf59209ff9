package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedStatus.CursorKind;
import org.tandemgw.gateway.time.Clock;

/** What is held for a server that never reports: everything behind what its machine has acknowledged, by the kernel's own word. */
@Tag("slow")
class AcknowledgedTest {
    private static final int FRAME = 20_000;
    private static final int PACKET = FRAME + SoupPackets.HEADER;
    private static final int RECORDS = 2_000;

    @TempDir
    Path data;

    @Test
    void shouldNotCountWhatOnlyLiesInSocketBuffers() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Socket server = loggedIn(rig)) {
            append(rig);
            FeedRig.await().until(() -> rig.feed().sent() > 0 && rig.feed().acknowledged() > 0);
            settled(rig, server);
            final FeedStatus status = rig.feed();
            final long arrived = arrived(server); // the last reading of the three: a busy kernel may still move some
            assertTrue(status.sent() < RECORDS, "40 MB fit into no socket");
            assertTrue(
                    status.acknowledged() * PACKET <= arrived,
                    status.acknowledged() + " records, but only " + arrived + " bytes have arrived");
            assertTrue(status.sent() * PACKET > arrived, "the rest is on this side: " + status);
            assertEquals(status.acknowledged(), status.cursor());
            assertEquals(CursorKind.ACKNOWLEDGED, status.cursorKind());
            assertEquals(status.acknowledged(), status.hold());
            assertEquals(0, status.confirmed());
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenTheServerIsCutOffAndTakeItsNextLoginForTheTruth() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start()) {
            final long held;
            try (Socket server = loggedIn(rig)) {
                append(rig);
                settled(rig, server);
                held = rig.feed().hold();
                server.setSoLinger(true, 0);
            }
            FeedRig.await().until(() -> !rig.feed().connected());
            assertTrue(held > 0 && held < rig.feed().sent());
            assertEquals(held, rig.feed().hold(), "what lay in our socket is gone");
            assertEquals(held, rig.feed().cursor());
            try (Received server = rig.receive("", held - 1)) {
                server.awaitLast(RECORDS);
                FeedRig.await().until(() -> rig.feed().hold() == RECORDS);
                assertEquals(held - 2, rig.feed().confirmed());
            }
        }
    }

    @Test
    void shouldRiseToTheEndOnceTheServerReadsOn() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").start();
                Socket server = loggedIn(rig)) {
            append(rig);
            settled(rig, server);
            final Thread reading = new Thread(() -> drain(server), "server");
            reading.start();
            FeedRig.await().until(() -> rig.feed().hold() == RECORDS);
            rig.append(3);
            FeedRig.await().until(() -> rig.feed().hold() == RECORDS + 3);
            server.shutdownInput();
            reading.join(60_000);
        }
    }

    @Test
    void shouldHoldForAServerThatAskedForTheNextRecordOnlyAlsoWhenItHasGone() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(10).start()) {
            try (Received server = rig.receive("", 0)) {
                rig.append(5);
                server.awaitLast(15);
                FeedRig.await().until(() -> rig.feed().hold() == 15);
            }
            FeedRig.await().until(() -> !rig.feed().connected());
            rig.append(5);
            assertEquals(15, rig.feed().hold());
            assertEquals(-1, rig.feed().confirmed(), "it never said anything");
        }
    }

    @Test
    void shouldHoldWhatIsNotConfirmedWhereTheKernelDoesNotTell() throws Exception {
        try (FeedRig rig = new FeedRig(data, "acd1").append(100).start();
                Received server = rig.receive("", 11)) {
            final FeedWatch blind =
                    new FeedWatch(List.of(rig.server()), rig.clock, new TcpTables(List.of(data.resolve("none"))));
            server.awaitLast(100);
            for (int i = 0; i < 5; i++) {
                blind.lookNow();
                final FeedStatus status = rig.server().status().feeds().get(0);
                assertEquals(10, status.hold(), "a guess holds nothing less");
                assertEquals(CursorKind.CONFIRMED, status.cursorKind());
            }
            FeedRig.await().until(() -> rig.server().status().feeds().get(0).sent() == 100);
            blind.lookNow();
            assertEquals(
                    Parity.Standing.AT_PARITY,
                    rig.server().status().feeds().get(0).parity().standing());
            server.client.have(60, null);
            FeedRig.await().until(() -> rig.server().status().feeds().get(0).hold() == 60);
        }
    }

    @Test
    void shouldLookLessOftenWhereLookingTakesLong() throws Exception {
        final AtomicLong nowNs = new AtomicLong();
        final Clock tenMsACall = new Clock() {
            @Override
            public long nanoTime() {
                return nowNs.addAndGet(10_000_000);
            }

            @Override
            public long utcNs() {
                return nowNs.get();
            }
        };
        try (FeedRig rig = new FeedRig(data, "acd1").append(100).start();
                Socket server = loggedIn(rig)) {
            FeedRig.await().until(() -> rig.server().status().feeds().get(0).sent() == 100);
            final Path table = Files.writeString(
                    data.resolve("tcp"),
                    String.format(
                            "  sl\n 1: 0100007F:%04X 0100007F:%04X 01 00000000:00000000 00:00000000 00000000 0 0 77 1%n",
                            server.getPort(), server.getLocalPort()));
            final FeedWatch watch = new FeedWatch(List.of(rig.server()), tenMsACall, new TcpTables(List.of(table)));
            for (int call = 0; call < 150; call++) {
                watch.look();
                assertEquals(0, rig.server().status().feeds().get(0).acknowledged(), "call " + call);
            }
            nowNs.addAndGet(2_000_000_000L);
            watch.look();
            assertEquals(100, rig.server().status().feeds().get(0).acknowledged());
        }
    }

    private static void append(FeedRig rig) {
        final byte[] frame = new byte[FRAME];
        for (int i = 0; i < RECORDS; i++) {
            rig.frame(frame);
        }
        rig.journal().endOfBatch();
    }

    /** A server with a small receive buffer that reads nothing by itself. */
    private static Socket loggedIn(FeedRig rig) throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(512 * 1024);
        socket.connect(rig.address());
        socket.getOutputStream().write(SoupPackets.login("east", "secret", "", 1));
        return socket;
    }

    /** Waits until nothing moves any more, and returns how many bytes lie in the server's own receive buffer. */
    private static long settled(FeedRig rig, Socket server) {
        final long[] last = new long[3];
        final int[] same = new int[1];
        FeedRig.await().atMost(Duration.ofSeconds(60)).until(() -> {
            final FeedStatus status = rig.feed();
            final long[] now = {status.sent(), status.acknowledged(), arrived(server)};
            same[0] = Arrays.equals(now, last) && now[1] > 0 ? same[0] + 1 : 0;
            System.arraycopy(now, 0, last, 0, now.length);
            return same[0] == 20;
        });
        return last[2];
    }

    /** The kernel's receive queue of that socket: what has arrived and was not read. */
    private static long arrived(Socket server) throws IOException {
        final String ports = String.format(":%04X ", server.getLocalPort());
        for (final String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (final String line : Files.readAllLines(Path.of(table))) {
                final String[] fields = line.strip().split("\\s+");
                if ((fields[1] + " ").endsWith(ports) && fields[3].equals("01")) {
                    return Long.parseLong(fields[4].substring(9), 16);
                }
            }
        }
        throw new IOException("no line for port " + server.getLocalPort());
    }

    private static void drain(Socket server) {
        final byte[] buffer = new byte[64 * 1024];
        try {
            while (server.getInputStream().read(buffer) > 0) {
                server.getOutputStream().write(SoupPackets.empty(SoupPackets.CLIENT_HEARTBEAT));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
