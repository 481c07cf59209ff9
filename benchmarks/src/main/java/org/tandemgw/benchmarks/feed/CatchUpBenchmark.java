package org.tandemgw.benchmarks.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
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
import org.tandemgw.gateway.feed.FeedLimits;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/**
 * A server that missed a million records of 256 bytes logs in over loopback while 5,000 frames a second are appended and synced: how long until it
 * has everything that is readable at that moment. Beside it a plain Chronicle tailer that drains as many records of such a journal and does nothing
 * with them. A time of n ns/frame is n ms until parity.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 12)
@Fork(1)
public class CatchUpBenchmark {
    private static final int MISSED = 1_000_000;
    private static final int LENGTH = 256;
    private static final int BATCH = 64;
    private static final int LIVE_PER_SECOND = 5_000;

    /** The gateway's side, with the ACD's traffic going on. */
    @State(Scope.Thread)
    public static class Site {
        private final RecordClock clock = new RecordClock(new SystemClock());
        private final ExecutorService intake = Executors.newSingleThreadExecutor();
        private final byte[] frame = frame();
        private final List<Double> tookMs = new ArrayList<>();
        private Path data;
        private LinkJournal journal;
        private SoupFeedServer server;
        private SoupClient client;
        private long received;
        private volatile boolean over;
        private volatile long live;
        private volatile double liveSeconds;

        /** Fills the journal, listens, and lets the traffic begin. */
        @Setup(Level.Trial)
        public void open() throws IOException, InterruptedException, ExecutionException {
            data = Files.createTempDirectory("tandem-bench");
            journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
            intake.submit(() -> append(MISSED)).get();
            while (journal.readable() < MISSED) {
                LockSupport.parkNanos(1_000_000);
            }
            server = new SoupFeedServer(
                    new FeedSettings(
                            "cms-east",
                            new InetSocketAddress("127.0.0.1", 0),
                            "east",
                            "secret",
                            false,
                            Map.of(),
                            Map.of(),
                            FeedLimits.DEFAULT),
                    List.of(journal),
                    clock,
                    new UnheardFeed());
            server.start();
            intake.submit(this::traffic);
        }

        @Setup(Level.Iteration)
        public void connect() throws IOException {
            client = SoupClient.connect(server.address(), 5_000);
        }

        @TearDown(Level.Iteration)
        public void hangUp() throws IOException {
            client.close();
        }

        /** Says in words what was measured. */
        @TearDown(Level.Trial)
        public void close() throws IOException, InterruptedException {
            over = true;
            intake.shutdown();
            intake.awaitTermination(10, TimeUnit.SECONDS);
            server.close();
            journal.close();
            delete(data);
            tookMs.sort(null);
            final double medianMs = tookMs.get(tookMs.size() / 2);
            System.out.printf(
                    Locale.ROOT,
                    "%ncatch-up: %,d records missed, %,.0f frames/s live meanwhile: at parity after %.0f ms (median of %d; %.0f to %.0f), %,.0f records/s%n",
                    MISSED,
                    live / liveSeconds,
                    medianMs,
                    tookMs.size(),
                    tookMs.get(0),
                    tookMs.get(tookMs.size() - 1),
                    MISSED / medianMs * 1e3);
        }

        private long catchUp() throws IOException {
            final long beginNs = System.nanoTime();
            received = 0;
            client.login(
                    "east",
                    "secret",
                    "",
                    journal.readable() - MISSED + 1,
                    10_000,
                    (sequence, isFrame, bytes, offset, length) -> received++);
            while (client.next() <= journal.readable()) {
                if (!client.poll(1_000)) {
                    throw new IOException("the feed ended at " + client.next());
                }
            }
            if (received < MISSED) {
                throw new IllegalStateException("only " + received + " records came");
            }
            tookMs.add((System.nanoTime() - beginNs) / 1e6);
            return received;
        }

        private void traffic() {
            final long beginNs = System.nanoTime();
            while (!over) {
                LockSupport.parkNanos(1_000_000);
                final long nowNs = System.nanoTime();
                append((int) ((nowNs - beginNs) / (1_000_000_000L / LIVE_PER_SECOND) - live));
                live = (nowNs - beginNs) / (1_000_000_000L / LIVE_PER_SECOND);
                liveSeconds = (nowNs - beginNs) / 1e9;
            }
        }

        private void append(int count) {
            for (int i = 1; i <= count; i++) {
                journal.appendFrame(1, 0, clock.recordNs(), -1, frame, 0, LENGTH);
                if (i % BATCH == 0) {
                    journal.endOfBatch();
                }
            }
            journal.endOfBatch();
        }
    }

    /** Such a journal, opened by Chronicle alone. */
    @State(Scope.Thread)
    public static class Bare {
        private final Bytes<Void> record = Bytes.allocateDirect(1_024);
        private Path data;
        private ChronicleQueue queue;
        private ExcerptTailer tailer;

        @Setup(Level.Trial)
        public void open() throws IOException {
            data = Files.createTempDirectory("tandem-bench");
            final RecordClock clock = new RecordClock(new SystemClock());
            final byte[] frame = frame();
            try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
                for (int i = 0; i < MISSED; i++) {
                    journal.appendFrame(1, 0, clock.recordNs(), -1, frame, 0, LENGTH);
                }
            }
            queue = SingleChronicleQueueBuilder.binary(data.resolve("journal/acd1/1"))
                    .rollCycle(RollCycles.TEN_MINUTELY)
                    .blockSize(1 << 20)
                    .build();
        }

        @Setup(Level.Iteration)
        public void start() {
            tailer = queue.createTailer();
        }

        @TearDown(Level.Iteration)
        public void end() {
            tailer.close();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            queue.close();
            delete(data);
        }
    }

    /** From the login until the server has everything that is readable. */
    @Benchmark
    @OperationsPerInvocation(MISSED)
    public long catchUp(Site site) throws IOException {
        return site.catchUp();
    }

    /** What it is compared with. */
    @Benchmark
    @OperationsPerInvocation(MISSED)
    public long peerTailerDrain(Bare bare) {
        long count = 0;
        while (bare.tailer.readBytes(bare.record.clear())) {
            count++;
        }
        if (count != MISSED) {
            throw new IllegalStateException("only " + count + " records");
        }
        return count;
    }

    private static byte[] frame() {
        return "abcdefghijklmnop".repeat(LENGTH / 16).getBytes(StandardCharsets.US_ASCII);
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
