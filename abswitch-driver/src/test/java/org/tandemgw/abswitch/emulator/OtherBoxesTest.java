package org.tandemgw.abswitch.emulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the emulators do beyond the byte vectors: the other models, and what breaks at a chosen moment. */
@Timeout(600)
class OtherBoxesTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void shouldMoveAnEslBoxByAQueryMeantForADataprobe() throws IOException {
        // Electro Standards 7183: ^A to A, ^B to B, ^P query, each without Enter. The query below holds ^A and ^B.
        try (SwitchEmulator box = new SwitchEmulator(BoxModel.ESL_7183, 0, 1, 1);
                Socket client = new Socket("127.0.0.1", box.port())) {
            assertEquals("Position: A\r\n", ask(client, "\u0010", 13));
            assertEquals("Position: A\r\nPosition: B\r\n", ask(client, "\u001bPASS\u00017\u0002Q\r", 26));
            assertTrue(box.command("state").contains("\"positions\":\"B"), box.command("state"));
            assertEquals("Position: OFFLINE\r\n", ask(client, "\u000f", 19));
            assertEquals("Position: OFFLINE\r\n", ask(client, "\u0010", 19));
            assertEquals("ok", box.command("quiet on"));
            assertEquals("Position: A\r\n", ask(client, "\u0001\u0010", 13));
            assertTrue(box.command("dialect line").startsWith("error:"));
        }
    }

    @Test
    void shouldBreakAtTheChosenMomentAndOnce() throws IOException {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 7)) {
            assertEquals("ok", box.command("at-select close-once during"));
            try (Socket client = new Socket("127.0.0.1", box.port())) {
                assertEquals("7 A\r\n", ask(client, "\u001bPASS\u00017\u0002Q\r", 5));
                assertEquals("", ask(client, "\u001bPASS\u00017\u0002B\r", 1), "closed");
            }
            await().atMost(LONG).until(() -> box.command("state").contains("\"positions\":\"------B"));
            try (Socket client = new Socket("127.0.0.1", box.port())) {
                assertEquals("7 B\r\n", ask(client, "\u001bPASS\u00017\u0002B\r", 5));
            }
            assertTrue(box.command("at-select at-query well").startsWith("error:"));
        }
    }

    @Test
    void shouldLieInQueriesIfToldSo() throws IOException {
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 7);
                Socket client = new Socket("127.0.0.1", box.port())) {
            box.command("stuck 7 honest");
            box.command("queries-lie on");
            assertEquals("7 A\r\n", ask(client, "\u001bPASS\u00017\u0002B\r", 5));
            assertEquals("7 B\r\n", ask(client, "\u001bPASS\u00017\u0002Q\r", 5));
            assertTrue(box.command("state").contains("\"positions\":\"------A"));
        }
    }

    @Test
    void shouldTakeItsLineAwayAndGiveItBack() throws IOException {
        final Path line = folder.resolve("line");
        try (SwitchEmulator box = new SwitchEmulator(0, line, 1, 7)) {
            assertEquals("ok", box.command("unplug"));
            assertFalse(Files.exists(line));
            assertEquals("ok", box.command("plug"));
            assertTrue(Files.exists(line));
        }
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 7)) {
            assertTrue(box.command("unplug").startsWith("error:"));
        }
    }

    @Test
    void shouldSayWhichModelsThereAre() {
        assertEquals("no model 'k17'; there are k16, esl-7183, nbs", refusal("--model", "k17"));
        assertEquals("error: that is nothing of model nbs", refusal("--model", "nbs", "--dialect", "bare"));
        assertEquals("this model has no serial line here", refusal("--model", "nbs", "--pty", folder + "/x"));
        assertTrue(refusal("--model", "nbs", "--snmp-user", "noc").startsWith("--snmp-user: NAME:AUTH:PRIV"));
    }

    private static String refusal(String... arguments) {
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(
                2,
                SwitchEmulatorProgram.run(
                        new PrintStream(new ByteArrayOutputStream()), new PrintStream(err), arguments));
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow()
                .replace("tandem emulate switch: ", "");
    }

    private static String ask(Socket client, String bytes, int expected) throws IOException {
        client.setSoTimeout(30_000);
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return new String(client.getInputStream().readNBytes(expected), StandardCharsets.ISO_8859_1);
    }
}
