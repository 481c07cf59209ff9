package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.LinkJournal;

/** Journals of a stopped site, from the shell. */
class ReadingJournalsTest {
    private static final byte[] FIRST = "CALL 1 \u001b[31m\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] THIRD = {0, (byte) 0xff, '\n'};

    @TempDir
    Path folder;

    private OnTheConsole shell;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: run\n");
        Files.createDirectory(folder.resolve("run"));
        shell = new OnTheConsole(folder, null);
        try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), "acd1")) {
            final long atNs = 1_795_000_000_000_000_000L;
            journal.appendFrame(1, 0, atNs, -1, FIRST, 0, FIRST.length);
            journal.appendGap(atNs, atNs + 1_000_000_000L, 3, "both legs were down");
            journal.appendFrame(2, 0, atNs + 1_000_000_001L, -1, THIRD, 0, THIRD.length);
            journal.endOfBatch();
        }
    }

    @Test
    void shouldListWhatIsKept() throws IOException {
        assertEquals(0, shell.type("journal", "ls"), shell.err());
        assertTrue(shell.out().lines().skip(1).findFirst().orElse("").matches("acd1 +1 +1 +3  2026-.*"), shell.out());

        assertEquals(0, shell.type("journal", "ls", "--json"));
        final Map<?, ?> row = (Map<?, ?>) JSON.std.listFrom(shell.out()).get(0);
        assertEquals("acd1", row.get("acd"));
        assertEquals(1, row.get("oldest"));
        assertEquals(3, row.get("last"));
        assertTrue((int) row.get("diskBytes") > 0, row.toString());
    }

    @Test
    void shouldPrintRecordsHarmlesslyForPeople() {
        assertEquals(0, shell.type("journal", "cat", "acd1"), shell.err());
        final List<String> lines = shell.out().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).endsWith("  leg 1  CALL 1 \\x1b[31m\\n"), lines.get(0));
        assertTrue(lines.get(1).contains("  GAP  {"), lines.get(1));
        assertTrue(lines.get(2).endsWith("  leg 2  \\x00\\xff\\n"), lines.get(2));
    }

    @Test
    void shouldPrintOneObjectALineForPrograms() throws IOException {
        assertEquals(0, shell.type("journal", "cat", "acd1", "--from", "2", "--to", "3", "--json"), shell.err());
        final List<String> lines = shell.out().lines().toList();
        final Map<String, Object> gap = JSON.std.mapFrom(lines.get(0));
        assertEquals("gap", gap.get("kind"));
        assertEquals("both legs were down", gap.get("why"));
        final Map<String, Object> frame = JSON.std.mapFrom(lines.get(1));
        assertEquals("AP8K", frame.get("bytes"));
        assertEquals(3, frame.get("sequence"));
    }

    @Test
    void shouldGiveTheFramesByteForByte() {
        assertEquals(0, shell.type("journal", "cat", "acd1", "--raw"));
        final byte[] both = new byte[FIRST.length + THIRD.length];
        System.arraycopy(FIRST, 0, both, 0, FIRST.length);
        System.arraycopy(THIRD, 0, both, FIRST.length, THIRD.length);

        assertArrayEquals(both, shell.outBytes());
    }

    @Test
    void shouldFollowUntilTheSequenceThatWasAskedFor() {
        assertEquals(0, shell.type("journal", "cat", "acd1", "--follow", "--to", "3", "--json"), shell.err());
        assertEquals(3, shell.out().lines().count());
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertEquals(1, shell.type("journal", "cat", "acd1", "--from", "3", "--to", "9"));
        assertEquals(1, shell.out().lines().count());
        assertEquals("tandem: the journal ends at 3\n", shell.err());

        assertEquals(1, shell.type("journal", "cat", "acd1", "--from", "9"));
        assertEquals("tandem: the journal ends at 3\n", shell.err());

        assertEquals(1, shell.type("journal", "cat", "acd2"));
        assertTrue(shell.err().startsWith("tandem: there is no journal of 'acd2'"), shell.err());

        assertEquals(1, shell.type("journal", "cat", "acd1", "--generation", "2"));
        assertTrue(shell.err().startsWith("tandem: acd1 has no generation 2"), shell.err());
    }
}
