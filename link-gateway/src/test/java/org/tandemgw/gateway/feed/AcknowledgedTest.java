package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.FeedStatus.CursorKind;
import org.tandemgw.gateway.time.Clock;

/** What is held for a server that never reports: everything behind what its machine has acknowledged, by the kernel's own word. */
class AcknowledgedTest {
    private static final int FRAME = 20_000;
    private static final int PACKET = FRAME + SoupPackets.HEADER;
    private static final int RECORDS = 600;
    private static final int ONE_SMALL = 1;
    private static final int ALL = ONE_SMALL + RECORDS;

    /** Servers here may say nothing, for as long as a busy machine may take. */
    private static final FeedLimits PATIENT = new FeedLimits(100, 120_000, 120_000, 64, 4_096, 50);

    @TempDir
    Path data;

    @Test
    void shouldNotCountWhatOnlyLiesInSocketBuffers() throws Exception {
        try (FeedRig rig = rig(ONE_SMALL);
                Socket server = loggedIn(rig)) {
            append(rig);
            final FeedStatus status = settled(rig, server);
            assertTrue(status.sent() < ALL, "12 MB fit into no socket");
            assertTrue(bytes(status.sent()) > arrived(server), "the rest is on this side: " + status);
            assertEquals(status.acknowledged(), status.cursor());
            assertEquals(CursorKind.ACKNOWLEDGED, status.cursorKind());
            assertEquals(status.acknowledged(), status.hold());
            assertEquals(0, status.confirmed());
        }
    }

