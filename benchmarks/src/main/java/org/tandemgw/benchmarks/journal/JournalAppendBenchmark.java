package org.tandemgw.benchmarks.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;

/**
 * Frames of 256 bytes into the journal, beside Chronicle's bare {@code writeBytes} of as many bytes. Each iteration has a
 * fresh queue of half a million records, so that the disk does not fill. Run with the JVM options of Tandem; the forks
 * inherit them.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 12)
@Fork(1)
public class JournalAppendBenchmark {
    private static final int RECORDS = 500_000;
    private static final int LENGTH = 256;
    private static final int BATCH = 64;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** The journal as the gateway has it. */
    @State(Scope.Thread)
    public static class Journal {
        final byte[] frame = new byte[LENGTH];
        Path data;
        LinkJournal journal;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            data = Files.createTempDirectory("tandem-bench");
            journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            journal.close();
            delete(data);
        }
    }

    /** A journal with records in it. */
    @State(Scope.Thread)
    public static class Full {
        final JournalRecord record = new JournalRecord();
        Path data;
        LinkJournal journal;
        JournalReader reader;

        @Setup(Level.Iteration)
        public void fill() throws IOException {
            data = Files.createTempDirectory("tandem-bench");
            journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
            final byte[] frame = new byte[LENGTH];
            for (int i = 0; i < RECORDS; i++) {
                journal.appendFrame(1, 0, AT_NS, -1, frame, 0, LENGTH);
            }
            reader = journal.newReader();
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            reader.close();
            journal.close();
            delete(data);
        }
    }

    /** Chronicle Queue alone, with the same block size. */
    @State(Scope.Thread)
    public static class Bare {
        final Bytes<Void> frame = Bytes.allocateDirect(LENGTH);
        Path data;
        ChronicleQueue queue;
        ExcerptAppender appender;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            data = Files.createTempDirectory("tandem-bench");
            queue = SingleChronicleQueueBuilder.binary(data).blockSize(1 << 20).build();
            appender = queue.createAppender();
            frame.clear().write(new byte[LENGTH]);
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            appender.close();
            queue.close();
            delete(data);
        }
    }

    /** The whole append: record header, checksums, digest, map from sequence to place. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long append(Journal state) {
        for (int i = 1; i <= RECORDS; i++) {
            state.journal.appendFrame(1, 0, AT_NS, -1, state.frame, 0, LENGTH);
            if (i % BATCH == 0) {
                state.journal.endOfBatch();
            }
        }
        return state.journal.last();
    }

    /** What it is compared with. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long peerWriteBytes(Bare state) {
        for (int i = 1; i <= RECORDS; i++) {
            state.appender.writeBytes(state.frame);
        }
        return state.appender.lastIndexAppended();
    }

    /** Reading with every check. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long read(Full state) {
        while (state.reader.next(state.record)) {
            // read on
        }
        return state.reader.position();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
