package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.journal.StoredJournal;

/** A backup file of which something is not as it was written. */
class DamagedBackupTest {
    private static final int RECORDS = 1_003;

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;
    private List<byte[]> records;

    @BeforeEach
    void backUp() throws IOException {
        final Path data = Files.createDirectory(folder.resolve("data"));
        final Path shelf = Files.createDirectory(folder.resolve("shelf"));
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            for (int i = 1; i <= RECORDS; i++) {
                journal.appendFrame(1, 0, 1_795_237_200_000_000_000L + i, -1, new byte[] {(byte) i}, 0, 1);
            }
            journal.endOfBatch();
        }
        try (StoredJournal journal = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                BackupFolder opened = BackupFolder.toWrite(shelf)) {
            final JournalBackup.Origin origin =
                    new JournalBackup.Origin("site", "1", "host", "acd1", "merge", "opaque-line", 1, "shelf");
            new JournalBackup(opened, origin, journal).make(false, () -> RECORDS, Instant.EPOCH, done -> {});
        }
        file = BackupFolder.files(shelf).get(0);
        whole = Files.readAllBytes(file);
        records = read();
        assertEquals(RECORDS, records.size());
        assertNull(check().damage());
        assertNotNull(BackupFolder.look(file));
    }

    @Test
    void shouldFindAFlippedByteAnywhereAndKeepWhatCanBeProved() throws IOException {
        // The first records, those around the digest and its own 49 bytes, and the end: every kind of place is among
        // them.
        for (int at = 0; at < whole.length; at += at < 700 || at > whole.length - 900 ? 1 : 83) {
            final byte[] changed = whole.clone();
            changed[at] ^= 0x04;
            Files.write(file, changed);
            final String told = "byte " + at;
            final BackupCheck check = check();
            assertNotNull(check.damage(), told);
            if (check.label() == null) {
                continue;
            }
            assertNull(check.end(), told);
            final List<byte[]> found = read();
            final RestorePlan plan = RestorePlan.of(List.of(check), TimeRange.ALL);
            assertEquals(found.isEmpty(), plan.steps().isEmpty(), told);
            assertFalse(plan.troubles().isEmpty(), told);
            int different = 0;
            for (int i = 0; i < found.size(); i++) {
                different += Arrays.equals(found.get(i), records.get(i)) ? 0 : 1;
            }
            assertEquals(check.damagedRecords(), different, told);
            assertTrue(different <= 1, told);
        }
    }

    @Test
    void shouldTakeNoShortenedFileForAWholeOne() throws IOException {
        for (int length = 0; length < whole.length; length += length < 700 || length > whole.length - 600 ? 1 : 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            final String told = length + " bytes";
            assertNotNull(check().damage(), told);
            assertNull(BackupFolder.look(file), told);
            final List<byte[]> found = check().label() == null ? List.of() : read();
            for (int i = 0; i < found.size(); i++) {
                assertArrayEquals(records.get(i), found.get(i), told);
            }
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertNotNull(check().damage(), "something behind the end");
        assertNull(BackupFolder.look(file));
    }

    private BackupCheck check() throws IOException {
        return BackupCheck.of(file, TimeRange.ALL, bytes -> {});
    }

    private List<byte[]> read() throws IOException {
        final List<byte[]> found = new ArrayList<>();
        final RecordImage image = new RecordImage();
        try (BackupReader reader = new BackupReader(file)) {
            while (reader.next(image)) {
                found.add(Arrays.copyOf(image.array(), image.length()));
            }
        }
        return found;
    }
}
