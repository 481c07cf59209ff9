package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.calls.CstaCallDecoder;
import org.tandemgw.gateway.dialect.csta.CstaDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** A program that was made for a switching function reads from Tandem in its place. */
@Timeout(300)
class CstaClientTest {
    private static final List<String> DEVICES = List.of("8000", "2001");
    private static final String LOGIN = login(NativeRig.SECRET);

    private static final String MONITOR =
            "<MonitorStart><monitorObject><deviceObject>8000</deviceObject></monitorObject></MonitorStart>";
    private static final String SNAPSHOT = "<SnapshotDevice><snapshotObject>8000</snapshotObject></SnapshotDevice>";

    @TempDir
    private Path folder;

    private NativeRig rig;

    private void start(boolean switchFirst) throws Exception {
        rig = new NativeRig(
                folder,
                new CstaDialect(
                        LinkFrameDecoder.Limits.WIDEST,
                        1,
                        new CstaDialect.Settings(switchFirst, "urn:ed4", DEVICES, List.of(), 0)),
                out -> new CstaCallDecoder(out, DEVICES));
        rig.start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static byte[] event(String name, String device, String call, String local) {
        return AcdDialect.CSTA_XML.frame(("<" + name + "Event><monitorCrossRefID>" + device
                        + "</monitorCrossRefID><connection><callID>" + call + "</callID><deviceID>" + device
                        + "</deviceID></connection><localConnectionInfo>" + local + "</localConnectionInfo></" + name
                        + "Event>")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** The other end: a plain socket. It shares no code with what it talks to. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Client() throws IOException {
            socket = new Socket(rig.address().getAddress(), rig.address().getPort());
            socket.setSoTimeout(30_000);
            in = new DataInputStream(socket.getInputStream());
        }

        void send(String id, String document) throws IOException {
            final byte[] frame = AcdDialect.CSTA_XML.frame(document.getBytes(StandardCharsets.UTF_8));
            System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, frame, 4, 4);
            socket.getOutputStream().write(frame);
        }

        /** The next frame, from its invoke id on. */
        String hear() throws IOException {
            assertEquals(0, in.readUnsignedShort());
            final byte[] rest = new byte[in.readUnsignedShort() - 4];
            in.readFully(rest);
            return new String(rest, StandardCharsets.UTF_8);
        }

        String ask(String id, String document) throws IOException {
            send(id, document);
            final String answer = hear();
            assertTrue(answer.startsWith(id), answer);
            return answer;
        }

        Client session(String more) throws IOException {
            final String answer = ask(
                    "0001",
                    "<StartApplicationSession><applicationInfo><applicationID>x</applicationID>" + more
                            + "</applicationInfo></StartApplicationSession>");
            assertTrue(answer.contains("<sessionID>"), answer);
            return this;
        }

        void monitor(String device) throws IOException {
            final String answer = ask(
                    "0002",
                    "<MonitorStart><monitorObject><deviceObject>" + device
                            + "</deviceObject></monitorObject></MonitorStart>");
            assertTrue(answer.contains("<monitorCrossRefID>" + device + "<"), answer);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String login(String password) {
        return "<SessionLoginInfo><userName>" + NativeRig.USER + "</userName><password>" + password
                + "</password></SessionLoginInfo>";
    }

    private static String text(byte[] event) {
        return new String(event, 4, event.length - 4, StandardCharsets.UTF_8);
    }

    @Test
    void shouldGetTheEventsOfWhatItMonitorsAndGoOnWhereItWas() throws Exception {
        start(false);
        final byte[] first = event("Delivered", "2001", "C1", "alerting");
        final byte[] second = event("Established", "2001", "C1", "connected");
        try (Client client = new Client().session(LOGIN)) {
            client.monitor("2001");
            NativeRig.await().until(() -> rig.feed().connected());
            rig.raw(event("Queued", "8000", "C2", "queued")).raw(first);
            assertEquals(text(first), client.hear(), "what it does not monitor is passed over");
            NativeRig.await().until(() -> rig.feed().cursor() == 2);
        }
        NativeRig.await().until(() -> !rig.feed().connected());
        rig.raw(second);
        try (Client client = new Client().session(LOGIN)) {
            client.monitor("8000");
            client.monitor("2001");
            assertEquals(text(second), client.hear());
        }
    }

    @Test
    void shouldBeToldHowThingsStandAndRefusedWhatCommands() throws Exception {
        start(true);
        rig.raw(event("Queued", "8000", "C2", "queued")).raw(event("Established", "2001", "C1", "connected"));
        try (Client client = new Client()) {
            assertTrue(client.hear().contains("<SystemStatus "), "it speaks first");
            client.send("0000", "<SystemStatusResponse/>");
            assertTrue(client.ask("0005", "<SystemRegister/>").contains("<sysStatRegisterID>"));
            client.monitor("2001");
            client.monitor("8000");
            NativeRig.await().until(() -> rig.feed().connected());
            final String standing =
                    client.ask("0007", "<SnapshotDevice><snapshotObject>8000</snapshotObject></SnapshotDevice>");
            assertTrue(
                    standing.contains("<callID>C2</callID><deviceID>8000</deviceID>") && standing.contains(">queued<"),
                    standing);
            final String call = client.ask(
                    "0008", "<SnapshotCall><snapshotObject><callID>C1</callID></snapshotObject></SnapshotCall>");
            assertTrue(call.contains("<deviceID>2001</deviceID>") && call.contains(">connected<"), call);
            assertTrue(client.ask("0009", "<SystemStatus/>").contains("SystemStatusResponse"));
            for (final String command : List.of("MakeCall", "ClearConnection", "SetAgentState", "Nonsense")) {
                assertTrue(client.ask("0010", "<" + command + "/>").contains("requestIncompatibleWithObject"));
            }
            assertTrue(client.ask("0011", "<!DOCTYPE a><MakeCall/>").contains("CSTAErrorCode"));
            assertTrue(client.ask(
                            "0012",
                            "<MonitorStart><monitorObject><deviceObject>9</deviceObject></monitorObject></MonitorStart>")
                    .contains("invalidDeviceID"));
            assertTrue(client.ask("0013", "<StopApplicationSession/>").contains("PosResponse"));
            Assertions.assertThrows(EOFException.class, client::hear);
        }
        assertEquals(4, rig.feed().deniedActions());
    }

    @Test
    void shouldNotLetInWhoTellsAWrongPassword() throws Exception {
        start(false);
        for (final String login : List.of(login("wrong"), "")) {
            try (Client client = new Client()) {
                assertTrue(client.ask(
                                "0001",
                                "<StartApplicationSession><applicationInfo>" + login
                                        + "</applicationInfo></StartApplicationSession>")
                        .contains("NegResponse"));
                Assertions.assertThrows(EOFException.class, client::hear);
            }
        }
        try (Client client = new Client()) {
            for (final String early : List.of(MONITOR, SNAPSHOT, "<SystemRegister/>", "<SystemStatus/>")) {
                assertTrue(client.ask("0001", early).contains("CSTAErrorCode"), early);
            }
            client.session(LOGIN);
        }
    }

    /** Whoever only asks takes nothing from who is fed. */
    @Test
    void shouldAnswerWhoMonitorsNothingBesideWhoIsFed() throws Exception {
        start(false);
        final byte[] first = event("Queued", "8000", "C1", "queued");
        try (Client client = new Client().session(LOGIN);
                Client asking = new Client().session(LOGIN)) {
            client.monitor("8000");
            NativeRig.await().until(() -> rig.feed().connected());
            rig.pass(Duration.ofSeconds(60));
            assertTrue(asking.ask("0003", SNAPSHOT).contains("SnapshotDeviceResponse"));
            rig.raw(first);
            assertEquals(text(first), client.hear());
            NativeRig.await().until(() -> rig.feed().cursor() == 1);
            assertTrue(asking.ask("0004", SNAPSHOT).contains("<callID>C1<"));
            assertTrue(asking.ask("0005", "<MakeCall/>").contains("CSTAErrorCode"));
            assertEquals(1, rig.feed().deniedActions());
            client.send("0006", "<ResetApplicationSessionTimer/>");
            assertTrue(client.hear().startsWith("0006"));
        }
    }

    /** An answer is one frame: of a queue that holds more calls than fit, it has the first ones. */
    @Test
    void shouldTellAsManyCallsOfAQueueAsFitAnAnswer() throws Exception {
        start(false);
        final int calls = 300;
        final String id = "-123456789012345678901234567890123";
        for (int i = 100; i < 100 + calls; i++) {
            rig.raw(event("Queued", "8000", i + id, "queued"));
        }
        try (Client client = new Client().session(LOGIN)) {
            final String[] answer = {""};
            NativeRig.await().until(() -> {
                answer[0] = client.ask("0003", SNAPSHOT);
                return answer[0].contains("100" + id);
            });
            final int told = answer[0].split("<callID>", -1).length - 1;
            assertTrue(told > 150 && told < 250, told + " calls");
            assertTrue(answer[0].endsWith("</SnapshotDeviceResponse>"));
            assertTrue(client.ask("0004", "<ResetApplicationSessionTimer/>").contains("PosResponse"));
        }
    }

    @Test
    void shouldEndAConnectionThatSpeaksSomethingElse() throws Exception {
        start(false);
        try (Client client = new Client()) {
            client.socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Assertions.assertThrows(IOException.class, client::hear);
        }
    }
}
