package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.LinkJournal;

/** A range of a journal for people and other programs: row A4. */
class ExportingJournalsTest {
    private static final List<String> TIMES = List.of(
            "2026-11-21T04:59:59.999999999Z",
            "2026-11-21T05:00:00Z",
            "2026-11-21T05:13:20Z",
            "2026-11-21T05:29:59.999999999Z",
            "2026-11-21T05:30:00Z",
            "2026-11-21T06:10:00Z");

    @TempDir
    Path folder;

    private OnTheConsole shell;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: run\n");
        Files.createDirectory(folder.resolve("run"));
        shell = new OnTheConsole(folder, null);
        try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), "acd1")) {
            for (final String time : TIMES) {
                final byte[] frame =
                        ("CALL 08912345678 agent 417, " + time.length() + "\n").getBytes(StandardCharsets.UTF_8);
                final Instant at = Instant.parse(time);
                journal.appendFrame(
                        1, 0, at.getEpochSecond() * 1_000_000_000L + at.getNano(), -1, frame, 0, frame.length);
            }
            journal.appendMark(0, "pause", "reason 12345");
            journal.endOfBatch();
        }
    }

    @Test
    void shouldRoundAnOutageToWholeIntervals() throws IOException {
        assertEquals(
                List.of(2, 3, 4),
                sequences("--from", "2026-11-21T05:13Z", "--to", "2026-11-21T05:19Z", "--interval", "30m"));
        assertEquals(
                "tandem: acd1 generation 1: records 2 to 4, 2026-11-21T05:00:00Z to 2026-11-21T05:29:59.999999999Z,"
                        + " numbers hidden\n",
                shell.err());
        assertEquals(
                List.of(2, 3, 4, 5),
                sequences("--from", "2026-11-21T05:13Z", "--to", "2026-11-21T05:19Z", "--interval", "1h"));
        assertEquals(List.of(2, 3, 4), sequences("--from", "3", "--to", "3", "--interval", "30m"));
        assertEquals(List.of(3), sequences("--from", "3", "--to", "3"));
    }

    @Test
    void shouldIncludeBothEndsOfATime() throws IOException {
        assertEquals(List.of(2, 3), sequences("--from", "2026-11-21T05:00Z", "--to", "2026-11-21T05:13:20Z"));
        assertEquals(List.of(3), sequences("--from", "2026-11-21T05:00:00.000000001Z", "--to", "3"));
        assertEquals(List.of(6, 7), sequences("--from", "2026-11-21T07:00:00+01:00"));
        assertEquals(List.of(1), sequences("--to", "2026-11-21T04:59:59.999999999Z"));
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertEquals(1, export("--from", "2027-01-01T00:00Z"));
        assertTrue(
                shell.err()
                        .startsWith("tandem: there is nothing in that range; acd1 generation 1 holds records 1 to 7"),
                shell.err());
        assertEquals(1, export("--from", "9"));
        assertEquals(1, export("--from", "9", "--interval", "30m"));
        assertEquals(1, export("--from", "6", "--to", "9"));
        assertEquals(2, shell.out().lines().count());
        assertTrue(shell.err().startsWith("tandem: the journal ends at 7\n"), shell.err());
        assertEquals(2, export("--from", "2026-11-21T05:13"));
        assertTrue(shell.err().contains("2026-11-21T05:13Z (UTC)"), shell.err());
        assertEquals(2, export("--from", "3", "--to", "2"));
        assertEquals(2, export("--interval", "20m"));
        assertEquals(1, shell.type("journal", "export", "acd9"));
    }

    @Test
    void shouldHideNumbersUnlessAskedToBeExact() throws IOException {
        export("--to", "1", "--json");
        final Map<String, Object> hidden = JSON.std.mapFrom(shell.out());
        assertEquals(Boolean.TRUE, hidden.get("redacted"));
        assertFalse(hidden.containsKey("crc"), "nobody may take it for exact");
        assertEquals(
                "CALL ########### agent 417, 30\n",
                new String(Base64.getDecoder().decode((String) hidden.get("bytes")), StandardCharsets.UTF_8));
        export("--to", "1");
        assertTrue(shell.out().contains("CALL ########### agent 417"), shell.out());

        assertEquals(0, export("--json", "--exact"), shell.err());
        final String exact = shell.out();
        assertEquals(0, shell.type("journal", "cat", "acd1", "--json"));
        assertEquals(shell.out(), exact);
    }

    @Test
    void shouldWriteAFileOnceAndForItsOwner() throws IOException {
        assertEquals(0, export("--raw", "--exact", "-o", "out.bin"), shell.err());
        assertEquals("", shell.out());
        final Path file = folder.resolve("out.bin");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final byte[] all = Files.readAllBytes(file);
        assertEquals(0, shell.type("journal", "cat", "acd1", "--raw"));
        assertArrayEquals(shell.outBytes(), all);

        assertEquals(1, export("--to", "1", "-o", "out.bin"));
        assertTrue(shell.err().contains("--force writes over it"), shell.err());
        assertArrayEquals(all, Files.readAllBytes(file));
        assertEquals(0, export("--to", "1", "-o", "out.bin", "--force"));
        assertEquals(1, Files.readString(file).lines().count());
        assertEquals(1, export("--to", "1", "-o", "no/such/folder"));
        assertTrue(shell.err().startsWith("tandem: cannot write: "), shell.err());
        try (Stream<Path> left = Files.list(folder)) {
            assertFalse(left.anyMatch(path -> path.toString().endsWith(".part")));
        }
    }

    @Test
    void shouldNotWriteThroughALinkThatSomebodyLaid() throws IOException {
        final Path theirs = Files.writeString(folder.resolve("theirs"), "precious");
        Files.createSymbolicLink(
                folder.resolve(".out.bin." + ProcessHandle.current().pid() + ".part"), theirs);
        assertEquals(0, export("--raw", "--exact", "-o", "out.bin"), shell.err());
        assertEquals("precious", Files.readString(theirs));
        assertFalse(Files.isSymbolicLink(folder.resolve("out.bin")));
    }

    private int export(String... more) {
        return shell.type(Stream.concat(Stream.of("journal", "export", "acd1"), Stream.of(more))
                .toArray(String[]::new));
    }

    private List<Integer> sequences(String... more) throws IOException {
        assertEquals(
                0, export(Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new)), shell.err());
        return shell.out()
                .lines()
                .map(line -> Integer.valueOf(line.replaceAll(".*\"sequence\":([0-9]+),.*", "$1")))
                .toList();
    }
}
