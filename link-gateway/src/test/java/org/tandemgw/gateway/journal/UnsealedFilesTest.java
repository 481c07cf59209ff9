package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest file of a site that runs or was killed has no seal: what Chronicle needs to go on in it is compared all the same. */
class UnsealedFilesTest {
    private static final int ARRAY_HEAD = 16;

    private final long seed = Long.getLong("tandem.seed", System.nanoTime());
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
        final Path directory = JournalFiles.directory(data, "acd1", 1);
        final AtomicBoolean ended = new AtomicBoolean();
        final byte[] frame = new byte[100];
        random.nextBytes(frame);
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            final Thread writer = new Thread(() -> {
                for (int n = 0; !ended.get() && n < 1_000_000; n++) {
                    final long atNs = SmallJournal.AT + n / 40_000 * 600_000_000_000L;
                    journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length);
                    if (n % 100 == 0) {
                        journal.endOfBatch();
                        Thread.yield();
                    }
                }
            });
            writer.start();
            try {
                for (int look = 0; look < 40; look++) {
                    final JournalCheck check = JournalVerification.of(directory, 0, (bytes, ofBytes) -> {});
                    // Of records a walk may still say too much at this rate: what is compared here must not.
                    assertTrue(
                            check.damages().stream()
                                    .map(JournalCheck.Damage::what)
                                    .noneMatch(what -> what.contains("head of the file")
                                            || what.contains("its head")
                                            || what.contains("index of the file")
                                            || what.contains("entry")),
                            () -> check + " -Dtandem.seed=" + seed);
                }
            } finally {
                ended.set(true);
                writer.join();
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
