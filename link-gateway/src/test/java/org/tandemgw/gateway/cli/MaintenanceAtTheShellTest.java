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
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.control.RehearsedGateway;
import org.tandemgw.gateway.control.RehearsedSwitching;
import org.tandemgw.gateway.time.SystemClock;

/** Somebody takes a server out at a terminal: he is told what that means before he is asked, and nobody is asked what would be refused. */
class MaintenanceAtTheShellTest {
    @TempDir
    Path folder;

    private RehearsedSwitching switching;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "site: hq-east\ndata: run\n");
        final Path data = Files.createDirectory(folder.resolve("run"));
        final RehearsedGateway gateway = new RehearsedGateway(data);
        switching = gateway.rehearseSwitching();
        switching.remember();
        server = ControlServer.start(data, gateway, new SystemClock());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldSayThatNothingProtectsTheSiteBeforeItAsks() {
        final OnTheConsole shell = new OnTheConsole(folder, "n\ny\n");

        assertEquals(1, shell.type("maintenance", "on", "cms-east", "--reason", "disk", "--for", "2h"));
        assertTrue(
                shell.err().contains("UNPROTECTED: should cms-west fail meanwhile, nothing is switched."), shell.err());
        assertTrue(shell.err().contains("one warning for 2h"), shell.err());
        assertTrue(shell.err().contains("Take cms-east out? [y/N]"), shell.err());
        assertEquals(0, shell.type("maintenance", "on", "cms-east", "--reason", "disk"), shell.err());
        assertEquals(
                List.of(
                        "dry run maintenance on cms-east for 7200000 ms",
                        "dry run maintenance on cms-east for 28800000 ms",
                        "maintenance on cms-east for 28800000 ms because disk"),
                switching.asked());
    }

    @Test
    void shouldSpeakOfTheWholeSiteWithoutAServer() {
        final OnTheConsole shell = new OnTheConsole(folder, "y\ny\n");

        assertEquals(0, shell.type("maintenance", "on", "--reason", "kernel"), shell.err());
        assertTrue(shell.err().contains("Suspend automatic switching? [y/N]"), shell.err());
        assertEquals(0, shell.type("maintenance", "off", "--reason", "done"), shell.err());
        assertTrue(shell.err().contains("Modes count again: file manual."), shell.err());
        assertEquals("maintenance off because done", switching.asked().get(3));
    }

    @Test
    void shouldNotAskWhereItWouldBeRefused() {
        switching.refuse("cms-west is active");
        final OnTheConsole shell = new OnTheConsole(folder, "y\n");

        assertEquals(1, shell.type("maintenance", "on", "cms-west", "--reason", "disk"));
        assertFalse(shell.err().contains("[y/N]"), shell.err());
        assertEquals(List.of("dry run maintenance on cms-west for 28800000 ms"), switching.asked());
    }

    @Test
    void shouldNeedAReasonATimeThatIsOneAndATerminalOrYes() {
        final OnTheConsole shell = new OnTheConsole(folder, null);

        assertEquals(2, shell.type("maintenance", "on", "cms-west", "--yes"));
        assertTrue(shell.err().contains("--reason TEXT is missing"), shell.err());
        assertEquals(2, shell.type("maintenance", "on", "cms-west", "--reason", "x", "--for", "10s", "--yes"));
        assertEquals(2, shell.type("maintenance", "on", "cms-west", "--reason", "x", "--for", "soon", "--yes"));
        assertEquals(2, shell.type("maintenance", "on", "../west", "--reason", "x", "--yes"));
        assertEquals(2, shell.type("maintenance", "on", "cms-west", "--reason", "x"));
        assertTrue(shell.err().contains("add --yes"), shell.err());
        assertEquals(2, shell.type("roles", "reverse", "--yes"));
        assertEquals(List.of(), switching.asked());
        assertEquals(0, shell.type("maintenance", "on", "cms-west", "--reason", "x", "--yes", "--json"), shell.err());
        assertTrue(shell.out().startsWith("{\"ok\":true,"), shell.out());
    }
}
