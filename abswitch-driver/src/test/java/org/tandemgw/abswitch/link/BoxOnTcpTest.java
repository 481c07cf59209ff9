package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.emulator.SwitchEmulator;

/** A box on TCP, seen from the adapter. */
@Timeout(600)
class BoxOnTcpTest {
    private static final EventLoopGroup LOOP =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("switch-net", true), NioIoHandler.newFactory());
    private static final byte[] QUERY_7 = "\u001bPASS\u00017\u0002Q\r".getBytes(StandardCharsets.ISO_8859_1);

    @AfterAll
    static void end() {
        LOOP.shutdownGracefully();
    }

    @Test
    void shouldCarryAQuestionAndItsAnswerTwice() throws IOException {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 7)) {
            final TcpPath path = path(box.port());
            final Told told = open(path).untilOpen();
            path.send(QUERY_7);
            told.untilText("7 A\r\n");
            path.send(QUERY_7);
            told.untilText("7 A\r\n7 A\r\n");
            assertEquals(2, told.sent);
            path.close();
            await().atMost(Told.LONG).until(() -> told.closings.get() == 1);
        }
    }

    @Test
    void shouldSayThatTheBoxClosed() throws IOException {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 7)) {
            box.command("close-after-reply on");
            final TcpPath path = path(box.port());
            final Told told = open(path).untilOpen();
            path.send(QUERY_7);
            assertEquals(PathEnd.CLOSED_BY_PEER, told.untilEnd());
            assertEquals("7 A\r\n", told.text(), "what came before the end is told before it");
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        final int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        final Told told = open(path(free));
        assertEquals(PathEnd.REFUSED, told.untilEnd());
        assertEquals("no connection: Connection refused", told.why, "the address is said by whoever knows the path");
    }

    @Test
    void shouldSayThatTheConnectionBroke() throws IOException {
        try (ServerSocket box = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Told told = open(path(box.getLocalPort()));
            try (Socket socket = box.accept()) {
                told.untilOpen();
                socket.setSoLinger(true, 0); // an RST in place of a FIN
            }
            assertEquals(PathEnd.RESET, told.untilEnd());
        }
    }

    @Test
    void shouldEndAnOpeningThatWasGivenUp() throws IOException {
        try (ServerSocket box = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final TcpPath path = path(box.getLocalPort());
            final Told first = open(path);
            path.close();
            first.untilEnd();
            open(path).untilOpen();
            path.close();
        }
    }

    @Test
    void shouldShutOutABoxThatTalksWithoutEnd() throws IOException {
        try (ServerSocket box = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Told told = open(path(box.getLocalPort()));
            try (Socket socket = box.accept()) {
                final byte[] noise = new byte[65_536];
                await().atMost(Told.LONG).until(() -> {
                    try {
                        socket.getOutputStream().write(noise);
                    } catch (IOException e) {
                        return true;
                    }
                    return told.end != null;
                });
            }
            assertEquals(PathEnd.FAILED, told.untilEnd());
            assertTrue(
                    told.text().length() <= Telling.FLOOD_BYTES,
                    "bounded: " + told.text().length());
        }
    }

    private static TcpPath path(int port) {
        return new TcpPath(LOOP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static Told open(TcpPath path) {
        final Told told = new Told();
        path.open(told);
        return told;
    }
}
