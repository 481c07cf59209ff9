package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.LinkJournal;

/** Is the journal still what was written? From the shell, with the site stopped and running. */
class VerifyingJournalsTest {
    private static final byte[] FRAME = "CALL 4711 CONNECTED\n".getBytes(StandardCharsets.UTF_8);
    private static final long AT = 1_795_000_000_000_000_000L;

    @TempDir
    Path folder;

    private OnTheConsole shell;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: run\n");
        Files.createDirectory(folder.resolve("run"));
        shell = new OnTheConsole(folder, null);
        for (final String acd : List.of("acd1", "acd2")) {
            try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), acd)) {
                append(journal, 1_200);
            }
        }
        WrittenControl.synced(folder.resolve("run"), 1, 1_200, "acd1", "acd2");
    }

    private static void append(LinkJournal journal, int count) {
        for (int n = 0; n < count; n++) {
            journal.appendFrame(1, 0, AT, -1, FRAME, 0, FRAME.length);
        }
        journal.endOfBatch();
    }

    @Test
    void shouldSayThatAllIsSound() throws IOException {
        assertEquals(0, shell.type("journal", "verify"), shell.err());
        final List<String> lines = shell.out().lines().toList();
        assertEquals(2, lines.size(), shell.out());
        assertTrue(
                lines.get(0).matches("acd1 generation 1: records 1 to 1200, 1 file \\(1 sealed\\), .*: sound"),
                shell.out());

        assertEquals(0, shell.type("journal", "verify", "acd2", "--generation", "1", "--json"), shell.err());
        final Map<String, Object> answer = JSON.std.mapFrom(shell.out());
        assertEquals(true, answer.get("sound"));
        final Map<?, ?> row = (Map<?, ?>) ((List<?>) answer.get("journals")).get(0);
        assertEquals("acd2", row.get("acd"));
        assertEquals(1_200, row.get("records"));
        assertEquals(List.of(), row.get("damages"));
    }

    @Test
    void shouldWorkWhileTheSiteIsRunningAndChangeNothing() throws IOException {
        try (LinkJournal journal = LinkJournal.open(folder.resolve("run"), "acd1")) {
            append(journal, 300);
            final List<String> before = files();
            assertEquals(0, shell.type("journal", "verify", "acd1"), shell.out() + shell.err());
            assertTrue(shell.out().contains("records 1 to 1500, 1 file (0 sealed)"), shell.out());
            assertEquals(before, files());
            append(journal, 1);
            assertEquals(1_501, journal.last());
        }
    }

    @Test
    void shouldNameTheRecordThatIsDamagedAndEndWithOne() throws IOException {
        final Path file = rollFile();
        flip(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lastIndexOf("CONNECTED"));
        assertEquals(1, shell.type("journal", "verify", "acd1"), shell.err());
        assertTrue(shell.out().contains(": DAMAGED, 1 record lost"), shell.out());
        assertTrue(
                shell.out().contains(": record 1200: bytes do not match their checksum")
                        && shell.out().contains("  " + file.getFileName() + " at byte "),
                shell.out());
        assertTrue(shell.out().contains("Only a backup can bring it back."), shell.out());

        assertEquals(1, shell.type("journal", "verify", "--json"), shell.err());
        final Map<String, Object> answer = JSON.std.mapFrom(shell.out());
        assertEquals(false, answer.get("sound"));
        final Map<?, ?> row = (Map<?, ?>) ((List<?>) answer.get("journals")).get(0);
        final Map<?, ?> damage = (Map<?, ?>) ((List<?>) row.get("damages")).get(0);
        assertEquals(1_200, damage.get("sequence"));
        assertEquals(file.getFileName().toString(), damage.get("file"));
        assertEquals(1, row.get("lost"));
        assertEquals(0, shell.type("journal", "verify", "acd2"), "the other one is sound");
    }

    @Test
    void shouldNameAByteThatBelongsToNoRecord() throws IOException {
        flip(rollFile(), 0x3000);
        assertEquals(1, shell.type("journal", "verify", "acd1"), shell.err());
        assertTrue(
                shell.out()
                        .contains(
                                " at byte 12288: 1 byte changed since the file was finished; no record is hit, it costs nothing"),
                shell.out());
        assertTrue(shell.out().contains("No record is lost."), shell.out());
    }

    @Test
    void shouldFindADigestThatIsNotThatOfTheRecords() throws IOException {
        final Path digests = folder.resolve("run/journal/acd1/1/digests");
        flip(digests, 5);
        assertEquals(1, shell.type("journal", "verify", "acd1"), shell.err());
        assertTrue(shell.out().contains("digests at byte 0: this entry is damaged"), shell.out());
    }

    @Test
    void shouldTakeZerosForNoDigest() throws IOException {
        Files.write(folder.resolve("run/journal/acd1/1/digests"), new byte[4096]);
        assertEquals(0, shell.type("journal", "verify", "acd1"), shell.out());
    }

    @Test
    void shouldShowRecordsAlthoughTheMetadataIsDamagedOrGone() throws IOException {
        final Path metadata = folder.resolve("run/journal/acd1/1/metadata.cq4t");
        flip(metadata, 2);
        assertEquals(0, shell.type("journal", "cat", "acd1", "--from", "1200"), shell.err());
        Files.delete(metadata);
        assertEquals(0, shell.type("journal", "cat", "acd1", "--from", "1200"), shell.err());
        assertFalse(Files.exists(metadata));
    }

    @Test
    void shouldSayWhatThereIsNot() {
        assertEquals(1, shell.type("journal", "verify", "acd7"));
        assertTrue(shell.err().contains("there is no journal of 'acd7'"), shell.err());
        assertEquals(1, shell.type("journal", "verify", "acd1", "--generation", "9"));
        assertEquals(2, shell.type("journal", "verify", "../x"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    private Path rollFile() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("run/journal/acd1/1"))) {
            return all.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            final int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 0x10);
        }
    }
}
