package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** One byte of a journal changes on the disk: it is found wherever it is, and costs at most the record that it belongs to. */
class FlippedByteTest {
    private static final int PAGE = 4096;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    @Test
    void shouldBeFoundAndCostAtMostItsOwnRecord() throws Exception {
        flipAt(61, 1_021, 97);
    }

    @Test
    @Tag("slow")
    void shouldBeFoundAndCostAtMostItsOwnRecordAtEach64thByteAndInAllOfTheHead() throws Exception {
        flipAt(1, 16, 64);
    }

    /** Each value of it sends whoever follows Chronicle's words to another place, some of them into noise. */
    @Test
    void shouldFindTheRecordsWhateverTheFirstByteSays() throws IOException {
        final SmallJournal journal = new SmallJournal(data).write(2, 120, random);
        final Path file = journal.rollFiles().get(0);
        for (int with = 1; with < 256; with++) {
            SmallJournal.flip(file, 0, with);
            assertEquals(List.of(), journal.lost("byte 0 ^ " + with + seeded()));
            SmallJournal.flip(file, 0, with);
        }
    }

    /** The word before an index page says how far it is to the first record; 173 once led into a frame, which was served in place of a record. */
    @Test
    void shouldNotFollowAPageIntoAFrameThatLooksLikeARecord() throws IOException {
        final SmallJournal journal = new SmallJournal(data).write(3, 120, new Random(25_144_229_702_578L));
        final Path file = journal.rollFiles().get(1);
        final long records = SmallJournal.places(file).get(0)[1];
        final long page = pageBefore(file, records);
        for (int with = 1; with < 256; with += 4) {
            SmallJournal.flip(file, page, with);
            assertEquals(List.of(), journal.lost("byte " + page + " ^ " + with));
            SmallJournal.flip(file, page, with);
        }
    }

