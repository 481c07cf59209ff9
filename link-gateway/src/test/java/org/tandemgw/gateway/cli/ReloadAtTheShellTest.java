package org.tandemgw.gateway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.config.ConfigurationFile;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.control.SwitchAnswer;
import org.tandemgw.gateway.house.FreePort;
import org.tandemgw.gateway.time.SystemClock;

/** An operator changes the file of a running gateway and types what the manual says: row B14. */
@Timeout(300)
class ReloadAtTheShellTest {
    @TempDir
    private Path folder;

    private Path file;
    private String text;
    private LinkGateway gateway;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("tandem.yaml");
        Files.writeString(folder.resolve("a.secret"), "sesame\n");
        Files.setPosixFilePermissions(folder.resolve("a.secret"), PosixFilePermissions.fromString("rw-------"));
        text = """
                site: test
                data: data
                acds:
                  - name: acd1
                    profile: opaque-line
                    legs:
                      - { connect: "127.0.0.1:1", bind: "127.0.0.2" }
                      - { connect: "127.0.0.1:1", bind: "127.0.0.3" }
                journal: { retention: 14d, min-free: 1MiB }
                servers:
                  - name: east
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: east, secret-file: a.secret } }
                  - name: west
                    feed: { soupbintcp: { listen: "127.0.0.1:%d", user: west, secret-file: a.secret } }
                switchover: { mode: manual, initial: east }
                log: { level: info }
                """.formatted(freePort(), freePort());
        Files.writeString(file, text);
        gateway = new LinkGateway(
                ConfigurationFile.read(file).configuration().orElseThrow(), new SystemClock(), new Random(1));
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static int freePort() throws IOException {
        return FreePort.next();
    }

