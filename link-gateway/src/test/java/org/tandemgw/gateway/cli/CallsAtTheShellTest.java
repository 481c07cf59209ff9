package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.CallControl;
import org.tandemgw.gateway.control.CallReport;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.control.IntervalReport;
import org.tandemgw.gateway.control.RehearsedGateway;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.SystemClock;

/** The calls in flight, and the life of one, for people and for programs. */
class CallsAtTheShellTest implements CallControl {
    private static final long AT = 1_795_000_000_000_000_000L;

    @TempDir
    Path folder;

    private OnTheConsole shell;
    private boolean unsure;
    private boolean none;
    private String asked;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), """
                data: run
                acds:
                  - { name: acd1, profile: asterisk-ami }
                  - { name: acd2, profile: opaque-line }
                """);
        Files.createDirectory(folder.resolve("run"));
        shell = new OnTheConsole(folder, null);
        try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), "acd1")) {
            append(journal, "Event: Newchannel", "Uniqueid: 9.1", "Linkedid: 9.1", "ChannelState: 4", "Exten: 800");
            append(journal, "Event: Newchannel", "Uniqueid: 9.12", "Linkedid: 9.12", "ChannelState: 4");
            append(journal, "Event: QueueCallerJoin", "Uniqueid: 9.1", "Linkedid: 9.1", "Queue: sales", "PIN: 4711");
            append(journal, "Event: VarSet", "Variable: X", "Value: 9.1");
            append(journal, "Event: Hangup", "Uniqueid: 9.1", "Linkedid: 9.1", "Cause: 16");
        }
    }

    private static void append(LinkJournal journal, String... lines) {
        final byte[] frame = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        journal.appendFrame(1, 0, AT + journal.last(), -1, frame, 0, frame.length);
        journal.endOfBatch();
    }

    @Override
    public List<CallReport> calls(int limit) throws CannotTellException {
        if (none) {
            throw new CannotTellException("no ACD tells", "docs/asterisk.md");
        }
        return List.of(report(List.of())).subList(0, Math.min(1, limit));
    }

    @Override
    public List<IntervalReport> intervals() {
        return List.of();
    }

    @Override
    public List<CallReport> call(String id) {
        asked = id;
        return id.equals("9.1") ? List.of(report(List.of(1L, 3L))) : List.of();
    }

    private CallReport report(List<Long> sequences) {
        return new CallReport(
                "9.1",
                "acd1",
                "voice",
                "queued",
                Instant.EPOCH,
                61_000,
                Instant.EPOCH,
                true,
                75_000,
                null,
                61_000,
                0,
                "sales",
                "",
                "030",
                "800",
                List.of("030", "800"),
                "PJSIP/1",
                "",
                1,
                3,
                !unsure,
                unsure,
                List.of(new CallReport.Leg("9.1", "queued", "030", "", "PJSIP/1", !unsure)),
                sequences,
                true);
    }

    private void withAppliance(Runnable story) throws IOException {
        final Path data = folder.resolve("run");
        final RehearsedGateway gateway = new RehearsedGateway(data);
        gateway.tellOf(this);
        try (ControlServer server = ControlServer.start(data, gateway, new SystemClock())) {
            assertTrue(server != null);
            story.run();
        }
    }

    @Test
    void shouldShowTheCallsInFlight() throws IOException {
        withAppliance(() -> {
            assertEquals(0, shell.type("calls"), shell.err());
            final List<String> lines = shell.out().lines().toList();
            assertTrue(
                    lines.get(1).matches("acd1 +9\\.1 +queued +1 min +1 min +1 min +sales +- +030 800 +PJSIP/1"),
                    lines.get(1));
            assertEquals(2, lines.size());
            unsure = true;
            assertEquals(0, shell.type("calls"));
            assertTrue(shell.out().contains("queued?") && shell.out().contains("may have been missed"), shell.out());
            none = true;
            assertEquals(1, shell.type("calls"));
            assertTrue(shell.err().contains("no ACD tells"), shell.err());
            assertEquals(2, shell.type("calls", "--limit", "0"));
        });
    }

    @Test
    void shouldGiveProgramsEveryKeyOfTheManual() throws IOException {
        withAppliance(() -> {
            assertEquals(0, shell.type("calls", "--json"), shell.err());
            final Map<?, ?> call = (Map<?, ?>) parsed(true);
            for (final String key : List.of(
                    "id",
                    "acd",
                    "media",
                    "state",
                    "startedAt",
                    "queue",
                    "agent",
                    "parties",
                    "trunk",
                    "segments",
                    "sequence")) {
                assertTrue(call.containsKey(key) && call.get(key) != null, key);
            }
        });
    }

    private Object parsed(boolean first) {
        try {
            return first ? JSON.std.listFrom(shell.out()).get(0) : JSON.std.mapFrom(shell.out());
        } catch (IOException e) {
            throw new AssertionError(shell.out(), e);
        }
    }

    @Test
    void shouldTellTheLifeOfACallInFlightFromTheFramesThatTheApplianceNames() throws IOException {
        withAppliance(() -> {
            assertEquals(0, shell.type("calls", "show", "9.1"), shell.err());
            final List<String> lines = shell.out().lines().toList();
            assertTrue(lines.get(0).startsWith("call 9.1  acd1  queued, started 1970-"), lines.get(0));
            assertTrue(lines.get(2).contains("born  leg 9.1") && lines.get(2).contains("called 800"), lines.get(2));
            assertTrue(lines.get(3).contains("queued  leg 9.1  queue sales"), lines.get(3));
            assertEquals(4, lines.size());
            assertEquals(1, shell.type("calls", "show", "SIP/a b/ü-1"));
            assertEquals("SIP/a b/ü-1", asked);
        });
    }

    @Test
    void shouldTellTheLifeOfACallThatHasEndedAlsoOfAStoppedSite() {
        assertEquals(0, shell.type("calls", "show", "9.1", "--json", "--frames"), shell.err());
        final Map<?, ?> life = (Map<?, ?>) parsed(false);
        assertNull(life.get("call"));
        final List<?> frames = (List<?>) life.get("frames");
        assertEquals(
                List.of(1, 3, 5),
                frames.stream().map(each -> ((Map<?, ?>) each).get("sequence")).toList());
        final String second = new String(
                Base64.getDecoder().decode((String) ((Map<?, ?>) frames.get(1)).get("bytes")), StandardCharsets.UTF_8);
        assertTrue(second.contains("PIN: ####"), second);
        assertEquals(0, shell.type("calls", "show", "9.1", "--frames"));
        assertFalse(shell.out().contains("4711"), shell.out());
    }

    @Test
    void shouldReadNoCallsFromTheFramesOfADialectThatTellsOfNone() {
        try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), "acd2")) {
            append(journal, "Event: Newchannel", "Uniqueid: 9.7", "Linkedid: 9.7", "ChannelState: 4");
        }
        assertEquals(1, shell.type("calls", "show", "9.7"));
        assertTrue(shell.err().contains("no frame that is kept tells of a call 9.7"), shell.err());
        assertEquals(1, shell.type("calls", "show", "9.7", "--acd", "acd2"));
        assertTrue(shell.err().contains("from the frames of 'acd2': its profile is 'opaque-line'"), shell.err());
        assertEquals(1, shell.type("calls", "show", "9.7", "--acd", "acd3"));
        assertTrue(shell.err().contains("there is no journal of 'acd3'"), shell.err());
    }

    @Test
    void shouldSayThatNobodyKnowsACall() {
        assertEquals(1, shell.type("calls", "show", "9.3"));
        assertTrue(shell.err().contains("no frame that is kept tells of a call 9.3"), shell.err());
        assertEquals(1, shell.type("calls"));
        assertTrue(shell.err().contains("Tandem is not running"), shell.err());
        assertEquals(2, shell.type("calls", "show", ""));
    }
}
