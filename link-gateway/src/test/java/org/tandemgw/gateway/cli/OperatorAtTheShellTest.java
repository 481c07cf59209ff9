package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.control.RehearsedGateway;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** Verbs that ask the running appliance. */
class OperatorAtTheShellTest {
    private static final String ME = System.getProperty("user.name");

    @TempDir
    Path folder;

    private RehearsedGateway gateway;
    private ControlServer server;
    private OnTheConsole shell;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "site: hq-east\ndata: run\n");
        final Path data = Files.createDirectory(folder.resolve("run"));
        gateway = new RehearsedGateway(data);
        server = ControlServer.start(data, gateway, new SystemClock());
        shell = new OnTheConsole(folder, null);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldShowTheStatusForPeopleAndForPrograms() {
        assertEquals(0, shell.type("status"));
        assertTrue(shell.out().startsWith("hq-east  UNPROTECTED"), shell.out());

        assertEquals(0, shell.type("status", "--json"));
        assertEquals(SampleStatus.trouble(), JsonRecords.read(shell.out(), GatewayStatus.class));
        assertEquals("", shell.err());
    }

    @Test
    void shouldFindTheConfigurationAnywhereOnTheLine() throws IOException {
        final String file = Files.move(folder.resolve("tandem.yaml"), folder.resolve("other.yaml"))
                .toString();
        for (final List<String> line : List.of(
                List.of("-c", file, "alarms", "--json"),
                List.of("alarms", "-c", file, "--json"),
                List.of("alarms", "--json", "--config=" + file),
                List.of("alarms", "--json", "-c", file),
                List.of("--config", file, "alarms", "ack", "1", "--reason", "x", "--json"),
                List.of("alarms", "-c", file, "ack", "2", "--reason", "x", "--json"),
                List.of("alarms", "ack", "2", "--reason", "x", "--json", "-c", file))) {
            assertEquals(0, shell.type(line.toArray(String[]::new)), line + ": " + shell.err());
        }
        assertEquals(2, shell.type("alarms"));
        assertTrue(shell.err().contains("name one with -c FILE"), shell.err());
    }

    @Test
    void shouldListAndAcknowledgeAlarms() {
        assertEquals(0, shell.type("alarms"));
        assertTrue(shell.out().contains("1  major     gap      acd1"), shell.out());

        assertEquals(0, shell.type("alarms", "ack", "1", "--reason", "it was me"));
        assertEquals("alarm 1 is acknowledged\n", shell.out());

        assertEquals(1, shell.type("alarms", "ack", "1", "--reason", "again"));
        assertEquals("tandem: there is no active alarm 1\n        tandem alarms shows them\n", shell.err());

        assertEquals(0, shell.type("alarms", "--history", "--json"));
        final List<Alarm> history = JsonRecords.readList(shell.out(), Alarm.class);
        assertEquals(
                new Alarm.Acknowledgement(
                        ME, "it was me", history.get(1).acknowledged().at()),
                history.get(1).acknowledged());
    }

    @Test
    void shouldActOnLegsAndAcds() {
        assertEquals(0, shell.type("leg", "busy-out", "acd1", "2", "--reason", "cable", "--yes"));
        assertEquals(0, shell.type("leg", "release", "acd1", "2", "-y"));
        assertEquals(0, shell.type("acd", "pause", "acd1", "--yes", "--reason=upgrade"));
        assertEquals(0, shell.type("acd", "resume", "acd1", "--yes", "--json"));
        assertTrue(JsonRecords.read(shell.out(), Answer.class).ok());

        assertEquals(
                List.of(
                        "busy-out acd1/leg-2 by " + ME + " because cable",
                        "release acd1/leg-2 by " + ME + " because null",
                        "pause acd1 by " + ME + " because upgrade",
                        "resume acd1 by " + ME + " because null"),
                gateway.asked());
    }

    @Test
    void shouldShowWhoIsToldAndTestIt() {
        assertEquals(0, shell.type("notify"));
        assertEquals("this site tells nobody\n", shell.out());
        gateway.show(SampleStatus.told());
        assertEquals(0, shell.type("notify"));
        assertTrue(shell.out().contains("https://hooks.example/…  webhook"), shell.out());
        assertEquals(2, shell.type("notify", "test", "10.1.1.50:162"), "nobody to ask");
        assertEquals(List.of(), gateway.asked());

        gateway.testsEnd("confirmed");
        assertEquals(0, shell.type("notify", "test", "10.1.1.50:162", "--yes", "--reason", "new"), shell.err());
        assertTrue(shell.out().contains("10.1.1.50:162  snmp/inform  confirmed"), shell.out());
        gateway.testsEnd("failed");
        assertEquals(1, shell.type("notify", "test", "--yes", "--json"));
        assertTrue(shell.out().startsWith("{\"ok\":false,\"message\":\"somebody was not reached\","), shell.out());
        assertEquals(1, shell.type("notify", "test", "--yes"));
        assertTrue(shell.out().contains("10.1.1.50:162  snmp/inform  NOT reached"), shell.out());
        assertTrue(shell.err().startsWith("tandem: somebody was not reached\n"), shell.err());
        assertEquals(
                List.of(
                        "test 10.1.1.50:162 by " + ME + " because new",
                        "test null by " + ME + " because null",
                        "test null by " + ME + " because null"),
                gateway.asked());
    }

    @Test
    void shouldEndWithOneWhenRefused() {
        assertEquals(1, shell.type("acd", "pause", "acd9", "--yes"));
        assertEquals("tandem: there is no ACD 'acd9'\n        the ACDs are: acd1\n", shell.err());

        assertEquals(1, shell.type("acd", "pause", "acd9", "--yes", "--json"));
        assertFalse(JsonRecords.read(shell.out(), Answer.class).ok());

        assertEquals(2, shell.type("leg", "busy-out", "acd1", "3", "--yes", "--json"));
        assertEquals(
                "there is no leg 3", JsonRecords.read(shell.out(), Answer.class).message());
        assertEquals(2, shell.type("leg", "release", "acd1", "2", "--json"), "nobody to ask");
        assertFalse(JsonRecords.read(shell.out(), Answer.class).ok());
    }

    @Test
    void shouldAskThePersonBeforeItActs() {
        final OnTheConsole hesitant = new OnTheConsole(folder, "\nn\ny\n");
        assertEquals(1, hesitant.type("acd", "pause", "acd1"));
        assertEquals(1, hesitant.type("acd", "pause", "acd1"));
        assertEquals(List.of(), gateway.asked());

        assertEquals(0, hesitant.type("acd", "pause", "acd1"));
        assertTrue(hesitant.err().startsWith("Pause acd1: both legs are closed? [y/N]"), hesitant.err());
        assertEquals(1, gateway.asked().size());
    }

    @Test
    void shouldNotActWithoutAPersonAndWithoutYes() {
        assertEquals(2, shell.type("acd", "pause", "acd1"));
        assertTrue(shell.err().endsWith("add --yes\n"), shell.err());
        assertEquals(List.of(), gateway.asked());
    }

    @Test
    void shouldSayThatTheGatewayIsNotRunning() throws IOException {
        server.close();
        for (final String verb : List.of("status", "alarms")) {
            assertEquals(1, shell.type(verb));
            assertTrue(shell.err().startsWith("tandem: Tandem is not running: there is no "), shell.err());
        }
        server = ControlServer.start(folder.resolve("run"), gateway, new SystemClock());
    }

    @Test
    void shouldNotNeedMoreOfTheConfigurationThanItsData() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: run\nacds: [ { name: half-writ");
        assertEquals(2, shell.type("status"));
        assertFalse(shell.err().contains("\tat "), shell.err());

        Files.writeString(folder.resolve("tandem.yaml"), "data: run\nacds: [ { nme: acd1 } ]\nnonsense: 1\n");
        assertEquals(0, shell.type("status"), shell.err());
    }
}
