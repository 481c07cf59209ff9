package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** Roll files that go while readers stand in them. */
@Tag("chance")
class DroppedFilesTest {
    private static final long START_NS = 1_795_251_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final JournalRecord record = new JournalRecord();

    @TempDir
    Path data;

    private long atNs = START_NS;

    @Test
    void shouldTellAReaderInTheMiddleThatItsPlaceIsLost() throws Exception {
        try (LinkJournal journal = open();
                JournalReader inFirst = journal.newReader();
                JournalReader atEndOfFirst = journal.newReader();
                JournalReader inSecond = journal.newReader()) {
            final long second = file(journal, 100);
            final long third = file(journal, 100);
            file(journal, 100);
            read(inFirst, 1, 50);
            read(atEndOfFirst, 1, second - 1);
            assertTrue(inSecond.seek(second + 10));
            read(inSecond, second + 10, second + 20);
            dropOldest(journal);
            assertEquals(second, journal.oldest());
            assertTrue(inFirst.lostItsPlace());
            assertFalse(inFirst.next(record));
            assertFalse(inFirst.seek(51));
            assertTrue(inFirst.seek(journal.oldest()));
            read(inFirst, second, journal.last());
            assertFalse(atEndOfFirst.lostItsPlace());
            read(atEndOfFirst, second, journal.last());
            read(inSecond, second + 21, third + 1);
            dropOldest(journal);
            assertFalse(inSecond.lostItsPlace());
            read(inSecond, third + 2, journal.last());
            awaitNoMappingOfDeletedFiles();
        }
        try (LinkJournal journal = open()) {
            assertEquals(201, journal.oldest());
            assertEquals(300, journal.last());
        }
    }

    @Test
    void shouldNotOfferTheLastFileThatIsSynced() throws Exception {
        try (LinkJournal journal = open()) {
            file(journal, 100);
            atNs += SECOND_NS;
            journal.appendFrame(1, 0, atNs, -1, new byte[8], 0, 8);
            assertEquals(100, journal.readable(), "nobody has asked for a sync yet");
            assertFalse(journal.rollFiles(1).get(0).finished(), "drop would refuse it");
            journal.endOfBatch();
            await().until(() -> journal.readable() == 101);
            dropOldest(journal);
        }
    }

    @Test
    void shouldLeaveFoldersAloneThatAreNotOurs() throws Exception {
        open().close();
        Files.createDirectories(data.resolve("journal/lost+found/1"));
        Files.createDirectories(data.resolve("journal/acd2/restoring"));
        assertEquals(List.of("acd1"), JournalFiles.acds(data));
    }

    @Test
    void shouldNotKeepTheSpaceOfAFileForAReaderThatNeverReadsOn() throws Exception {
        try (LinkJournal journal = open();
                JournalReader stuck = journal.newReader();
                JournalReader behind = journal.newReader()) {
            final long second = file(journal, 100);
            file(journal, 100);
            read(stuck, 1, 10);
            read(behind, 1, second - 1);
            final Runnable looks = () -> {
                stuck.lostItsPlace();
                behind.lostItsPlace();
            };
            journal.onReadable(looks); // as a feed does, on its own thread
            dropOldest(journal);
            awaitNoMappingOfDeletedFiles();
            journal.offReadable(looks);
        }
    }

    @Test
    void shouldRefuseToDropWhatIsStillWritten() {
        try (LinkJournal journal = open()) {
            assertEquals(List.of(), journal.rollFiles(10));
            file(journal, 10);
            final List<RollFile> one = journal.rollFiles(10);
            assertEquals(1, one.size());
            assertFalse(one.get(0).finished());
            assertEquals(1, one.get(0).first());
            assertEquals(10, one.get(0).last());
            assertThrows(IllegalArgumentException.class, () -> journal.drop(one.get(0)));
        }
    }

    @Test
    void shouldKnowWhatIsInEachFile() {
        try (LinkJournal journal = open()) {
            final long firstAtNs = atNs;
            final long second = file(journal, 10);
            file(journal, 20);
            final long secondAtNs = atNs;
            final List<RollFile> files = journal.rollFiles(10);
            assertEquals(2, files.size());
            assertEquals(firstAtNs, files.get(0).firstAtNs());
            assertEquals(firstAtNs + 9, files.get(0).lastAtNs());
            assertEquals(second - 1, files.get(0).last());
            assertTrue(files.get(0).finished());
            assertEquals(secondAtNs, files.get(1).firstAtNs());
            assertEquals(30, files.get(1).last());
            assertEquals(1, journal.rollFiles(1).size());
        }
    }

