package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;

/** The medium, or the disk that is restored to, has less room than is needed: nothing that looks whole is left. */
@Timeout(600)
class FullMediumTest {
    private static final int RECORDS = 120_000; // 28 MB

    @TempDir
    Path folder;

    private Path small;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(folder.resolve("small"));
        mounted = ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", small.toString());
        Assumptions.assumeTrue(mounted, "needs root to mount a tmpfs");
        BackupRig.fill(folder, RECORDS);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertTrue(ChildJvm.canRun("umount", "-l", small.toString()));
        }
    }

    @Test
    void shouldLeaveNoBackupBehindOnAFullMedium() throws IOException {
        final IOException full = assertThrows(IOException.class, () -> BackupRig.backUp(folder, small));
        assertTrue(full.getMessage().contains("No space left"), full::toString);
        assertEquals(List.of("backup.lock"), names(small));
    }

    @Test
    void shouldLeaveNoJournalBehindOnAFullDisk() throws IOException {
        final Path shelf = Files.createDirectory(folder.resolve("shelf"));
        BackupRig.backUp(folder, shelf);
        final RestorePlan plan = BackupRig.plan(shelf);
        assertTrue(Restore.needsBytes(plan) > small.toFile().getUsableSpace(), "a person is told before");

        final Restore restore = new Restore(small, "acd1");
        final IOException full =
                assertThrows(IOException.class, () -> restore.carryOut(plan, 2, BackupRig.order(), done -> {}));
        assertTrue(full.getMessage().startsWith("there is no room left in"), full::toString);
        assertEquals(List.of(), JournalFiles.generations(small, "acd1"));
        assertEquals(List.of(), names(small.resolve("journal/acd1")));
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
