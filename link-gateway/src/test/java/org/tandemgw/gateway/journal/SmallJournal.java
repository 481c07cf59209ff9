package org.tandemgw.gateway.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;

/** A journal of a few roll files whose records are known, to be damaged. Some frames hold bytes that look like records. */
final class SmallJournal {
    static final long AT = 1_795_251_600_000_000_000L;
    private static final long TEN_MINUTES_NS = 600_000_000_000L;

    final Path data;
    final Path directory;
    final List<byte[]> frames = new ArrayList<>();
    private long atNs = AT;
    private boolean plain;

    SmallJournal(Path data) {
        this.data = data;
        this.directory = JournalFiles.directory(data, "acd1", 1);
    }

    /** Opens it, writes into so many files more, and closes it. All but the last get their seals while it is open. */
    SmallJournal write(int files, int recordsPerFile, Random random) {
        final Path newest = newest();
        try (LinkJournal journal = open()) {
            for (int file = 0; file < files; file++) {
                atNs += frames.isEmpty() ? 0 : TEN_MINUTES_NS;
                for (int n = 0; n < recordsPerFile; n++) {
                    append(journal, random);
                }
                journal.endOfBatch();
            }
            awaitSeals(newest);
        }
        return this;
    }

    /** Closing waits for them too, but not as long as a machine with much to do may need. */
    private void awaitSeals(Path from) {
        final Path open = newest();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(180))
                .until(() -> rollFiles().stream()
                        .filter(file -> (from == null || file.compareTo(from) >= 0) && !file.equals(open))
                        .allMatch(file -> Seal.read(file) != null));
    }

    private Path newest() {
        try {
            final List<Path> files = Files.isDirectory(directory) ? rollFiles() : List.of();
            return files.isEmpty() ? null : files.get(files.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without frames that look like records: where more than a byte is damaged, nothing can tell those apart. */
    SmallJournal plain() {
        plain = true;
        return this;
    }

    LinkJournal open() {
        return LinkJournal.open(data, "acd1", JournalSync.NONE);
    }

    void append(LinkJournal journal, Random random) {
        final byte[] frame =
                !plain && random.nextInt(4) == 0 ? likeARecord(frames.size() + 1 + random.nextInt(3)) : bytes(random);
        frames.add(frame);
        assertEquals(frames.size(), journal.appendFrame(1, 0, atNs, -1, frame, 0, frame.length));
    }

    private static byte[] bytes(Random random) {
        final byte[] bytes = new byte[1 + random.nextInt(120)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A frame that holds a whole record, with Chronicle's word before it, at a place where one could be. */
    private byte[] likeARecord(long sequence) {
        final byte[] content = "this is no record".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final Bytes<?> record = Bytes.allocateElasticOnHeap(200);
        new RecordCodec().encode(record, RecordKind.FRAME, sequence, atNs, 1, 0, -1, content, 0, content.length);
        final byte[] encoded = record.toByteArray();
        final byte[] frame = new byte[Integer.BYTES + encoded.length];
        frame[0] = (byte) encoded.length;
        System.arraycopy(encoded, 0, frame, Integer.BYTES, encoded.length);
        return frame;
    }

    /** Reads everything, compares what can be read, and returns the sequences of what cannot. */
    List<Long> lost(String told) {
        final List<Long> lost = new ArrayList<>();
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(directory);
                JournalReader reader = journal.newReader()) {
            long expected = 1;
            while (reader.next(record)) {
                assertEquals(expected++, record.sequence(), told);
                if (record.damaged()) {
                    lost.add(record.sequence());
                } else {
                    assertArrayEquals(
                            frames.get((int) record.sequence() - 1),
                            Arrays.copyOf(record.bytes(), record.length()),
                            told);
                }
            }
            assertEquals(frames.size() + 1, expected, told);
        }
        return lost;
    }

    JournalCheck verify() {
        try {
            return JournalVerification.of(directory, 0, (bytes, ofBytes) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> rollFiles() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    /** Where each record of a file lies: from Chronicle's word to behind its last byte. Index: sequence. */
    static List<long[]> places(Path file) throws IOException {
        final List<long[]> places = new ArrayList<>();
        try (FileWindow window = new FileWindow(file)) {
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            while (walk.next(true)) {
                final int length = RecordCodec.length(window.bytes(), window.at(walk.start() + Integer.BYTES, 40));
                places.add(new long[] {
                    walk.sequence(), walk.start(), walk.start() + Integer.BYTES + RecordCodec.HEADER_LENGTH + length
                });
            }
        }
        return places;
    }

    /** Changes one byte; doing it twice undoes it. */
    static void flip(Path file, long at, int with) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            final int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ with);
        }
    }

    static void overwrite(Path file, long at, byte[] with) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(with);
        }
    }

    /** The same journal somewhere else. */
    SmallJournal copy(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (final Path path : all.toList()) {
                final Path target = to.resolve(data.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        final SmallJournal copy = new SmallJournal(to);
        copy.frames.addAll(frames);
        copy.atNs = atNs;
        return copy;
    }
}