    @Test
    void shouldTakeWhatLiesBesideAFileWithIt() throws Exception {
        try (LinkJournal journal = open()) {
            file(journal, 10);
            file(journal, 10);
            final Path directory = JournalFiles.directory(data, "acd1", 1);
            final String name = new RollFiles(directory, TestRollCycles.TEST_SECONDLY)
                    .path(journal.rollFiles(1).get(0).cycle())
                    .getFileName()
                    .toString();
            final Path beside = directory.resolve(name.replace(".cq4", ".seal"));
            Files.writeString(beside, "sum");
            dropOldest(journal);
            assertFalse(Files.exists(beside));
            assertFalse(Files.exists(directory.resolve(name)));
        }
    }

    @Test
    void shouldForgetTheDigestsOfWhatIsGoneAndGoOnWithTheChain() throws Exception {
        final String through3000;
        try (LinkJournal journal = open()) {
            for (int i = 0; i < 30; i++) {
                file(journal, 100);
            }
            through3000 = journal.digest(3_000);
            assertNotNull(through3000);
            for (int i = 0; i < 25; i++) {
                dropOldest(journal);
            }
            assertEquals(2_501, journal.oldest());
        }
        try (LinkJournal journal = open()) {
            assertEquals(through3000, journal.digest(3_000));
            for (int i = 0; i < 10; i++) {
                file(journal, 100);
            }
            assertNotNull(journal.digest(4_000), "the chain goes on");
        }
    }

    @Test
    void shouldGoOnCountingFromTheLastBlockWhereDigestsAreUnknown() throws Exception {
        final Path directory = JournalFiles.directory(data, "acd1", 1);
        try (LinkJournal journal = open()) {
            filesWithAGap(journal, 15);
            dropOldest(journal, 13);
            assertEquals(1_301, journal.oldest());
        }
        final long gaps;
        try (LinkJournal journal = open()) {
            assertNotNull(journal.digest(1_000));
            filesWithAGap(journal, 30);
            assertEquals(4_500, journal.last());
            gaps = journal.gaps();
            assertNull(journal.digest(2_000), "the start of this thousand was dropped");
            assertNull(journal.digest(4_000), "and what is chained to it");
            dropOldest(journal, 25);
        }
        for (int start = 0; start < 2; start++) {
            try (LinkJournal journal = open()) {
                assertEquals(gaps, journal.gaps(), "those of dropped files are known from the entries");
                assertNull(journal.digest(4_000));
            }
        }
        try (StoredJournal stored = StoredJournal.open(directory, TestRollCycles.TEST_SECONDLY)) {
            assertNotNull(stored.digestEntry(1_000));
            assertNull(stored.digestEntry(4_000), "no backup may carry it as a digest");
        }
        final JournalCheck check =
                JournalVerification.of(directory, TestRollCycles.TEST_SECONDLY, 0, (bytes, ofBytes) -> {});
        assertEquals(List.of(), check.damages());
        Files.delete(directory.resolve(DigestFile.NAME));
        open().close();
        assertNotNull(DigestFile.read(directory.resolve(DigestFile.NAME), 4), "the next start begins here");
        try (LinkJournal journal = open()) {
            assertNull(journal.digest(4_000));
            filesWithAGap(journal, 10);
            assertNull(journal.digest(5_000));
        }
        assertNotNull(DigestFile.read(directory.resolve(DigestFile.NAME), 5));
    }

