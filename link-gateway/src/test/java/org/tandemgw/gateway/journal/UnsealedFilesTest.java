package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.house.Chance;

/** The newest file of a site that runs or was killed has no seal: what Chronicle needs to go on in it is compared all the same. */
@Tag("chance")
class UnsealedFilesTest {
    private static final int ARRAY_HEAD = 16;
    private static final int SITES = 4;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @Test
    void shouldFindAFlipInTheHeadAndInTheIndexPages() throws IOException {
        final SmallJournal journal = new SmallJournal(data).write(1, 700, random);
        final Path file = journal.rollFiles().get(0);
        Files.delete(Seal.beside(file));
        assertTrue(journal.verify().sound(), () -> journal.verify().toString());
        assertEquals(0, journal.verify().sealed());

        final List<Long> places = new ArrayList<>(List.of(0L, 5L, 40L, 100L));
        final String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        places.add(all.indexOf("writePosition") + 2L);
        final int index2index = all.indexOf((char) 11 + "index2index");
        final int index = all.indexOf((char) 5 + "index", index2index + 12);
        for (final int name : new int[] {index2index, index}) {
            places.add(name + 1L);
            final int array = all.indexOf((char) 0x8d, name) + 1;
            places.add((long) array); // its capacity
            places.add((long) array + ARRAY_HEAD); // its first entry
        }
        final List<String> before = files();
        for (final long at : places) {
            final int with = 1 + random.nextInt(255);
            final String told = "byte " + at + " ^ " + with + " -Dtandem.seed=" + seed;
            SmallJournal.flip(file, at, with);
            final JournalCheck check = journal.verify();
            assertFalse(check.sound(), told);
            assertEquals(0, check.lost(), () -> check + told);
            SmallJournal.flip(file, at, with);
        }
        assertEquals(before, files(), "nothing is written beside it");
        assertTrue(journal.verify().sound(), () -> journal.verify().toString());
    }

    @Test
    void shouldNotCryWolfWhileChronicleWrites() throws Exception {
        for (int site = 1; site <= SITES; site++) {
            final Path directory = JournalFiles.directory(data, "acd" + site, 1);
            try (LinkJournal journal = LinkJournal.open(data, "acd" + site, JournalSync.NONE)) {
                final Thread writer = new Thread(() -> write(journal, 100_000));
                writer.start();
                int looks = 0;
                try {
                    while (writer.isAlive() || looks < 3) {
                        sound(JournalVerification.of(directory, 0, (bytes, ofBytes) -> {}));
                        looks++;
                    }
                } finally {
                    writer.join();
                }
                assertEquals(
                        100_000,
                        JournalVerification.of(directory, 100_000, (bytes, ofBytes) -> {})
                                .records());
            }
        }
    }

    @Test
    void shouldNotCallMissingWhatRetentionDeletesMeanwhile() throws Exception {
        final Path directory = JournalFiles.directory(data, "acd1", 1);
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            write(journal, 100_000);
            final JournalCheck check = JournalVerification.of(directory, 100_000, (bytes, ofBytes) -> {
                final RollFile oldest = journal.rollFiles(1).get(0);
                if (oldest.finished()) {
                    drop(journal, oldest);
                }
            });
            sound(check);
            assertEquals(check.last() - check.oldest() + 1, check.records(), check.toString());
            assertEquals((100_000 - check.oldest() + 40_000) / 40_000, check.files(), check.toString());
            assertTrue(check.bytes() > check.records() * 100, check.toString());
            assertEquals(80_001, journal.oldest());
        }
    }

    /** As fast as it can: 40,000 records a file, some of them much longer than a page. */
    private void write(LinkJournal journal, int count) {
        final byte[] frame = new byte[10_000];
        random.nextBytes(frame);
        for (int n = 0; n < count; n++) {
            final long atNs = SmallJournal.AT + n / 40_000 * 600_000_000_000L;
            journal.appendFrame(1, 0, atNs, -1, frame, 0, n % 500 == 0 ? frame.length : 100);
            if (n % 100 == 0) {
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
    }

    private static void drop(LinkJournal journal, RollFile file) {
        try {
            journal.drop(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sound(JournalCheck check) {
        assertTrue(check.sound(), () -> check + " -Dtandem.seed=" + seed);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
