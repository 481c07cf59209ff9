package org.tandemgw.gateway.emulate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandemgw.gateway.time.SystemClock;

@Timeout(600)
class AcdSimulatorTest {
    private static final int LENGTH = 50;
    private static final int FRAME = LENGTH + 1;

    private AcdSimulator acd;

    private void acd(AcdSettings settings) throws IOException {
        acd = new AcdSimulator(settings, FrameSource.numbered(LENGTH), new SystemClock());
    }

    private AcdSettings lines(long frames) {
        return AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1)
                .traffic(0, frames)
                .oracle(20_000, true);
    }

    private Socket connect(int leg) throws IOException {
        final long before = acd.leg(leg).connections();
        final InetSocketAddress address = acd.leg(leg).address();
        final Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(60_000);
        await().until(() -> acd.leg(leg).connections() > before);
        return socket;
    }

    private byte[] read(Socket socket, int frames) throws IOException {
        final byte[] bytes = socket.getInputStream().readNBytes(frames * FRAME);
        assertEquals(frames * FRAME, bytes.length);
        return bytes;
    }

    private void shouldRead(Socket socket, int from, int to) throws IOException {
        final byte[] bytes = read(socket, to - from + 1);
        assertArrayEquals(produced(from, to), bytes);
    }

    private byte[] produced(long from, long to) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long number = from; number <= to; number++) {
            bytes.writeBytes(acd.oracle().bytes(number));
        }
        return bytes.toByteArray();
    }

    @AfterEach
    void close() {
        acd.close();
    }

    @Test
    void shouldSendTheSameBytesOnBothLegs() throws IOException {
        acd(lines(5_000));
        try (Socket one = connect(1);
                Socket two = connect(2)) {
            acd.resume();
            shouldRead(one, 1, 5_000);
            shouldRead(two, 1, 5_000);
            await().until(() -> acd.leg(1).drained() && acd.leg(2).carried() == 5_000);
            assertEquals(5_000, acd.oracle().carriedForCertain(1, 5_000));
        }
    }

    @Test
    void shouldFrameWithALengthField() throws IOException {
        acd = new AcdSimulator(
                AcdSettings.listening(AcdDialect.OPAQUE_LENGTH, 1).traffic(0, 1),
                FrameSource.numbered(LENGTH),
                new SystemClock());
        try (Socket one = connect(1)) {
            acd.resume();
            assertArrayEquals(
                    new byte[] {0, 0, 0, LENGTH, 'f', 'r'}, one.getInputStream().readNBytes(6));
        }
    }

    @Test
    void shouldNotSendAgainWhatWasProducedWhileALegWasDown() throws IOException {
        acd(lines(0).traffic(0, 0));
        try (Socket one = connect(1)) {
            acd.burst(100);
            read(one, 100);
        }
        await().until(() -> !acd.leg(1).connected());
        acd.burst(100);
        await().until(() -> acd.oracle().produced() == 200);
        try (Socket again = connect(1)) {
            acd.burst(10);
            shouldRead(again, 201, 210);
        }
    }

    @Test
    void shouldSendTheTailAgainIfAskedTo() throws IOException {
        acd(lines(0).manners(0, 20));
        acd.burst(100);
        await().until(() -> acd.oracle().produced() == 100);
        try (Socket one = connect(1)) {
            shouldRead(one, 81, 100);
        }
    }

    @Test
    void shouldCutInAnOrderlyWayAndCarryForCertain() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1)) {
            acd.burst(100);
            read(one, 100);
            await().until(() -> acd.leg(1).carried() == 100);
            acd.leg(1).cut(false);
            assertEquals(-1, one.getInputStream().read());
        }
        await().until(() -> acd.oracle().carriedForCertain(1, 100) == 100);
        assertEquals(1, acd.leg(1).cuts());
        assertEquals(100, acd.leg(1).carried());
    }

    @Test
    void shouldNotCallCertainWhatWasSentJustBeforeAReset() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1)) {
            acd.burst(100);
            read(one, 100);
            await().until(() -> acd.leg(1).carried() == 100);
            acd.leg(1).cut(true);
            assertThrows(IOException.class, () -> one.getInputStream().read());
        }
        assertEquals(0, acd.oracle().carriedForCertain(1, 100));
    }

    @Test
    void shouldRefuseWhilePulledAndServeWhenPutBack() throws IOException {
        acd(lines(0));
        final InetSocketAddress address = acd.leg(2).address();
        try (Socket two = connect(2)) {
            acd.leg(2).pull();
            assertEquals(-1, two.getInputStream().read());
        }
        // The kernel keeps the listening socket for as long as the accepting thread takes to wake up.
        await().untilAsserted(() -> assertThrows(
                ConnectException.class, () -> new Socket(address.getAddress(), address.getPort()).close()));
        acd.leg(2).refuse(false);
        await().ignoreExceptions().until(() -> {
            connect(2).close();
            return true;
        });
    }

    @Test
    void shouldGoSilentWithoutClosingWhenHalfOpen() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1);
                Socket two = connect(2)) {
            acd.leg(1).halfOpen(true);
            acd.burst(10);
            read(two, 10);
            one.setSoTimeout(200);
            assertThrows(java.net.SocketTimeoutException.class, () -> one.getInputStream()
                    .read());
            try (Socket second = connect(1)) {
                acd.leg(1).halfOpen(false);
                assertThrows(IOException.class, () -> second.getInputStream().read());
            }
            try (Socket third = connect(1)) {
                acd.burst(1);
                shouldRead(third, 11, 11);
            }
        }
    }

    @Test
    void shouldSkipFramesWhileSilent() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1)) {
            acd.leg(1).silence(true);
            acd.burst(10);
            await().until(() -> acd.leg(1).unsent() == 10);
            acd.leg(1).silence(false);
            acd.burst(1);
            shouldRead(one, 11, 11);
            assertEquals(0, acd.oracle().carriedForCertain(1, 10));
        }
    }

    @Test
    void shouldLagAndThenSend() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1);
                Socket two = connect(2)) {
            acd.leg(2).lag(1_500);
            final long startNs = System.nanoTime();
            acd.burst(1);
            read(one, 1);
            read(two, 1);
            assertTrue(System.nanoTime() - startNs >= Duration.ofMillis(1_500).toNanos());
        }
    }

    @Test
    void shouldNotLagOnTheOtherLeg() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1);
                Socket two = connect(2)) {
            acd.leg(2).lag(600_000);
            acd.burst(1);
            read(one, 1); // within the minute that the socket waits
            assertEquals(0, two.getInputStream().available());
        }
    }

    @Test
    void shouldCutInTheMiddleOfAFrame() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1)) {
            acd.leg(1).truncate();
            acd.burst(1);
            assertEquals(FRAME / 2, one.getInputStream().readAllBytes().length);
        }
        assertEquals(0, acd.oracle().carriedForCertain(1, 1));
    }

    @Test
    void shouldPutNoiseBetweenFrames() throws IOException {
        acd(lines(0));
        try (Socket one = connect(1)) {
            acd.leg(1).garbage(64);
            acd.burst(1);
            final byte[] noise = one.getInputStream().readNBytes(64);
            assertEquals('\n', noise[63]);
            assertEquals(1, acd.oracle().foreign(AcdOracle.digest(noise, 0, 64)));
            shouldRead(one, 1, 1);
        }
    }

    @Test
    void shouldSwapNeighboursOnALegThatQueues() throws IOException {
        acd(lines(2_000).manners(200, 0));
        try (Socket one = connect(1)) {
            acd.leg(1).lag(100);
            acd.resume();
            final byte[] bytes = read(one, 2_000);
            final StreamComparison comparison = acd.comparison();
            for (int at = 0; at < bytes.length; at += FRAME) {
                comparison.frame(bytes, at, FRAME);
            }
            await().until(() -> acd.leg(1).carried() == 2_000);
            assertTrue(comparison.finish().proved());
            assertFalse(java.util.Arrays.equals(produced(1, 2_000), bytes));
        }
    }

    @Test
    void shouldWaitAtTheLimitOfTheQueueIfItBlocks() throws IOException {
        acd(lines(0).queue(10, true));
        try (Socket one = connect(1)) {
            acd.leg(1).lag(60_000);
            acd.burst(1_000);
            await().until(() -> acd.leg(1).queued() == 10);
            assertEquals(11, acd.oracle().produced());
            acd.leg(1).lag(0);
            acd.leg(1).cut(false);
            assertEquals(-1, one.getInputStream().read());
            await().until(() -> acd.oracle().produced() == 1_000);
        }
    }

    @Test
    void shouldDropAndCountAtTheLimitOfTheQueueIfItDoesNotBlock() throws IOException {
        acd(lines(0).queue(10, false));
        try (Socket one = connect(1)) {
            acd.leg(1).lag(500);
            acd.burst(1_000);
            await().until(() -> acd.leg(1).dropped() == 990);
            shouldRead(one, 1, 10);
        }
    }

    @Test
    void shouldDialAndDialAgain() throws IOException {
        final InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket first = new ServerSocket(0, 5, loopback);
                ServerSocket second = new ServerSocket(0, 5, loopback)) {
            acd(lines(0).at(
                            (InetSocketAddress) first.getLocalSocketAddress(),
                            (InetSocketAddress) second.getLocalSocketAddress(),
                            true));
            try (Socket one = first.accept();
                    Socket two = second.accept()) {
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.burst(3);
                shouldRead(one, 1, 3);
                shouldRead(two, 1, 3);
            }
            try (Socket again = first.accept()) {
                await().until(() -> acd.leg(1).connections() == 2);
                acd.burst(1);
                shouldRead(again, 4, 4);
            }
        }
    }

    @Test
    void shouldObeyItsControlChannel() throws IOException {
        acd(lines(0));
        try (AcdControl control = new AcdControl(acd, 0);
                Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), control.port());
                Socket one = connect(1)) {
            final BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write("lag 1 20ms\nburst 5\ncut 3\nnonsense\nrate x\ncut\nstats\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("ok", answers.readLine());
            assertEquals("ok", answers.readLine());
            assertEquals("error: leg 1 or 2, not 3", answers.readLine());
            assertEquals("error: unknown command: nonsense", answers.readLine());
            assertEquals("error: not a number in: rate x", answers.readLine());
            assertEquals("error: something is missing after: cut", answers.readLine());
            assertTrue(answers.readLine().startsWith("{\"produced\":"));
            read(one, 5);
        }
    }

    @Test
    void shouldRunAsAProgram() throws Exception {
        acd(lines(0));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(0, AcdEmulator.run(new PrintStream(out), new PrintStream(err), "--for", "100ms", "--rate=1000"));
        assertTrue(out.toString(StandardCharsets.US_ASCII).startsWith("ready leg1=127.0.0.1:"));
        assertTrue(out.toString(StandardCharsets.US_ASCII).contains("\"produced\":"));
        assertEquals(0, AcdEmulator.run(new PrintStream(out), new PrintStream(err), "--help"));
        assertEquals("", err.toString(StandardCharsets.US_ASCII));
        assertEquals(2, AcdEmulator.run(new PrintStream(out), new PrintStream(err), "--dialect", "morse"));
        assertTrue(err.toString(StandardCharsets.US_ASCII).contains("opaque-length"));
    }
}
