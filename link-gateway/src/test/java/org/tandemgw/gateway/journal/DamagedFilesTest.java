package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.house.Chance;

/** More than a byte: files cut off, emptied, deleted, overwritten, pages zeroed, many places at once. */
@Tag("chance")
class DamagedFilesTest {
    private static final int PER_FILE = 300;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @Test
    void shouldSayWhichRecordsADeletedFileHad() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(3, PER_FILE, random);
        Files.delete(journal.rollFiles().get(1));
        assertEquals(sequences(PER_FILE + 1, 2 * PER_FILE), journal.lost(seeded()));
        final JournalCheck check = journal.verify();
        assertEquals(PER_FILE, check.lost(), check::toString);
        assertEquals(PER_FILE + 1, check.damages().get(0).sequence(), check::toString);
        assertEquals(2 * PER_FILE, check.damages().get(0).through(), check::toString);
        goOn(journal, 3 * PER_FILE);
        assertEquals(sequences(PER_FILE + 1, 2 * PER_FILE), journal.lost(seeded()));
    }

    @Test
    void shouldNameTheRangeThatNoFileHasAndServeItFast() throws Exception {
        final int many = 40_000;
        final SmallJournal journal = new SmallJournal(data).plain().write(3, many, random);
        final Path first = journal.rollFiles().get(0);
        SmallJournal.flip(first, SmallJournal.places(first).get(500)[1] + 44, 1);
        Files.delete(journal.rollFiles().get(1));
        try (LinkJournal open = journal.open();
                JournalReader reader = open.newReader();
                JournalReader other = open.newReader()) {
            final JournalRecord record = new JournalRecord();
            final long startedNs = System.nanoTime();
            long lost = 0;
            for (long n = 1; n <= 3L * many; n++) {
                assertTrue(reader.next(record), seeded());
                assertEquals(n, record.sequence(), seeded());
                lost += record.damaged() ? 1 : 0;
            }
            assertFalse(reader.next(record));
            final long tookMs = (System.nanoTime() - startedNs) / 1_000_000;
            assertEquals(many + 1, lost, seeded());
            assertTrue(tookMs < 20_000, () -> "took " + tookMs + " ms"); // with a search for each it took 100 s
            assertTrue(other.seek(many + 700L) && other.next(record) && record.damaged(), seeded());
            assertEquals(
                    new JournalDamage(
                            1,
                            501,
                            501,
                            List.of(first),
                            List.of(),
                            List.of(new JournalDamage.Missing(many + 1, 2L * many)),
                            List.of()),
                    open.damage());
            assertTrue(
                    open.damage().text().contains("records 40001 to 80000 are missing: no file has them"),
                    open.damage().text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldServeWhatIsInTheOtherFilesWhenOneIsGarbage(int number) throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(3, PER_FILE, random);
        final Path file = journal.rollFiles().get(number);
        final byte[] garbage = new byte[200_000];
        random.nextBytes(garbage);
        Files.write(file, garbage);
        assertFalse(journal.verify().sound(), seeded());
        assertTrue(
                journal.verify().damages().stream().anyMatch(damage -> damage.file()
                        .equals(file.getFileName().toString())),
                () -> journal.verify() + seeded());
        if (number == 2) {
            // What it had may have been sent: only who knows the watermark can decide, and begins a new generation.
            final String refused =
                    assertThrows(JournalFaultException.class, journal::open).getMessage();
            assertTrue(refused.contains("nothing can be read in " + file.getFileName()), refused);
            return;
        }
        final int kept = 3 * PER_FILE;
        goOn(journal, kept);
        final JournalCheck check = journal.verify();
        assertFalse(check.sound(), seeded());
        assertEquals(kept + 10, check.last(), seeded());
        if (number == 1) {
            assertEquals(sequences(PER_FILE + 1, 2 * PER_FILE), journal.lost(seeded()));
        } else {
            assertEquals(number == 0 ? PER_FILE + 1 : 1, check.oldest(), seeded());
            assertEquals(0, check.lost(), () -> check + seeded());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldServeWhatIsInTheOtherFilesWhenOneIsEmpty(int number) throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(2, PER_FILE, random);
        Files.write(journal.rollFiles().get(number), new byte[0]);
        assertFalse(journal.verify().sound(), seeded());
        if (number == 1) {
            journal.frames.subList(PER_FILE, 2 * PER_FILE).clear();
        }
        goOn(journal, journal.frames.size());
        final JournalCheck check = journal.verify();
        assertEquals(number == 0 ? PER_FILE + 1 : 1, check.oldest(), check::toString);
        assertEquals(0, check.lost(), check::toString);
    }

    @Test
    void shouldKeepWhatIsLeftOfAFileThatIsCutOff() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(3, PER_FILE, random);
        final Path middle = journal.rollFiles().get(1);
        final List<long[]> places = SmallJournal.places(middle);
        try (RandomAccessFile file = new RandomAccessFile(middle.toFile(), "rw")) {
            file.setLength(places.get(100)[1] + 30);
        }
        final List<Long> gone = sequences(places.get(100)[0], 2 * PER_FILE);
        assertEquals(gone, journal.lost(seeded()));
        assertEquals(gone.size(), journal.verify().lost(), () -> journal.verify() + seeded());
        goOn(journal, 3 * PER_FILE);
        assertEquals(gone, journal.lost(seeded()));
    }

    @Test
    void shouldLoseNoMoreThanTheRecordsOnZeroedPages() throws Exception {
        final SmallJournal journal = new SmallJournal(data).plain().write(2, PER_FILE, random);
        final List<Long> gone = new ArrayList<>();
        for (final Path file : journal.rollFiles()) {
            final List<long[]> places = SmallJournal.places(file);
            final long end = places.get(places.size() - 2)[1];
            for (final long page : new long[] {0, 1, 4, 8, 11, 15}) {
                if (page == 8 && gone.isEmpty()) {
                    continue; // what the oldest file began with, nothing else tells
                }
                final long from = page * 4096;
                final int length = (int) Math.max(0, Math.min(4096, end - from));
                SmallJournal.overwrite(file, from, new byte[length]);
                places.stream()
                        .filter(place -> place[1] + Integer.BYTES < from + length && place[2] > from)
                        .map(place -> place[0])
                        .forEach(gone::add);
            }
        }
        assertTrue(gone.size() > 60, gone::toString);
        assertEquals(gone, journal.lost(seeded()));
        assertEquals(gone.size(), journal.verify().lost(), () -> journal.verify() + seeded());
        goOn(journal, 2 * PER_FILE);
        assertEquals(gone, journal.lost(seeded()));
    }

    @Test
    void shouldLeaveAFileThatIsSetAsideAndItsSealAsTheyAre() throws Exception {
        final SmallJournal journal = new SmallJournal(data).write(2, PER_FILE, random);
        final Path file = journal.rollFiles().get(1);
        SmallJournal.flip(file, SmallJournal.places(file).get(100)[1] + 4 + 10, 1);
        final byte[] bytes = Files.readAllBytes(file);
        final byte[] seal = Files.readAllBytes(Seal.beside(file));
        goOn(journal, 2 * PER_FILE);
        final Path aside = journal.directory.resolve(RollFiles.QUARANTINE).resolve(file.getFileName());
        assertArrayEquals(bytes, Files.readAllBytes(aside), seeded());
        assertArrayEquals(seal, Files.readAllBytes(Seal.beside(aside)), seeded());
    }

    @Test
    void shouldServeAsLostWhatIsDamagedUnderARunningProcessAndCountIt() throws Exception {
        final SmallJournal small = new SmallJournal(data);
        try (LinkJournal journal = small.open();
                JournalReader reader = journal.newReader()) {
            for (int n = 0; n < 1_000; n++) {
                small.append(journal, random);
            }
            assertTrue(journal.damage().isNone());
            final Path file = small.rollFiles().get(0);
            final List<long[]> places = SmallJournal.places(file);
            SmallJournal.flip(file, places.get(499)[1] + 4 + 40, 1);
            SmallJournal.flip(file, places.get(699)[1] + 4 + 10, 1);
            SmallJournal.flip(file, places.get(799)[1], 0x40);
            SmallJournal.flip(file, 0x9a, 0x40);
            final JournalRecord record = new JournalRecord();
            final List<Long> lost = new ArrayList<>();
            for (int pass = 0; pass < 2; pass++) {
                assertTrue(reader.seek(1));
                lost.clear();
                while (reader.next(record)) {
                    if (record.damaged()) {
                        lost.add(record.sequence());
                    }
                }
                assertEquals(List.of(500L, 700L), lost, seeded());
                assertEquals(
                        new JournalDamage(2, 500, 700, List.of(file), List.of(), List.of(), List.of()),
                        journal.damage(),
                        "once each, however often they are met");
            }
            assertEquals(
                    "2 records between 500 and 700 cannot be read in " + file.getFileName()
                            + ": served as lost, all others are served; "
                            + "'tandem journal verify' shows all of it; a backup can bring it back; look at the disk",
                    journal.damage().text());
            small.append(journal, random);
            assertTrue(reader.next(record));
            assertFalse(record.damaged());
        }
    }

    @Test
    @Timeout(600)
    void shouldReadOnPast500DamagedPlacesWithoutSlowingDown() throws Exception {
        final int count = 200_000;
        final SmallJournal journal = new SmallJournal(data).write(1, count, random);
        final long wholeNs = read(count, 0);
        final Path file = journal.rollFiles().get(0);
        final List<long[]> places = SmallJournal.places(file);
        final long end = places.get(count - 1)[2];
        for (int flip = 0; flip < 500; flip++) {
            SmallJournal.flip(file, (long) (random.nextDouble() * end), 1 + random.nextInt(255));
        }
        final long damagedNs = read(count, 500);
        System.out.printf(
                "%d records: whole %d ms, with 500 flips %d ms%n", count, wholeNs / 1_000_000, damagedNs / 1_000_000);
        assertTrue(damagedNs < 10 * wholeNs + 2_000_000_000L, seeded());
    }

    private long read(int count, int lostAtMost) {
        final long startNs = System.nanoTime();
        final JournalRecord record = new JournalRecord();
        int lost = 0;
        int read = 0;
        try (StoredJournal stored = StoredJournal.open(JournalFiles.directory(data, "acd1", 1));
                JournalReader reader = stored.newReader()) {
            while (reader.next(record)) {
                read++;
                lost += record.damaged() ? 1 : 0;
            }
        }
        assertEquals(count, read, seeded());
        assertTrue(lost <= lostAtMost, lost + seeded());
        return System.nanoTime() - startNs;
    }

    private void goOn(SmallJournal small, long last) {
        for (int start = 0; start < 2; start++) {
            try (LinkJournal journal = small.open()) {
                assertEquals(last + start * 5L, journal.last(), seeded());
                for (int n = 0; n < 5; n++) {
                    small.append(journal, random);
                }
            }
        }
    }

    private static List<Long> sequences(long from, long through) {
        return LongStream.rangeClosed(from, through).boxed().toList();
    }

    private String seeded() {
        return ", replay with -Dtandem.seed=" + seed;
    }
}
