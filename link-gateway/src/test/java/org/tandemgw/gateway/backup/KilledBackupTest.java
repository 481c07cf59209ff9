package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.cli.Tandem;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;

/** SIGKILL of the real verbs at random moments: what counts is whole, and what is not whole does not count. */
@Tag("chance")
@Timeout(600)
class KilledBackupTest {
    private static final int RECORDS = 150_000;
    private static final int ROUNDS = Chance.isLongRun() ? 5 : 3;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final String told = "replay with -Dtandem.seed=" + seed;

    @TempDir
    Path folder;

    private Path data;
    private Path shelf;

    @BeforeEach
    void site() throws IOException {
        data = Files.createDirectory(folder.resolve("run"));
        shelf = Files.createDirectory(folder.resolve("shelf"));
        Files.writeString(folder.resolve("tandem.yaml"), "site: site\ndata: run\n");
        BackupRig.fill(data, RECORDS);
    }

    @Test
    void shouldLeaveNoHalfBackup() throws Exception {
        int whole = 0;
        for (int round = 0; round < ROUNDS; round++) {
            kill(shelf, ".part", "journal", "backup", "--to", "shelf");
            final List<Path> files = BackupFolder.files(shelf);
            whole = files.size();
            for (final Path file : files) {
                assertNotNull(BackupFolder.look(file), file + " " + told);
            }
        }
        assertEquals(0, toItsEnd("journal", "backup", "--to", "shelf"), told);
        final List<Path> files = BackupFolder.files(shelf);
        assertEquals(whole + 1, files.size(), told);
        final BackupCheck check = BackupCheck.of(files.get(files.size() - 1), TimeRange.ALL, bytes -> {});
        assertNull(check.damage(), told);
        assertEquals(RECORDS, check.last(), told);
        try (Stream<Path> left = Files.list(shelf)) {
            assertFalse(left.anyMatch(path -> path.toString().endsWith(".part")), told);
        }
    }

    @Test
    void shouldLeaveNoHalfGeneration() throws Exception {
        BackupRig.backUp(data, shelf);
        final Path acd = data.resolve("journal/acd1");
        for (int round = 0; round < ROUNDS; round++) {
            final int before = newest();
            kill(acd, "restoring", "journal", "restore", "--from", "shelf", "--yes");
            if (newest() > before) {
                assertTrue(BackupRig.isWhole(data, before + 1, RECORDS), told);
            }
        }
        final int before = newest();
        assertEquals(0, toItsEnd("journal", "restore", "--from", "shelf", "--yes"), told);
        assertTrue(BackupRig.isWhole(data, before + 1, RECORDS), told);
        assertFalse(Files.exists(acd.resolve("restoring")), told);
    }

    private int newest() {
        final List<Integer> generations = JournalFiles.generations(data, "acd1");
        return generations.get(generations.size() - 1);
    }

    /** Waits until it has begun to write, and a little more. */
    private void kill(Path where, String ending, String... words) throws Exception {
        final FileTime start = FileTime.from(Instant.now());
        final Process verb = start(words);
        try {
            while (!begun(where, ending, start) && !verb.waitFor(5, TimeUnit.MILLISECONDS)) {
                // it is still starting
            }
            verb.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
        } finally {
            verb.destroyForcibly().waitFor();
        }
    }

    /** What an earlier round left does not count: it is removed only when the next one begins. */
    private static boolean begun(Path where, String ending, FileTime start) {
        try (Stream<Path> files = Files.list(where)) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(start) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // it has just gone
        }
    }

    private int toItsEnd(String... words) throws Exception {
        final Process verb = start(words);
        assertTrue(verb.waitFor(60, TimeUnit.SECONDS), told);
        return verb.exitValue();
    }

    private Process start(String... words) throws IOException {
        return ChildJvm.of(List.of(), Tandem.class, words)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
