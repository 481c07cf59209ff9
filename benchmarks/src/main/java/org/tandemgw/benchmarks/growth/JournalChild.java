package org.tandemgw.benchmarks.growth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.tandemgw.gateway.journal.JournalCheck;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.JournalVerification;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RollFile;

/**
 * A process that has a journal of its own: {@code JournalChild fill FOLDER MEGABYTES} appends so much, as of a stream of 1,000 frames a second in the past; {@code JournalChild measure FOLDER} opens it,
 * looks up records, checks it, and drops what retention would. Prints one line of figures.
 */
final class JournalChild {
    private static final int LENGTH = 256;
    private static final long APART_NS = 1_000_000;
    private static final int BATCH = 64;
    private static final int SEEKS = 2_000;
    private static final int BUFFER = 1 << 20;
    private static final int FILES_TOGETHER = 64;

    private JournalChild() {}

    public static void main(String[] arguments) throws IOException {
        final Path data = Path.of(arguments[1]);
        if (arguments[0].equals("fill")) {
            fill(data, Long.parseLong(arguments[2]) << 20);
        } else {
            measure(data);
        }
    }

    private static void fill(Path data, long bytes) {
        final byte[] frame = new byte[LENGTH];
        Arrays.fill(frame, (byte) '.');
        final long records = bytes / LinkJournal.bytesFor(LENGTH);
        final long beganNs = System.nanoTime();
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            long atNs = System.currentTimeMillis() * 1_000_000 - records * APART_NS;
            for (long i = 1; i <= records; i++) {
                final byte[] number = Long.toString(i).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(number, 0, frame, 0, number.length);
                atNs += APART_NS;
                journal.appendFrame(1, 0, atNs, -1, frame, 0, LENGTH);
                if (i % BATCH == 0) {
                    journal.endOfBatch();
                }
            }
        }
        System.out.printf(Locale.ROOT, "filled %d %.3f%n", records, (System.nanoTime() - beganNs) / 1e9);
    }

    private static void measure(Path data) throws IOException {
        final Path folder = JournalFiles.directory(data, "acd1", 1);
        final long plainNs = plainRead(folder);
        final long beganNs = System.nanoTime();
        final JournalCheck check = JournalVerification.of(folder, -1, (bytes, ofBytes) -> {});
        final long verifyNs = System.nanoTime() - beganNs;
        if (!check.sound()) {
            throw new IOException("the journal is damaged: " + check.damages());
        }
        final long openNs = System.nanoTime();
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            final double openMs = (System.nanoTime() - openNs) / 1e6;
            final long[] seekNs = seeks(journal);
            final List<RollFile> files = journal.rollFiles(Integer.MAX_VALUE);
            final long dropNs = System.nanoTime();
            final int dropped = drop(journal);
            System.out.printf(
                    Locale.ROOT,
                    "result %d %d %.3f %.3f %.3f %.3f %.3f %d %.3f%n",
                    check.bytes(),
                    files.size(),
                    openMs,
                    seekNs[seekNs.length / 2] / 1e3,
                    seekNs[seekNs.length * 99 / 100] / 1e3,
                    check.bytes() / 1e6 / (verifyNs / 1e9),
                    check.bytes() / 1e6 / (plainNs / 1e9),
                    dropped,
                    (System.nanoTime() - dropNs) / 1e6);
        }
    }

    /** As retention would: the oldest first, all that are finished. */
    private static int drop(LinkJournal journal) throws IOException {
        int dropped = 0;
        while (true) {
            final List<RollFile> some = journal.rollFiles(FILES_TOGETHER).stream()
                    .filter(RollFile::finished)
                    .toList();
            if (some.isEmpty()) {
                return dropped;
            }
            for (final RollFile each : some) {
                if (each.last() >= journal.readable()) {
                    return dropped;
                }
                journal.drop(each);
                dropped++;
            }
        }
    }

    private static long[] seeks(LinkJournal journal) {
        final Random random = new Random(1);
        final long[] ns = new long[SEEKS];
        final JournalRecord record = new JournalRecord();
        try (JournalReader reader = journal.newReader()) {
            for (int i = -SEEKS / 4; i < SEEKS; i++) {
                final long sequence = 1 + (long) (random.nextDouble() * journal.last());
                final long beganNs = System.nanoTime();
                if (!reader.seek(sequence) || !reader.next(record) || record.sequence() != sequence) {
                    throw new IllegalStateException("record " + sequence + " is not there");
                }
                if (i >= 0) {
                    ns[i] = System.nanoTime() - beganNs;
                }
            }
        }
        Arrays.sort(ns);
        return ns;
    }

    /** The same files read from end to end, and nothing done with them. */
    private static long plainRead(Path folder) throws IOException {
        final byte[] buffer = new byte[BUFFER];
        final long beganNs = System.nanoTime();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file :
                    files.filter(each -> each.toString().endsWith(".cq4")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    int read = in.read(buffer);
                    while (read >= 0) {
                        read = in.read(buffer);
                    }
                }
            }
        }
        return System.nanoTime() - beganNs;
    }
}