    private void filesWithAGap(LinkJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            file(journal, 99);
            journal.appendGap(atNs, atNs + 99, 3, "test");
        }
        journal.endOfBatch();
        await().until(() -> journal.readable() == journal.last());
    }

    private static void dropOldest(LinkJournal journal, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            dropOldest(journal);
        }
    }

    @Test
    void shouldGiveBackTheSpaceOfOldDigests() throws Exception {
        final Path folder = Files.createDirectories(data.resolve("digests-alone"));
        final int blocks = 60_000;
        try (DigestFile digests = new DigestFile(folder)) {
            for (int block = 1; block <= blocks; block++) {
                digests.write(block, new byte[32], 0, 0);
            }
            digests.force();
            final long before = JournalFiles.diskBytes(folder);
            digests.trim(blocks - 1_000);
            await().until(() -> JournalFiles.diskBytes(folder) < before - 2_000_000);
            assertNull(digests.read(1));
            assertNotNull(digests.read(blocks - 1_000));
            assertNotNull(digests.read(blocks));
        }
    }

    @Test
    @Timeout(600)
    void shouldNeverSkipOrShowAnythingWrongWhileFilesComeAndGo() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        final int files = 60;
        try (LinkJournal journal = open()) {
            final List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                final boolean slow = i == 0;
                readers.add(threads.submit(() -> follow(journal, slow, files * 50L)));
            }
            for (int i = 0; i < files; i++) {
                file(journal, 50);
                if (random.nextInt(3) > 0 && journal.rollFiles(2).get(0).finished()) {
                    dropOldest(journal);
                }
            }
            long lostPlaces = 0;
            for (final Future<Long> reader : readers) {
                lostPlaces += reader.get();
            }
            assertTrue(lostPlaces > 0, () -> "nobody ever lost his place; " + seeded());
        } finally {
            threads.shutdownNow();
        }
    }

    /** How often it lost its place: each time it is told where to go on, and everything else it gets is the next one. */
    private long follow(LinkJournal journal, boolean slow, long last) throws Exception {
        final JournalRecord own = new JournalRecord();
        final Semaphore wakes = new Semaphore(0);
        final Runnable wake = wakes::release;
        journal.onReadable(wake);
        long lostPlaces = 0;
        try (JournalReader reader = journal.newReader()) {
            while (reader.position() <= last) {
                final long position = reader.position();
                if (reader.next(own)) {
                    if (own.damaged()
                            || own.sequence() != position
                            || ByteBuffer.wrap(own.bytes()).getLong() != position) {
                        throw new AssertionError(RecordJson.of(own) + " at " + position + "; " + seeded());
                    }
                    while (slow && position % 20 == 0 && journal.last() < Math.min(last, position + 400)) {
                        wakes.acquire();
                    }
                } else if (reader.lostItsPlace()) {
                    lostPlaces++;
                    while (!reader.seek(journal.oldest())) {
                        Thread.onSpinWait(); // the next one has gone in between
                    }
                } else {
                    wakes.acquire();
                }
            }
        }
        journal.offReadable(wake);
        return lostPlaces;
    }

    private LinkJournal open() {
        return JournalOpening.asFound(data, "acd1", JournalSync.GROUP, TestRollCycles.TEST_SECONDLY);
    }

    /** Appends records of one second, and returns the first sequence of the next. */
    private long file(LinkJournal journal, int count) {
        atNs += journal.last() == 0 ? 0 : SECOND_NS;
        for (int i = 0; i < count; i++) {
            final byte[] frame =
                    ByteBuffer.allocate(8).putLong(journal.last() + 1).array();
            journal.appendFrame(1, 0, atNs + i, -1, frame, 0, 8);
        }
        journal.endOfBatch();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> journal.readable() == journal.last());
        return journal.last() + 1;
    }

    private static void dropOldest(LinkJournal journal) throws IOException {
        final RollFile oldest = journal.rollFiles(1).get(0);
        journal.drop(oldest);
        assertEquals(oldest.last() + 1, journal.oldest());
    }

    private void read(JournalReader reader, long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            final long expected = sequence;
            assertTrue(reader.next(record), () -> "nothing at " + expected + "; " + seeded());
            assertEquals(sequence, record.sequence(), seeded());
            assertFalse(record.damaged(), () -> RecordJson.of(record) + "; " + seeded());
        }
    }

    private void awaitNoMappingOfDeletedFiles() {
        await().until(() -> mappedAndDeleted().isEmpty());
    }

    private List<String> mappedAndDeleted() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains(data.toString()) && line.endsWith("(deleted)"))
                    .toList();
        }
    }

    private String seeded() {
        return "-Dtandem.seed=" + seed;
    }
}