    @Test
    void shouldCatchUpWithAServerThatWasFilledBeforeTheFirstLook() throws Exception {
        try (FeedRig rig = rig(ONE_SMALL);
                Socket server = connected(rig)) {
            append(rig);
            patiently().until(() -> arrived(server) > 10 * PACKET);
            for (int look = 0; look < 3; look++) {
                final FeedStatus status = rig.feed();
                assertTrue(bytes(status.acknowledged()) <= arrived(server), status.toString());
            }
            final Thread reading = new Thread(() -> drain(server), "server");
            reading.start();
            patiently().until(() -> rig.feed().hold() == ALL);
            server.shutdownInput();
            reading.join(60_000);
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenTheServerIsCutOffAndTakeItsNextLoginForTheTruth() throws Exception {
        try (FeedRig rig = rig(ONE_SMALL)) {
            final long held;
            try (Socket server = loggedIn(rig)) {
                append(rig);
                held = settled(rig, server).hold();
                server.setSoLinger(true, 0);
            }
            patiently().until(() -> !rig.feed().connected());
            assertTrue(held > ONE_SMALL && held < rig.feed().sent());
            assertEquals(held, rig.feed().hold(), "what lay in our socket is gone");
            assertEquals(held, rig.feed().cursor());
            try (Received server = rig.receive("", held - 1)) {
                patiently().until(() -> server.last() == ALL);
                patiently().until(() -> rig.feed().hold() == ALL);
                assertEquals(held - 2, rig.feed().confirmed());
            }
        }
    }

    @Test
    void shouldRiseToTheEndOnceTheServerReadsOn() throws Exception {
        try (FeedRig rig = rig(ONE_SMALL);
                Socket server = loggedIn(rig)) {
            append(rig);
            settled(rig, server);
            final Thread reading = new Thread(() -> drain(server), "server");
            reading.start();
            patiently().until(() -> rig.feed().hold() == ALL);
            rig.append(3);
            patiently().until(() -> rig.feed().hold() == ALL + 3);
            server.shutdownInput();
            reading.join(60_000);
        }
    }

    @Test
    void shouldHoldForAServerThatAskedForTheNextRecordOnlyAlsoWhenItHasGone() throws Exception {
        try (FeedRig rig = rig(10)) {
            try (Received server = rig.receive("", 0)) {
                rig.append(5);
                patiently().until(() -> server.last() == 15);
                patiently().until(() -> rig.feed().hold() == 15);
            }
            patiently().until(() -> !rig.feed().connected());
            rig.append(5);
            assertEquals(15, rig.feed().hold());
            assertEquals(-1, rig.feed().confirmed(), "it never said anything");
        }
    }

    @Test
    void shouldHoldWhatIsNotConfirmedWhereTheKernelDoesNotTell() throws Exception {
        try (FeedRig rig = rig(100);
                Received server = rig.receive("", 11)) {
            final FeedWatch blind =
                    new FeedWatch(List.of(rig.server()), rig.clock, new TcpTables(List.of(data.resolve("none"))));
            patiently().until(() -> server.last() == 100);
            for (int i = 0; i < 5; i++) {
                blind.lookNow();
                final FeedStatus status = rig.server().status().feeds().get(0);
                assertEquals(10, status.hold(), "a guess holds nothing less");
                assertEquals(CursorKind.CONFIRMED, status.cursorKind());
            }
            patiently().until(() -> rig.server().status().feeds().get(0).sent() == 100);
            blind.lookNow();
            assertEquals(
                    Parity.Standing.AT_PARITY,
                    rig.server().status().feeds().get(0).parity().standing());
            server.client.have(60, null);
            patiently().until(() -> rig.server().status().feeds().get(0).hold() == 60);
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
        try (FeedRig rig = rig(100);
                Socket server = connected(rig)) {
            patiently().until(() -> rig.server().status().feeds().get(0).connected());
            patiently().until(() -> rig.server().status().feeds().get(0).sent() == 100);
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
            FeedRig.await()
                    .until(
                            () -> { // with the next heartbeat it has proved to be the one that the table shows
                                nowNs.addAndGet(2_000_000_000L);
                                watch.look();
                                return rig.server().status().feeds().get(0).acknowledged() == 100;
                            });
        }
    }

    /** Megabytes go through a socket here, on a machine that may have much else to do. */
    private static ConditionFactory patiently() {
        return FeedRig.await().atMost(Duration.ofSeconds(120));
    }

    private FeedRig rig(int records) throws Exception {
        return new FeedRig(data, "acd1").limits(PATIENT).append(records).start();
    }

    private static void append(FeedRig rig) {
        final byte[] frame = new byte[FRAME];
        for (int i = 0; i < RECORDS; i++) {
            rig.frame(frame);
        }
        rig.journal().endOfBatch();
    }

    /** A server with a small receive buffer that reads nothing by itself; it has the first record, and is known in the kernel's table. */
    private static Socket loggedIn(FeedRig rig) throws IOException {
        final Socket socket = connected(rig);
        patiently().until(() -> rig.feed().connected());
        patiently().until(() -> rig.feed().acknowledged() == ONE_SMALL);
        return socket;
    }

    private static Socket connected(FeedRig rig) throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(512 * 1024);
        socket.connect(rig.address());
        socket.getOutputStream().write(SoupPackets.login("east", "secret", "", 1));
        return socket;
    }

    /** Waits until nothing moves any more. At each look no more may be acknowledged than has arrived by then. */
    private static FeedStatus settled(FeedRig rig, Socket server) {
        final FeedStatus[] last = new FeedStatus[1];
        final int[] same = new int[1];
        patiently().until(() -> {
            final FeedStatus now = rig.feed();
            final long arrived = arrived(server);
            assertTrue(
                    bytes(now.acknowledged()) <= arrived,
                    () -> now.acknowledged() + " records, but only " + arrived + " bytes have arrived: " + now);
            final boolean moves = last[0] == null
                    || now.sent() != last[0].sent()
                    || now.acknowledged() != last[0].acknowledged()
                    || now.acknowledged() <= ONE_SMALL;
            same[0] = moves ? 0 : same[0] + 1;
            last[0] = now;
            return same[0] == 10;
        });
        return last[0];
    }

    /** What the records through {@code sequence} take on the wire, at least. */
    private static long bytes(long sequence) {
        return Math.max(0, sequence - ONE_SMALL) * PACKET;
    }

    /**
     * The kernel's receive queue of that socket: what has arrived and was not read. The table is read piece by piece: when another connection ends
     * between two of them, a line may be left out, so it is looked for again.
     */
    private static long arrived(Socket server) throws IOException {
        final String ports = String.format(":%04X ", server.getLocalPort());
        for (int look = 0; look < 100; look++) {
            for (final String table : List.of("/proc/net/tcp6", "/proc/net/tcp")) {
                for (final String line : Files.readAllLines(Path.of(table))) {
                    final String[] fields = line.strip().split("\\s+");
                    if ((fields[1] + " ").endsWith(ports) && fields[3].equals("01")) {
                        return Long.parseLong(fields[4].substring(9), 16);
                    }
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