    private void edit(String from, String to) throws IOException {
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void shouldShowAskAndDoWhatCanBeDone() throws Exception {
        final OnTheConsole console = new OnTheConsole(folder, "y\n");
        assertEquals(0, console.type("reload", "--dry-run"));
        assertTrue(console.out().contains("nothing differs from what runs"), console.out());

        Files.writeString(file, text.replace("14d", "3d").replace("site: test", "site: other"));
        assertEquals(0, console.type("reload", "--dry-run"), console.err());
        assertTrue(console.out().contains("journal.retention") && console.out().contains("3d"), console.out());
        assertTrue(console.out().contains("after a restart: alarms, messages and records go by it"), console.out());
        assertTrue(console.out().contains("1 key would be changed, 1 key waits for a restart"), console.out());

        assertEquals(0, console.type("reload", "--reason", "less room"), console.err());
        assertTrue(console.out().contains("1 key is changed, 1 key waits for a restart"), console.out());
        console.type("status");
        assertTrue(console.out().contains("configuration: 1 key waits for a restart: site"), console.out());
        final String audit = Files.readString(folder.resolve("data/audit.jsonl"));
        assertTrue(audit.contains("\"key\":\"journal.retention\",\"old\":\"14d\",\"new\":\"3d\""), audit);
        assertTrue(audit.contains("less room"), audit);
    }

    @Test
    void shouldChangeNothingWithoutAYesOrWithABadFile() throws Exception {
        edit("14d", "3d");
        final OnTheConsole nobody = new OnTheConsole(folder, null);
        assertEquals(2, nobody.type("reload"));
        assertTrue(nobody.err().contains("add --yes"), nobody.err());
        assertTrue(configuration().get("waiting").equals(List.of())
                && configuration().get("refused") == null);

        edit("14d", "soon");
        assertEquals(2, nobody.type("reload", "--yes"));
        assertTrue(nobody.err().contains("retention") && nobody.err().contains("tandem check"), nobody.err());
        assertEquals(2, nobody.type("reload", "--yes", "--json"));
        assertFalse((Boolean) JSON.std.mapFrom(nobody.out()).get("ok"));
        assertEquals(null, configuration().get("refused"), "it was only shown");
        gateway.reload();
        await().until(() -> configuration().get("refused") != null);
        nobody.type("alarms");
        assertTrue(nobody.out().contains("configMismatch"), nobody.out());

        Files.writeString(file, text);
        assertEquals(0, nobody.type("reload", "--yes", "--json"), nobody.err());
        assertTrue((Boolean) JSON.std.mapFrom(nobody.out()).get("ok"), nobody.out());
        assertEquals(null, configuration().get("refused"));
        await().until(() -> {
            nobody.type("alarms");
            return !nobody.out().contains("configMismatch");
        });
    }

    @Test
    void shouldSayWhichFileIsRead() throws Exception {
        final Path other = folder.resolve("other.yaml");
        Files.writeString(other, text);
        final OnTheConsole console = new OnTheConsole(folder, null);
        assertEquals(2, console.type("reload", "--yes", "-c", other.toString()));
        assertTrue(console.err().contains("the running Tandem reads " + file), console.err());
    }

    /** What a reload has made anew is what a test goes to. */
    @Test
    void shouldTestAWebhookThatAReloadHasAdded() throws Exception {
        final OnTheConsole console = new OnTheConsole(folder, null);
        assertEquals(1, console.type("notify", "test", "--yes"));
        assertTrue(console.err().contains("this site tells nobody"), console.err());
        final int port = freePort();
        for (final String target : List.of("first", "second")) { // the second replaces one that was made by a reload
            Files.writeString(
                    file, text + "notify: [ { webhook: \"http://127.0.0.1:" + port + "/" + target + "\" } ]\n");
            assertEquals(0, console.type("reload", "--yes"), console.err());
            assertTrue(new ControlClient(folder.resolve("data/tandem.sock"), 30_000)
                    .post(Answer.class, "/v1/notified/test", "jd", "a trial")
                    .message()
                    .contains("a test is under way to"));
        }
    }

    /** Legs of which none is up lose nothing: they are only reached in another way. */
    @Test
    void shouldChangeLegsAndProbesOfASiteThatStandsStill() throws Exception {
        Files.writeString(
                file,
                text.replace("bind: \"127.0.0.3\"", "bind: \"127.0.0.4\"")
                        .replace(
                                "  - name: west\n",
                                "  - name: west\n    probes: [ { name: app, feed: acd1, every: 100ms, timeout: 50ms } ]\n"));
        final OnTheConsole console = new OnTheConsole(folder, null);
        assertEquals(0, console.type("reload", "--yes"), console.err());
        await().until(() -> {
            console.type("status", "--json");
            return console.out().contains("\"name\":\"app\"");
        });
    }

    @Test
    void shouldWaitForTheEndOfASwitchover() throws Exception {
        final Path script = Files.writeString(
                folder.resolve("promote"),
                "#!/bin/sh\nwhile [ ! -e " + folder.resolve("go") + " ]; do sleep 0.1; done\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        final OnTheConsole console = new OnTheConsole(folder, null);
        edit("  - name: west\n", "  - name: west\n    promote: { run: promote, timeout: 60s }\n");
        assertEquals(0, console.type("reload", "--yes"), console.err());
        final ControlClient operator = new ControlClient(folder.resolve("data/tandem.sock"), 30_000);
        operator.post(SwitchAnswer.class, "/v1/switch/west?forced", "jd", "a trial");
        await().until(() -> open(operator));

        Files.writeString(file, Files.readString(file).replace("14d", "3d"));
        assertEquals(1, console.type("reload", "--yes"));
        assertTrue(console.err().contains("a switchover is under way"), console.err());
        assertTrue(console.err().contains("tandem status"), console.err());

        Files.createFile(folder.resolve("go"));
        await().until(() -> !open(operator));
        assertEquals(0, console.type("reload", "--yes"), console.err());
        assertEquals(List.of(), configuration().get("waiting"));
    }

    private static boolean open(ControlClient operator) throws IOException {
        return JSON.std.mapFrom(operator.get("/v1/why-not").json()).get("open") != null;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> configuration() throws IOException {
        final OnTheConsole console = new OnTheConsole(folder, null);
        console.type("status", "--json");
        return (Map<String, Object>) JSON.std.mapFrom(console.out()).get("configuration");
    }
}
