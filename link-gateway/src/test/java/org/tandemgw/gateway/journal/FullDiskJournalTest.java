package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while frames are written: the journal stops, and loses nothing that it had called readable. */
class FullDiskJournalTest {
    @TempDir
    Path mount;

    @Test
    @Timeout(60)
    void shouldStopAndGoOnAfterARestartWithSpace() throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        try {
            final Path ballast = Files.write(mount.resolve("ballast"), new byte[8 << 20]);
            final Process child = ChildJvm.of(List.of(), Filler.class, mount.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, child.waitFor(), said);
            final String[] lines = said.split("\n");
            final long readable = Long.parseLong(lines[0]);
            assertTrue(readable > 1_000, said);
            Files.delete(ballast);
            try (LinkJournal journal = LinkJournal.open(mount, "acd1", JournalSync.GROUP)) {
                assertTrue(journal.last() >= readable, () -> journal.last() + " after " + said);
                final long next = journal.last() + 1;
                for (int i = 0; i < 1_000; i++) {
                    Filler.append(journal);
                }
                final JournalRecord record = new JournalRecord();
                try (JournalReader reader = journal.newReaderOfAll()) {
                    for (long n = 1; n < next + 1_000; n++) {
                        assertTrue(reader.next(record));
                        final long expected = n;
                        assertFalse(
                                record.damaged() && n <= readable,
                                () -> RecordJson.of(record) + " at " + expected + " after " + said);
                    }
                }
            }
        } finally {
            assertTrue(ChildJvm.canRun("umount", "-l", mount.toString()));
        }
    }

    /** Appends until the journal stops; says what was readable then, and why it stopped. */
    static final class Filler {
        private Filler() {}

        static void append(LinkJournal journal) {
            final byte[] frame = new byte[256];
            ByteBuffer.wrap(frame).putLong(journal.last() + 1);
            journal.appendFrame(1, 0, 1_795_251_600_000_000_000L, -1, frame, 0, frame.length);
        }

        public static void main(String[] args) {
            final LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1", JournalSync.GROUP);
            try {
                while (true) {
                    append(journal);
                    journal.endOfBatch();
                }
            } catch (JournalFaultException e) {
                System.out.println(journal.readable() + "\n" + journal.last() + "\n" + journal.fault());
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
