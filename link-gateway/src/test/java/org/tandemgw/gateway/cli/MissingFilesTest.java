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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalOpening;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;

/** Files of an older generation went, in whole or in part: nothing behind them shows it. */
class MissingFilesTest {
    private static final byte[] FRAME = "CALL 4711 CONNECTED\n".getBytes(StandardCharsets.UTF_8);
    private static final String ALL_GONE = "  records 1 to 4145: are missing: generation 2 began when this one ended";

    @TempDir
    Path folder;

    private OnTheConsole shell;
    private Path data;
    private Path first;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("tandem.yaml"), "data: run\nacds:\n  - { name: acd1, profile: opaque-line }\n");
        data = Files.createDirectory(folder.resolve("run"));
        first = data.resolve("journal/acd1/1");
        shell = new OnTheConsole(folder, null);
        final long nowNs = System.currentTimeMillis() * 1_000_000;
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            for (int n = 0; n < 4_145; n++) {
                journal.appendFrame(1, 0, nowNs, -1, FRAME, 0, FRAME.length);
            }
            journal.endOfBatch();
        }
        begin(2, "generation 2 begins, generation 1 ended with record 4145: the machine is another", nowNs);
        WrittenControl.synced(data, 2, 1, "acd1");
        assertEquals(0, shell.type("journal", "verify"), shell.out() + shell.err());
    }

    private void begin(int generation, String mark, long nowNs) {
        final JournalStart start = new JournalStart(generation, 0, false, -1, mark, nowNs);
        JournalOpening.open(data, "acd1", JournalSync.NONE, start).close();
    }

    @Test
    void shouldNameTheRecordsOfAFileThatIsGone() throws IOException {
        final Path file = rollFile();
        final Path seal = file.resolveSibling(file.getFileName() + ".seal");
        Files.delete(file);
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("acd1 generation 1: empty, 0 files"), shell.out());
        assertTrue(shell.out().contains("DAMAGED, 4145 records lost"), shell.out());
        assertTrue(
                shell.out().contains("  " + file.getFileName() + ": records 1 to 4145: are missing: the seal of "),
                shell.out());

        Files.delete(seal);
        assertEquals(1, shell.type("journal", "verify", "--generation", "1"), shell.out());
        assertTrue(shell.out().contains(ALL_GONE), shell.out());
        assertTrue(shell.out().contains("DAMAGED, 4145 records lost"), shell.out());
        assertEquals(1, shell.type("journal", "verify", "--json"), shell.err());
        final Map<String, Object> answer = JSON.std.mapFrom(shell.out());
        assertEquals(false, answer.get("sound"));
        assertEquals(4_145, ((Map<?, ?>) ((List<?>) answer.get("journals")).get(0)).get("lost"));
    }

    @Test
    void shouldTakeTheDigestsForWhatNobodyElseKnows() throws IOException {
        remove(data.resolve("journal/acd1/2"));
        begin(2, "generation 2 begins, nothing of the one before is left", 1_795_000_000_000_000_000L);
        final Path file = rollFile();
        Files.delete(file);
        Files.delete(file.resolveSibling(file.getFileName() + ".seal"));
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(
                shell.out().contains("  records 1 to 4000: are missing: the file 'digests' knows of them"),
                shell.out());
    }

    @Test
    void shouldCountWhatACutOffFileHadBehindItsEnd() throws IOException {
        final Path file = rollFile();
        final int end = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lastIndexOf("CONNECTED");
        truncate(file, end - 100_000);
        final long[] kept = new long[2];
        for (int i = 0; i < 2; i++) {
            if (i == 1) {
                Files.delete(file.resolveSibling(file.getFileName() + ".seal"));
            }
            assertEquals(1, shell.type("journal", "verify", "--json"), shell.err());
            final Map<?, ?> row =
                    (Map<?, ?>) ((List<?>) JSON.std.mapFrom(shell.out()).get("journals")).get(0);
            kept[i] = (int) row.get("records");
            assertTrue(kept[i] < 4_145, shell.out());
            assertEquals(4_145L, kept[i] + (int) row.get("lost"), shell.out());
            assertEquals(i == 0, shell.out().contains("bytes shorter than when it was finished"), shell.out());
        }
        assertEquals(kept[0], kept[1]);

        truncate(file, 0);
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("DAMAGED, 4145 records lost"), shell.out());
        assertTrue(shell.out().contains(ALL_GONE), shell.out());
    }

    @Test
    void shouldLoseAllOfAnEmptyFileThatHasItsSeal() throws IOException {
        truncate(rollFile(), 0);
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("DAMAGED, 4145 records lost"), shell.out());
        assertFalse(shell.out().contains("costs nothing"), shell.out());
    }

    @Test
    void shouldNameAWholeGenerationThatIsGone() throws IOException {
        remove(first);
        assertEquals(1, shell.type("journal", "verify"), shell.out());
        assertTrue(shell.out().contains("acd1 generation 1: empty, 0 files"), shell.out());
        assertTrue(shell.out().contains(ALL_GONE), shell.out());
        assertTrue(shell.out().contains("and its folder is gone"), shell.out());
        assertEquals(1, shell.type("journal", "verify", "--generation", "1"), shell.out());
        assertEquals(0, shell.type("journal", "verify", "--generation", "2"), shell.out());
        Files.writeString(folder.resolve("tandem.yaml"), "data: run\njournal: { retention: 1s }\n");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        0, shell.type("journal", "verify"), "what is older than the retention was deleted rightly"));
    }

    private Path rollFile() throws IOException {
        try (Stream<Path> all = Files.list(first)) {
            return all.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(length);
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
