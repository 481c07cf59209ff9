package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a journal are no longer there behind their mappings when it is closed. */
class ClosedOnABadDiskTest {
    @TempDir
    Path data;

    @Test
    void shouldCloseAllPartsThoughOneOfThemFails() throws Exception {
        final LinkJournal journal = LinkJournal.open(data, "acd1");
        journal.appendFrame(1, 0, 1_795_251_600_000_000_000L, -1, new byte[8], 0, 8);
        journal.endOfBatch();
        await().until(() -> journal.readable() == 1);
        final Path directory = JournalFiles.directory(data, "acd1", 1);
        for (final Path file : files(directory)) {
            try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
                torn.setLength(0);
            }
        }
        assertDoesNotThrow(journal::close);
        assertEquals(List.of(), openUnder(directory));
    }

    @Test
    void shouldHaveItsTurnBehindAPartWhoseMappingFails() {
        assertFalse(JournalOpening.closeQuietly(() -> {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }));
        assertTrue(JournalOpening.closeQuietly(() -> {}));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().contains(".cq4")).toList();
        }
    }

    private static List<Path> openUnder(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ClosedOnABadDiskTest::target)
                    .filter(path -> path.startsWith(directory))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // closed in between
        }
    }
}
