package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.StoredJournal;

/** The oldest roll files go while a backup is reading them. */
class RetentionMeanwhileTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private static final JournalBackup.Origin ORIGIN =
            new JournalBackup.Origin("site", "1", "host", "acd1", "merge", "opaque-line", 1, "shelf");

    @TempDir
    Path folder;

    private Path data;
    private Path shelf;

    /** 6,000 records, 1,200 in each file of ten minutes. */
    private void write() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        shelf = Files.createDirectory(folder.resolve("shelf"));
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int i = 0; i < 6_000; i++) {
                journal.appendFrame(1, 0, 1_795_237_200_000_000_000L + i * MINUTE_NS / 120, -1, new byte[] {1}, 0, 1);
            }
            journal.endOfBatch();
        }
    }

    @Test
    void shouldBeginAgainAndCallNothingLostThatWasRemoved() throws IOException {
        write();
        final boolean[] removed = new boolean[1];
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                BackupFolder opened = BackupFolder.toWrite(shelf)) {
            final JournalBackup.Made made = new JournalBackup(opened, ORIGIN, journal)
                    .make(false, () -> 6_000, Instant.EPOCH, done -> {
                        if (!removed[0]) {
                            removed[0] = true;
                            removeOldest(JournalFiles.directory(data, "acd1", 1), 3);
                        }
                    });
            assertTrue(made.complete(), made.toString());
            assertEquals(3_601, made.label().first());
            assertEquals(0, made.end().lost());
        }
        assertEquals(1, BackupFolder.files(shelf).size());
        final BackupCheck check = BackupCheck.of(BackupFolder.files(shelf).get(0), TimeRange.ALL, bytes -> {});
        assertNull(check.damage());
        assertEquals(List.of(3_601L, 6_000L), List.of(check.first(), check.last()));
    }

    @Test
    void shouldAskAgainWhatIsDurableWhenAllOfItWentBeforeTheCopyBegan() throws IOException {
        write();
        final long[] durable = {1_000, 2_000, 6_000};
        final int[] asked = new int[1];
        removeOldest(JournalFiles.directory(data, "acd1", 1), 3);
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                BackupFolder opened = BackupFolder.toWrite(shelf)) {
            final JournalBackup.Made made = new JournalBackup(opened, ORIGIN, journal)
                    .make(false, () -> durable[asked[0]++], Instant.EPOCH, done -> {});
            assertTrue(made.complete(), made.toString());
            assertEquals(
                    List.of(3_601L, 6_000L),
                    List.of(made.label().first(), made.end().last()));
        }
    }

    @Test
    void shouldSayWhichRecordsWentWhereRetentionIsAlwaysFaster() throws IOException {
        write();
        removeOldest(JournalFiles.directory(data, "acd1", 1), 3);
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                BackupFolder opened = BackupFolder.toWrite(shelf)) {
            final JournalBackup backup = new JournalBackup(opened, ORIGIN, journal);
            for (final boolean incremental : List.of(false, true)) {
                final IOException said = assertThrows(
                        IOException.class, () -> backup.make(incremental, () -> 1_000, Instant.EPOCH, done -> {}));
                assertTrue(
                        said.getMessage()
                                .startsWith("records 1000 to 3600 went while they were being copied, 5 times;"
                                        + " no backup was made"),
                        said.getMessage());
            }
        }
        assertEquals(List.of(), BackupFolder.files(shelf));
    }

    private static void removeOldest(Path directory, int count) {
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .limit(count)
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
