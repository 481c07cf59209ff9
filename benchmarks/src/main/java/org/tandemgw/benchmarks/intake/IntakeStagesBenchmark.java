package org.tandemgw.benchmarks.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
import org.openjdk.jmh.infra.Blackhole;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.dialect.OpaqueDialect;
import org.tandemgw.gateway.frame.DelimiterDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.intake.JournalSink;
import org.tandemgw.gateway.intake.LegInput;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/**
 * Frames of 256 bytes, ended by LF, from bytes to records: each stage by itself, and all of them for both legs, beside
 * Chronicle's bare {@code writeBytes} of as many bytes. The unit is one frame of the stream; both copies of it count as one.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6)
@Measurement(iterations = 12)
@Fork(1)
public class IntakeStagesBenchmark {
    private static final int FRAMES = 102_400;
    private static final int LENGTH = 256;
    private static final int CHUNK = 64;
    private static final long AT_NS = 1_795_251_600_000_000_000L;

    /** The bytes that an ACD sends, all frames different. */
    @State(Scope.Thread)
    public static class Traffic {
        final byte[] stream = new byte[FRAMES * LENGTH];

        @Setup(Level.Trial)
        public void fill() {
            final Random random = new Random(1);
            random.nextBytes(stream);
            for (int i = 0; i < stream.length; i++) {
                if ((i + 1) % LENGTH == 0) {
                    stream[i] = '\n';
                } else if (stream[i] == '\n') {
                    stream[i] = ' ';
                }
            }
        }
    }

    /** A folder for all iterations: what is measured is the steady state, not the opening of a queue. */
    @State(Scope.Thread)
    public static class Folder {
        Path data;

        @Setup(Level.Trial)
        public void make() throws IOException {
            data = Files.createTempDirectory("tandem-bench");
        }

        @TearDown(Level.Trial)
        public void delete() throws IOException {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    /** Bare Chronicle Queue. */
    @State(Scope.Thread)
    public static class Bare {
        ChronicleQueue queue;
        ExcerptAppender appender;
        final Bytes<?> bytes = Bytes.allocateDirect(LENGTH);

        @Setup(Level.Trial)
        public void open(Folder folder) {
            queue = SingleChronicleQueueBuilder.binary(folder.data).build();
            appender = queue.createAppender();
        }

        @TearDown(Level.Trial)
        public void close() {
            appender.close();
            queue.close();
        }
    }

    /** Decoder alone. */
    @State(Scope.Thread)
    public static class Decoding {
        long length;
        final LinkFrameDecoder decoder = decoder(new FrameSink() {
            @Override
            public void onFrame(byte[] buffer, int offset, int frameLength) {
                length += frameLength;
            }

            @Override
            public void onLongFrame(long frameLength, byte[] sha256) {
                throw new IllegalStateException("no frame here is long");
            }
        });
    }

    /** Arbiter alone, with keys made before. */
    @State(Scope.Thread)
    public static class Arbitration {
        long emitted;
        LineArbiter arbiter;
        final long[] high = new long[FRAMES];
        final long[] low = new long[FRAMES];

        private void keys() {
            final Random random = new Random(2);
            for (int i = 0; i < FRAMES; i++) {
                high[i] = random.nextLong();
                low[i] = random.nextLong();
            }
        }

        @Setup(Level.Trial)
        public void open() {
            keys();
            arbiter = new LineArbiter(ArbiterSettings.defaults(), new StreamSink() {
                @Override
                public void frame(int leg, long at, boolean lost, byte[] buffer, int offset, int length, long number) {
                    emitted++;
                }

                @Override
                public void gap(long fromNs, long toNs, int legs, String why) {
                    throw new IllegalStateException(why);
                }

                @Override
                public void discontinuity(long at, int legs, String why) {
                    throw new IllegalStateException(why);
                }
            });
            start(arbiter);
            final byte[] frame = new byte[LENGTH];
            for (int leg = 1; leg <= 2; leg++) {
                for (int i = 0; i < CHUNK; i++) {
                    arbiter.frame(leg, i, -1, false, frame, 0, LENGTH, -1, 0, AT_NS);
                }
            }
        }
    }

    /** All of it. Both legs are up before the measurement begins. */
    @State(Scope.Thread)
    public static class Intake {
        LinkJournal journal;
        LegInput leg1;
        LegInput leg2;

        @Setup(Level.Trial)
        public void open(Folder folder) {
            journal = LinkJournal.open(folder.data, "acd1", JournalSync.NONE);
            final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), new JournalSink(journal));
            final OpaqueDialect dialect = new OpaqueDialect(
                    IntakeStagesBenchmark::decoder,
                    new LocalFrames(List.of()),
                    new ContentIdentity(1, List.of()),
                    SessionScript.SILENT);
            final RecordClock clock = new RecordClock(new SystemClock());
            leg1 = new LegInput(1, arbiter, dialect, clock);
            leg2 = new LegInput(2, arbiter, dialect, clock);
            start(arbiter);
            final StringBuilder first = new StringBuilder();
            for (int i = 0; i < CHUNK; i++) {
                first.append("first ").append(i).append('\n');
            }
            final byte[] bytes = first.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            leg1.take(bytes, 0, bytes.length);
            leg2.take(bytes, 0, bytes.length);
        }

        @TearDown(Level.Trial)
        public void close() {
            if ((journal.last() - CHUNK) % FRAMES != 0) {
                throw new IllegalStateException(journal.last() + " records: a frame was lost or repeated");
            }
            journal.close();
        }
    }

    /** The peer: what Chronicle takes for the bytes alone. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void peerWriteBytes(Traffic traffic, Bare bare) {
        for (int at = 0; at < traffic.stream.length; at += LENGTH) {
            bare.bytes.clear();
            bare.bytes.write(traffic.stream, at, LENGTH);
            bare.appender.writeBytes(bare.bytes);
        }
    }

    /** One leg's bytes into frames. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void decode(Traffic traffic, Decoding decoding, Blackhole blackhole) {
        for (int at = 0; at < traffic.stream.length; at += CHUNK * LENGTH) {
            decoding.decoder.decode(traffic.stream, at, CHUNK * LENGTH);
        }
        blackhole.consume(decoding.length);
    }

    /** Two legs' frames into one stream. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void arbitrateBothLegs(Traffic traffic, Arbitration arbitration, Blackhole blackhole) {
        for (int from = 0; from < FRAMES; from += CHUNK) {
            for (int leg = 1; leg <= 2; leg++) {
                for (int i = from; i < from + CHUNK; i++) {
                    arbitration.arbiter.frame(
                            leg,
                            arbitration.high[i],
                            arbitration.low[i],
                            false,
                            traffic.stream,
                            i * LENGTH,
                            LENGTH,
                            -1,
                            i,
                            AT_NS + i);
                }
            }
        }
        blackhole.consume(arbitration.emitted);
    }

    /** Bytes of both legs into the journal. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void intakeBothLegs(Traffic traffic, Intake intake) {
        for (int at = 0; at < traffic.stream.length; at += CHUNK * LENGTH) {
            intake.leg1.take(traffic.stream, at, CHUNK * LENGTH);
            intake.journal.endOfBatch();
            intake.leg2.take(traffic.stream, at, CHUNK * LENGTH);
            intake.journal.endOfBatch();
        }
    }

    private static LinkFrameDecoder decoder(FrameSink sink) {
        return new DelimiterDecoder(new byte[] {'\n'}, LinkFrameDecoder.Limits.WIDEST, sink);
    }

    private static void start(LineArbiter arbiter) {
        arbiter.restored(0, false);
        arbiter.connected(1, 0, AT_NS);
        arbiter.connected(2, 0, AT_NS);
    }
}