    private static long pageBefore(Path file, long records) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long at = records - Integer.BYTES;
        while (bytes.getInt((int) at) != (0x4000_0000 | records - at - Integer.BYTES)) {
            at -= Integer.BYTES;
        }
        return at;
    }

    /** Offsets: all of the head page by one step, the pages behind by another, the rest by a third. */
    private void flipAt(int headStep, int indexStep, int step) throws IOException {
        final SmallJournal journal = new SmallJournal(data).write(3, 120, random);
        assertTrue(journal.verify().sound(), () -> journal.verify() + seeded());
        assertEquals(List.of(), journal.lost(seeded()));
        int flips = 0;
        for (final Path file : journal.rollFiles()) {
            final List<long[]> places = SmallJournal.places(file);
            final long records = places.get(0)[1];
            final long end = places.get(places.size() - 1)[2] + 4;
            for (long at = 0; at < end; at += at < PAGE ? headStep : at < records ? indexStep : step) {
                flipAndRead(journal, file, at, places);
                flips++;
            }
            flipAndRead(journal, file, Files.size(file) - 5, places);
        }
        System.out.println(flips + " flips" + seeded());
        assertTrue(journal.verify().sound());
    }

    private void flipAndRead(SmallJournal journal, Path file, long at, List<long[]> places) throws IOException {
        final int with = 1 + random.nextInt(255);
        final String told = "byte " + at + " of " + file.getFileName() + " ^ " + with + seeded();
        SmallJournal.flip(file, at, with);
        final List<Long> hit = places.stream()
                .filter(place -> at >= place[1] + Integer.BYTES && at < place[2])
                .map(place -> place[0])
                .toList();
        assertEquals(hit, journal.lost(told), told);
        final JournalCheck check = journal.verify();
        assertFalse(check.sound(), told);
        assertEquals(hit.size(), check.lost(), () -> check + told);
        final String name = file.getFileName().toString();
        assertTrue(check.damages().stream().allMatch(damage -> damage.file().equals(name)), () -> check + told);
        if (hit.isEmpty()) {
            assertEquals(1, check.damages().size(), () -> check + told);
            assertTrue(check.damages().get(0).what().contains("costs nothing"), () -> check + told);
        } else {
            assertEquals(hit.get(0), check.damages().get(0).sequence(), () -> check + told);
        }
        SmallJournal.flip(file, at, with);
    }

    /** The newest file is what the next start appends to, so all that is in it has to be right or it is left alone. */
    @Test
    void shouldNotKeepTheNextStartFromGoingOn() throws Exception {
        startAfterFlips(true, 20);
    }

    /** Killed: there is no seal that says what the last file was like. */
    @Test
    void shouldNotKeepTheNextStartFromGoingOnAfterAKill() throws Exception {
        startAfterFlips(false, 20);
    }

    @Test
    @Tag("slow")
    void shouldNotKeepTheNextStartFromGoingOnWhereverItIs() throws Exception {
        startAfterFlips(true, 1_000);
        startAfterFlips(false, 1_000);
    }

    private void startAfterFlips(boolean sealed, int rounds) throws IOException {
        final SmallJournal origin = new SmallJournal(data.resolve(sealed ? "closed" : "killed")).write(2, 300, random);
        final List<Path> files = origin.rollFiles();
        final Path newest = files.get(files.size() - 1);
        if (!sealed) {
            Files.delete(Seal.beside(newest));
        }
        final List<long[]> places = SmallJournal.places(newest);
        final long end = places.get(places.size() - 1)[2];
        for (int round = 0; round < rounds; round++) {
            // Half of them where Chronicle keeps its own notes: the head and the start of both index pages.
            final long at = round % 2 == 0 ? random.nextInt((int) end) : 0x40 + random.nextInt(0xc0);
            final int with = 1 + random.nextInt(255);
            final Path to = elsewhere.resolve(sealed + "-" + round);
            final SmallJournal copy = origin.copy(to);
            final Path file = copy.directory.resolve(newest.getFileName());
            SmallJournal.flip(file, at, with);
            final String told = (sealed ? "closed, " : "killed, ") + "byte " + at + " ^ " + with + seeded();
            final List<Long> lostBefore = copy.lost(told);
            final int before = copy.frames.size();
            final long last;
            try (LinkJournal journal = assertDoesNotThrow(copy::open, told)) {
                last = journal.last();
                assertNull(journal.fault(), told);
                copy.frames.subList((int) last, before).clear();
                for (int n = 0; n < 300; n++) {
                    assertDoesNotThrow(() -> copy.append(journal, random), told);
                }
                journal.endOfBatch();
            }
            assertTrue(last >= before - 1, () -> "ended at " + last + ", " + told);
            final List<Long> lost = new ArrayList<>(lostBefore);
            lost.removeIf(sequence -> sequence > last);
            assertEquals(lost, copy.lost(told), told);
            if (sealed) {
                assertFalse(copy.verify().sound(), told);
            }
            assertEquals(lost.size(), copy.verify().lost(), () -> copy.verify() + told);
        }
    }

    @Test
    void shouldNotMatterInTheMetadata() throws Exception {
        final SmallJournal origin = new SmallJournal(data).write(2, 50, random);
        for (int at = 0; at < 0x1f0; at += 1 + random.nextInt(48)) {
            final int with = 1 + random.nextInt(255);
            final String told = "metadata byte " + at + " ^ " + with + seeded();
            final SmallJournal copy = origin.copy(elsewhere.resolve("meta-" + at));
            SmallJournal.flip(copy.directory.resolve(Queues.METADATA), at, with);
            assertEquals(List.of(), copy.lost(told), told);
            try (LinkJournal journal = copy.open()) {
                assertEquals(origin.frames.size(), journal.last(), told);
                copy.append(journal, random);
                assertTrue(journal.damage().isNone(), () -> journal.damage() + told);
            }
            assertEquals(List.of(), copy.lost(told), told);
            assertTrue(copy.verify().sound(), () -> copy.verify() + told);
        }
    }

    private String seeded() {
        return ", replay with -Dtandem.seed=" + seed;
    }
}
