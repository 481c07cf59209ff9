package org.tandemgw.abswitch.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandemgw.abswitch.emulator.BoxModel;
import org.tandemgw.abswitch.emulator.SwitchEmulator;

/** A box that is spoken to by SNMP, seen from the adapter. */
@Timeout(600)
class BoxOnSnmpTest {
    private static final String NBS = "1.3.6.1.4.1.9477.1.4.";
    private static final String PORT = NBS + "3.1.2.";

    private SwitchEmulator box;
    private SnmpPath path;

    @BeforeEach
    void start() throws IOException {
        box = new SwitchEmulator(BoxModel.NBS, 0, 1, 1, 2, 3, 4);
        box.snmpUser("noc", "long enough", "longer than that");
    }

    @AfterEach
    void stop() throws IOException {
        path.close();
        box.close();
    }

    @Test
    void shouldReadAndMoveAPort() {
        final Told told = open("private", null);
        assertEquals(PORT + "3 A\n", ask(told, "get " + PORT + "3\n"));
        assertEquals(PORT + "3 B\n", ask(told, "set " + PORT + "3 s B\n"));
        assertEquals(PORT + "3 B\n", ask(told, "get " + PORT + "3\n"));
        assertTrue(box.command("state").contains("\"positions\":\"AABA----"), box.command("state"));
    }

    @Test
    void shouldSpeakAsAV3User() {
        final Told told = open(null, user("longer than that"));
        assertEquals(PORT + "1 A\n", ask(told, "get " + PORT + "1"));
        assertEquals(PORT + "1 B\n", ask(told, "set " + PORT + "1 s B"));
    }

    @Test
    void shouldTellAWrongPassPhraseFromSilence() {
        final Told wrong = open(
                null,
                new SnmpSettings.User(
                        "noc",
                        SnmpSettings.Authentication.SHA_256,
                        "not this one",
                        SnmpSettings.Privacy.AES_128,
                        "longer than that"));
        assertEquals("error wrongDigest\n", ask(wrong, "get " + PORT + "1"));
        path.close();
        final Told unknown = open(
                null,
                new SnmpSettings.User(
                        "nobody",
                        SnmpSettings.Authentication.SHA_256,
                        "long enough",
                        SnmpSettings.Privacy.AES_128,
                        "longer than that"));
        assertEquals("error unknownUserName\n", ask(unknown, "get " + PORT + "1"));
    }

    @Test
    void shouldSayWhatTheAgentRefuses() {
        final Told told = open("private", null);
        assertEquals("error noSuchInstance\n", ask(told, "get " + PORT + "9"));
        assertEquals("error notWritable\n", ask(told, "set " + PORT + "9 s B"));
        assertEquals("error wrongType\n", ask(told, "set " + PORT + "1 i 2"));
        assertEquals("error wrongValue\n", ask(told, "set " + PORT + "1 s C"));
        box.command("busy on");
        assertEquals("error resourceUnavailable\n", ask(told, "get " + PORT + "1"));
        assertTrue(ask(told, "walk " + PORT).startsWith("error request"), told.text());
        assertTrue(ask(told, "get me").startsWith("error request"), told.text());
        assertTrue(box.command("state").contains("\"positions\":\"AAAA----"), box.command("state"));
    }

    @Test
    void shouldNotBeFooledByTheGangs() {
        // Black Box NBS008A manual, page 38: A if any port is at A, B only if all are, empty if there is none.
        final Told told = open("private", null);
        box.command("panel 1 B");
        assertEquals(NBS + "1.0 A\n", ask(told, "get " + NBS + "1.0"));
        assertEquals(NBS + "1.0 B\n", ask(told, "set " + NBS + "1.0 s B"));
        assertEquals(NBS + "2.1.2.1 B\n", ask(told, "get " + NBS + "2.1.2.1"));
        assertEquals(NBS + "2.1.9.1 1111000000000000\n", ask(told, "get " + NBS + "2.1.9.1"));
    }

    @Test
    void shouldMoveWhatIsInAGroup() {
        // Page 39: all ports of a group follow a command to any of them.
        final Told told = open("private", null);
        ask(told, "set " + NBS + "2.1.8.1 s 0G0G000000000000");
        ask(told, "set " + PORT + "2 s B");
        assertTrue(box.command("state").contains("\"positions\":\"ABAB----"), box.command("state"));
    }

    @Test
    void shouldForgetARequestWhenTheNextOneIsMade() {
        final Told told = open("private", null);
        box.command("delay-once 300");
        path.send(("get " + PORT + "1").getBytes(StandardCharsets.US_ASCII));
        assertEquals(PORT + "2 A\n", ask(told, "get " + PORT + "2"));
        await().pollDelay(500, TimeUnit.MILLISECONDS).atMost(Told.LONG).until(() -> true);
        assertFalse(told.text().contains(PORT + "1"), told.text());
    }

    @Test
    void shouldGetNoAnswerWithAnotherCommunity() {
        final Told told = open("public", null);
        path.send(("get " + PORT + "1").getBytes(StandardCharsets.US_ASCII));
        await().pollDelay(300, TimeUnit.MILLISECONDS).atMost(Told.LONG).until(() -> told.sent == 1);
        assertEquals("", told.text());
    }

    private Told open(String community, SnmpSettings.User user) {
        path = new SnmpPath(
                new SnmpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), box.port()), community, user));
        final Told told = new Told();
        path.open(told);
        return told.untilOpen();
    }

    private static SnmpSettings.User user(String privacy) {
        return new SnmpSettings.User(
                "noc", SnmpSettings.Authentication.SHA_256, "long enough", SnmpSettings.Privacy.AES_128, privacy);
    }

    private String ask(Told told, String line) {
        final int before = told.text().length();
        path.send(line.getBytes(StandardCharsets.US_ASCII));
        await("answer to " + line).atMost(Told.LONG).until(() -> told.text().length() > before);
        return told.text().substring(before);
    }
}
