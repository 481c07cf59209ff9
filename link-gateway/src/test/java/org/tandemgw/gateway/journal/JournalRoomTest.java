package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept ready on the disk, and what is given back. */
class JournalRoomTest {
    private static final long AT = 1_795_251_600_000_000_000L;
    private static final long TEN_MINUTES_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long FRAME = LinkJournal.bytesFor(256);

    @TempDir
    Path data;

    private final byte[] frame = new byte[256];

    @Test
    void shouldHoldLessThanFortyMebibytesForEightQuietAcds() throws Exception {
        final List<LinkJournal> journals = new ArrayList<>();
        try (Reserve reserve = new Reserve()) {
            for (int i = 1; i <= 8; i++) {
                journals.add(JournalOpening.open(data, "acd" + i, JournalSync.GROUP, start("acd" + i), reserve));
            }
            for (final LinkJournal journal : journals) {
                // What an intake wants while nothing comes.
                assertTrue(journal.hasRoomFor(256 * 1024));
                append(journal, AT);
                journal.endOfBatch();
            }
            for (int i = 1; i <= 8; i++) {
                final Path directory = JournalFiles.directory(data, "acd" + i, 1);
                await().until(() -> Files.exists(directory.resolve(JournalRoom.NEXT)));
            }
            final long bytes = JournalFiles.diskBytes(data);
            assertTrue(bytes > 8 * 2 * Queues.BLOCK_SIZE && bytes < 40 << 20, () -> bytes + " bytes");
            journals.forEach(LinkJournal::close);
        }
    }

    @Test
    void shouldGiveBackWhatAFinishedFileDidNotUse() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            append(journal, AT);
            final RollFiles files = files();
            final Path file = files.path(files.cycles()[0]);
            append(journal, AT + TEN_MINUTES_NS);
            await().until(() -> Files.exists(Seal.beside(file))); // which is made when it will not change any more
            assertTrue(JournalFiles.diskBytes(file) < 64_000, () -> file + " was not given back");
            assertEquals(Queues.lengthFor(0), Files.size(file));
            readAll(journal, 2);
        }
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            readAll(journal, 2);
        }
    }

    @Test
    void shouldKeepMoreAheadOfAFastStreamAndRollWithWhatWasPromised() throws Exception {
        final long promised = 8 << 20;
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            await().until(() -> journal.hasRoomFor(promised));
            final int files = files().cycles().length;
            // The next file has to be able to take as much before the journal rolls.
            await().until(() -> {
                assertTrue(journal.hasRoomFor(promised) || journal.roomFault() == null);
                append(journal, AT + TEN_MINUTES_NS);
                return files().cycles().length > files;
            });
            assertTrue(journal.room() >= promised - 2 * FRAME, () -> "only " + journal.room());
            assertTrue(journal.roomFaults() == 0, journal.roomFault());
        }
    }

    @Test
    void shouldRefuseWhatWasNotPromised() {
        try (LinkJournal journal = LinkJournal.open(data, "acd1")) {
            journal.hasRoomFor(FRAME);
            final long sure = journal.room() / FRAME;
            final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> {
                for (long i = 0; i < 100 * sure; i++) {
                    append(journal, AT);
                }
            });
            assertTrue(refused.getMessage().contains("no room for"), refused.getMessage());
            assertNull(journal.fault());
            assertTrue(journal.last() >= sure);
            await().until(() -> journal.hasRoomFor(FRAME));
            append(journal, AT);
            journal.endOfBatch();
            readAll(journal, journal.last());
        }
    }

    /** In a process of its own, because Chronicle's assertions allocate. */
    @Test
    void shouldAllocateNothingPerFrame() throws Exception {
        final Process child = ChildJvm.of(List.of(), Appending.class, data.toString())
                .redirectErrorStream(true)
                .start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        // Chronicle allocates for each MiB that it maps.
        assertTrue(Long.parseLong(said.strip()) < 100_000, () -> said + " bytes for 100,000 frames");
    }

    /** Asks and appends, and says what the second 100,000 frames allocated on its thread. */
    static final class Appending {
        private Appending() {}

        public static void main(String[] args) {
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final byte[] frame = new byte[256];
            try (LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1", JournalSync.NONE)) {
                long before = 0;
                for (int i = 0; i < 200_000; i++) {
                    before = i == 100_000 ? threads.getCurrentThreadAllocatedBytes() : before;
                    while (!journal.hasRoomFor(FRAME)) {
                        Thread.onSpinWait();
                    }
                    journal.appendFrame(1, 0, AT, -1, frame, 0, frame.length);
                }
                System.out.println(threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
    }

    /** A mapping that fails in the middle of a record, as on a disk that lies about its space. */
    @Test
    void shouldNotPublishARecordThatFailedHalfway() throws Exception {
        final LinkJournal journal = LinkJournal.open(data, "acd1");
        for (int i = 0; i < 100; i++) {
            append(journal, AT);
        }
        journal.endOfBatch();
        await().atMost(Duration.ofMinutes(3)).until(() -> journal.readable() == 100);
        final Path file = files().path(files().cycles()[0]);
        final byte[] large = new byte[60_000];
        Arrays.fill(large, (byte) 7);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(72 * 1024);
            assertThrows(JournalFaultException.class, () -> {
                journal.appendFrame(1, 0, AT, -1, large, 0, large.length);
                journal.appendFrame(1, 0, AT, -1, large, 0, large.length);
            });
        }
        assertTrue(journal.fault() != null);
        journal.close();
        assertEquals(100, journal.readable());
        try (LinkJournal again = LinkJournal.open(data, "acd1")) {
            assertEquals(100, again.last());
            append(again, AT);
            again.endOfBatch();
            readAll(again, 101);
        }
    }

    private JournalStart start(String acd) {
        return JournalStart.behindTheLastSound(JournalSurvey.of(data, acd, 0, 0, Queues.ROLL_CYCLE));
    }

    private void append(LinkJournal journal, long atNs) {
        ByteBuffer.wrap(frame).putLong(journal.last() + 1);
        journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
    }

    private RollFiles files() throws IOException {
        return new RollFiles(JournalFiles.directory(data, "acd1", 1), Queues.ROLL_CYCLE);
    }

    private static void readAll(LinkJournal journal, long last) {
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReaderOfAll()) {
            reader.seek(1);
            for (long sequence = 1; sequence <= last; sequence++) {
                assertTrue(reader.next(record));
                assertFalse(record.damaged());
                assertEquals(sequence, ByteBuffer.wrap(record.bytes()).getLong());
            }
        }
    }
}
