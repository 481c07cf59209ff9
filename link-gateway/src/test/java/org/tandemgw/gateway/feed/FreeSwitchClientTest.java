package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.calls.EslCallDecoder;
import org.tandemgw.gateway.dialect.esl.EslDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** A program that was made for a FreeSWITCH reads from Tandem in its place; another one only asks how things stand. */
@Timeout(300)
class FreeSwitchClientTest {
    private static final Pattern BODY = Pattern.compile("Content-Length: (\\d+)");
    private static final String LISTENING =
            "Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n";

    @TempDir
    private Path data;

    private NativeRig rig;

    @BeforeEach
    void begin() throws Exception {
        rig = new NativeRig(
                        data,
                        new EslDialect(LinkFrameDecoder.Limits.WIDEST, 1, "ALL", List.of(), 0),
                        EslCallDecoder::new)
                .start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static byte[] event(String name, int number) {
        return AcdDialect.FREESWITCH_ESL.frame(
                ("Event-Name: " + name + "\nEvent-Sequence: " + number + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.ISO_8859_1);
    }

    /** The other end: a plain socket. It shares no code with what it talks to. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client() throws IOException {
            socket = new Socket(rig.address().getAddress(), rig.address().getPort());
            socket.setSoTimeout(120_000);
            in = new BufferedInputStream(socket.getInputStream());
            assertEquals("Content-Type: auth/request\n\n", hear());
        }

        /** The next block, with its body. */
        String hear() throws IOException {
            final StringBuilder head = new StringBuilder();
            while (head.indexOf("\n\n") < 0) {
                final int b = in.read();
                if (b < 0) {
                    throw new EOFException(head.toString());
                }
                head.append((char) b);
            }
            final Matcher length = BODY.matcher(head);
            final int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            return head + new String(in.readNBytes(body), StandardCharsets.ISO_8859_1);
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\n\n").getBytes(StandardCharsets.ISO_8859_1));
            return hear();
        }

        Client login() throws IOException {
            assertTrue(ask("auth " + NativeRig.SECRET).contains("+OK accepted"));
            return this;
        }

        void asks() throws IOException {
            final String status = ask("api status");
            assertTrue(status.startsWith("Content-Type: api/response\n") && status.contains("\nUP\n"), status);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void shouldGoOnFeedingTheOneThatListensWhileAnotherOnlyAsks() throws Exception {
        try (Client board = new Client().login();
                Client stranger = new Client();
                Client asking = new Client().login()) {
            assertEquals(LISTENING, board.ask("event plain ALL"));
            rig.raw(event("HEARTBEAT", 1));
            assertEquals(text(event("HEARTBEAT", 1)), board.hear());
            asking.asks();
            assertTrue(asking.ask("event json ALL").contains("-ERR only plain events"));
            assertTrue(asking.ask("nolog").contains("-ERR not loging"));
            rig.pass(Duration.ofSeconds(100));
            assertThrows(EOFException.class, stranger::hear, "its time for a login is over");
            asking.asks();
            rig.raw(event("HEARTBEAT", 2));
            assertEquals(text(event("HEARTBEAT", 2)), board.hear());
            NativeRig.await().until(() -> rig.feed().cursor() == 2);
            assertEquals(1, rig.events.count("loggedIn"), rig.events.lines()::toString);
        }
    }

    @Test
    void shouldPassNothingOverForWhoAsksAndFiltersBeforeHeListens() throws Exception {
        try (Client board = new Client().login()) {
            assertEquals(LISTENING, board.ask("event plain ALL"));
            rig.raw(event("HEARTBEAT", 1));
            board.hear();
            NativeRig.await().until(() -> rig.feed().cursor() == 1);
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        rig.raw(event("HEARTBEAT", 2)).raw(event("CHANNEL_CREATE", 3)).raw(event("HEARTBEAT", 4));
        try (Client asking = new Client().login()) {
            asking.asks();
            assertTrue(asking.ask("api user_data 1001@x param geheim").contains("-ERR permission denied"));
            assertTrue(asking.ask("exit").contains("+OK bye"));
        }
        assertEquals(1, rig.feed().deniedActions());
        final String said = String.join("\n", rig.events.lines());
        assertTrue(said.contains("api user_data") && !said.contains("geheim"), said);
        assertEquals(1, rig.feed().cursor());
        try (Client board = new Client().login()) {
            board.asks();
            assertTrue(board.ask("filter Event-Name HEARTBEAT").contains("+OK filter added"));
            assertEquals(LISTENING, board.ask("event plain ALL"));
            assertEquals(text(event("HEARTBEAT", 2)), board.hear());
            assertEquals(text(event("HEARTBEAT", 4)), board.hear());
        }
    }

    @Test
    void shouldEndWhoOnlyAsksWhenHisPasswordIsAnother() throws Exception {
        try (Client server = new Client().login();
                Client watching = new Client()) {
            assertTrue(watching.ask("userauth watch@x:looking").contains("+OK accepted"));
            watching.asks();
            rig.server()
                    .follow(new FeedSettings(
                            "cms-east",
                            rig.address(),
                            NativeRig.USER,
                            NativeRig.SECRET,
                            true,
                            Map.of("watch", "other"),
                            Map.of(),
                            FeedRig.QUICK));
            assertThrows(EOFException.class, watching::hear);
            server.asks();
        }
    }
}
