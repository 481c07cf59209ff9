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
import org.tandemgw.gateway.decision.DecisionLog;
import org.tandemgw.gateway.decision.Decisions;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** Somebody sits at a terminal and is asked before trunks move; audit verbs beside it. */
class SwitchAtTheShellTest {
    @TempDir
    Path folder;

    private RehearsedGateway gateway;
    private RehearsedSwitching switching;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "site: hq-east\ndata: run\n");
        final Path data = Files.createDirectory(folder.resolve("run"));
        gateway = new RehearsedGateway(data);
        switching = gateway.rehearseSwitching();
        server = ControlServer.start(data, gateway, new SystemClock());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldSayWhatIsLostAndAskBeforeItSwitches() {
        final OnTheConsole shell = new OnTheConsole(folder, "n\ny\n");

        assertEquals(1, shell.type("switch", "cms-west", "--reason", "disk"));
        assertTrue(shell.err().contains("cms-east is active; cms-west is to be."), shell.err());
        assertTrue(shell.err().contains("calls on them are cut; 12 are up"), shell.err());
        assertTrue(shell.err().contains("Switch to cms-west now? [y/N]"), shell.err());
        assertTrue(shell.err().endsWith("tandem: not done\n"), shell.err());
        assertEquals(List.of("dry run cms-west"), switching.asked());

        assertEquals(0, shell.type("switch", "cms-west", "--reason", "disk"), shell.err());
        assertTrue(shell.err().contains("select trunks card 1: MOVED, 41 ms"), shell.err());
        assertTrue(shell.out().startsWith("cms-west is active: switched in 0.50 s"), shell.out());
        assertEquals(
                List.of("dry run cms-west", "dry run cms-west", "switch cms-west because disk"), switching.asked());
    }

    @Test
    void shouldNotAskWhereItWouldBeRefusedAndSayWhy() {
        switching.refuse("feeds of cms-west: acd1 is not connected");
        final OnTheConsole shell = new OnTheConsole(folder, "y\n");

        assertEquals(1, shell.type("switch", "cms-west", "--reason", "disk"));
        assertTrue(shell.err().startsWith("tandem: refused: feeds of cms-west: acd1 is not connected"), shell.err());
        assertFalse(shell.err().contains("[y/N]"), shell.err());
        assertEquals(List.of("dry run cms-west"), switching.asked());
    }

    @Test
    void shouldNeedAReasonAndATerminalOrYes() {
        final OnTheConsole shell = new OnTheConsole(folder, null);

        assertEquals(2, shell.type("switch", "cms-west", "--yes"));
        assertEquals(2, shell.type("switch", "cms-west", "--reason", " ", "--yes"));
        assertEquals(2, shell.type("switch", "cms-west", "--reason", "disk"));
        assertEquals(2, shell.type("switch", "../west", "--reason", "disk", "--yes"));
        assertEquals(2, shell.type("mode", "manual", "--yes"));
        assertEquals(2, shell.type("resume", "--yes"));
        assertEquals(List.of(), switching.asked());

        assertEquals(0, shell.type("mode", "held", "--reason", "patching", "--yes"), shell.err());
        assertEquals(0, shell.type("resume", "--reason", "done", "--yes"), shell.err());
        assertEquals(List.of("mode held because patching", "resume because done"), switching.asked());
    }

    @Test
    void shouldAnswerProgramsInJsonAlsoWhereItIsNotEvenAsked() {
        final OnTheConsole shell = new OnTheConsole(folder, null);

        assertEquals(0, shell.type("switch", "cms-west", "--reason", "disk", "--yes", "--json"));
        assertTrue(
                shell.out().startsWith("{\"decision\":1,\"epoch\":4,\"from\":\"cms-east\",\"to\":\"cms-west\""),
                shell.out());
        assertEquals("", shell.err());
        assertEquals(2, shell.type("switch", "cms-west", "--yes", "--json"));
        assertTrue(shell.out().contains("\"outcome\":\"refused\""), shell.out());
    }

    /** The disk was full: no record could be written. */
    @Test
    void shouldListWhatTheSiteRemembersAndNameWhatIsLost() {
        switching.remember();
        final OnTheConsole shell = new OnTheConsole(folder, null);

        assertEquals(0, shell.type("why", "--list"), shell.err());
        assertTrue(shell.out().contains("switched"), shell.out());
        assertFalse(shell.out().contains("nothing was decided yet"), shell.out());
        assertTrue(shell.out().contains("decision 2: its record was not kept"), shell.out());
    }

    /** Its beginning is on the disk, its end had no room. */
    @Test
    void shouldListTheEndThatTheSiteRemembers() throws IOException {
        final DecisionLog log = new DecisionLog(folder.resolve("run"));
        log.write(Decisions.record(Decisions.opened(1)));
        final OnTheConsole before = new OnTheConsole(folder, null);
        assertEquals(0, before.type("why", "--list"), before.err());
        assertTrue(before.out().contains("under way"), before.out());

        switching.remember();
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("why", "--list"), shell.err());
        assertTrue(shell.out().contains("switched"), shell.out());
        assertFalse(shell.out().contains("under way"), shell.out());
    }

    /** The disk is full: its legs are paused, and that is what every page says. */
    @Test
    void shouldSayWhatStatusSays() {
        switching.remember();
        gateway.show(SampleStatus.trouble());
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("why", "1"), shell.err());
        assertTrue(shell.out().contains("NOW        unprotected, cms-west is active"), shell.out());
        assertTrue(shell.out().contains("because cms-west is not connected to acd1"), shell.out());
        assertFalse(shell.out().contains("nothing has to be done"), shell.out());
    }

    @Test
    void shouldTellWhoMovesTrunksThatASwitchIsUnderWay() {
        switching.remember();
        final String words = "is under way and orders trunks itself: an order by hand brings it to a stop";
        final OnTheConsole well = new OnTheConsole(folder, "n\n");
        assertEquals(1, well.type("trunks", "select", "trunks", "A", "--reason", "test"));
        assertFalse(well.err().contains(words), well.err());

        switching.begin();
        final OnTheConsole shell = new OnTheConsole(folder, "n\n");
        assertEquals(1, shell.type("trunks", "select", "trunks", "A", "--reason", "test"));
        assertTrue(shell.err().startsWith("tandem: decision 1 " + words), shell.err());
    }

    @Test
    void shouldShowAndVerifyTheAuditFile() throws IOException {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(1, shell.type("audit"));
        shell.type("mode", "held", "--reason", "patching", "--yes");

        assertEquals(0, shell.type("audit", "--last", "1"));
        assertTrue(shell.out().contains("mode held"), shell.out());
        assertTrue(shell.out().contains("[patching]"), shell.out());
        assertEquals(0, shell.type("audit", "verify"), shell.out());
        assertTrue(shell.out().startsWith("as it was written: 2 lines in 1 file"), shell.out());

        final Path file = folder.resolve("run").resolve("audit.jsonl");
        server.close();
        Files.writeString(file, Files.readString(file).replace("patching", "holidays"));
        assertEquals(1, shell.type("audit", "verify"));
        assertTrue(shell.out().startsWith("audit.jsonl line 2: "), shell.out());
        assertEquals(1, shell.type("audit", "verify", "--json"));
        assertTrue(shell.out().startsWith("{\"sound\":false,\"unknown\":null,"), shell.out());
        server = ControlServer.start(
                folder.resolve("run"), new RehearsedGateway(folder.resolve("run")), new SystemClock());
    }
}
