package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.feed.Parity.Standing;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** G5: a server that was away is filled to parity while live traffic goes on, and the other server does not notice. */
class CatchUpTest {
    private static final int FRAME = 256;
    private static final int LIVE_PER_SECOND = 5_000;

    @TempDir
    Path data;

    private final RecordClock clock = new RecordClock(new SystemClock());
    private final byte[] frame = new byte[FRAME];
    private final ExecutorService intake = Executors.newSingleThreadExecutor();

    @AfterEach
    void endIntake() {
        intake.shutdown();
    }

    @Test
    void shouldReachParityAfterAHundredThousandMissedRecordsWhileLiveTrafficGoesOn() throws Exception {
        catchUp(100_000);
    }

    @Test
    @Tag("slow")
    void shouldReachParityAfterAMillionMissedRecordsWhileLiveTrafficGoesOn() throws Exception {
        catchUp(1_000_000);
    }

    private void catchUp(int missed) throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
                SoupFeedServer east = server("east", journal, FeedRig.QUICK);
                SoupFeedServer west = server("west", journal, FeedRig.QUICK)) {
            east.start();
            west.start();
            final FeedWatch watch = new FeedWatch(List.of(east, west), clock);
            try (Client live = new Client(west, 1)) {
                append(journal, missed);
                await().until(() -> live.last == missed);
                try (Traffic traffic = new Traffic(journal);
                        Client back = new Client(east, 1)) {
                    final long atReturn = journal.last();
                    await().until(() -> parity(watch, east).standing() == Standing.AT_PARITY);
                    // At parity is what its TCP has; it may still be taking that.
                    await().until(() -> back.last >= atReturn && live.last >= atReturn);
                    assertEquals(0, parity(watch, east).ms());
                    final long end = traffic.end();
                    assertTrue(end > missed, "no live record came meanwhile");
                    for (Client each : List.of(live, back)) {
                        await().until(() -> each.last == end);
                        assertNull(each.wrong());
                        assertEquals(journal.digest(end / 1_000 * 1_000), each.digestAt(end));
                    }
                }
            }
        }
    }

    @Test
    void shouldBringLiveRecordsToTheOtherServerWhileOneIsFarFromParity() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                SoupFeedServer east = server("east", journal, FeedRig.QUICK.withCatchUp(10_000));
                SoupFeedServer west = server("west", journal, FeedRig.QUICK)) {
            east.start();
            west.start();
            final FeedWatch watch = new FeedWatch(List.of(east, west), clock);
            append(journal, 30_000);
            await().until(this::isOld);
            final long beganNs = clock.nanoTime();
            try (Client live = new Client(west, 30_001);
                    Client back = new Client(east, 1)) {
                for (int i = 1; i <= 20; i++) {
                    append(journal, 1);
                    final long sequence = 30_000 + i;
                    await().until(() -> live.last == sequence);
                }
                final long then = back.last;
                final long mayHave = 5_000 + 10_000 * (clock.nanoTime() - beganNs) / 1_000_000_000;
                assertTrue(then <= mayHave, "the one that is behind was not held to its limit: " + then);
                final Parity approaching = approaching(watch, east, back);
                assertTrue(approaching == null || approaching.ms() > 0);
                await().until(() -> back.last == 30_020);
                final long tookMs = (clock.nanoTime() - beganNs) / 1_000_000;
                assertTrue(tookMs >= 2_600, "30,000 records at 10,000/s take 3 s, not " + tookMs + " ms");
                await().until(() -> parity(watch, east).standing() == Standing.AT_PARITY);
                assertNull(back.wrong());
                assertEquals(journal.digest(30_000), back.digestAt(30_020));
            }
        }
    }

    @Test
    void shouldStayBehindWithoutFallingBackWhereTheLimitIsLessThanWhatComes() throws Exception {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
                SoupFeedServer east = server("east", journal, FeedRig.QUICK.withCatchUp(100))) {
            east.start();
            final FeedWatch watch = new FeedWatch(List.of(east), clock);
            append(journal, 20_000);
            await().until(this::isOld);
            try (Traffic traffic = new Traffic(journal);
                    Client back = new Client(east, 1)) {
                await().until(() -> parity(watch, east).standing() == Standing.NOT_AT_THIS_LIMIT);
                final long begun = back.last;
                await().until(() -> back.last > begun + 2_000);
                assertEquals(Standing.NOT_AT_THIS_LIMIT, parity(watch, east).standing());
                assertTrue(back.last < journal.last(), "it takes as much as comes, and no more");
                assertTrue(traffic.end() > 20_000);
                assertNull(back.wrong());
            }
        }
    }

    private boolean isOld() {
        return clock.ageNs(appendedAtNs) > CatchUpLimit.LIVE_NS;
    }

    private volatile long appendedAtNs;

    private void append(LinkJournal journal, int count) throws Exception {
        intake.submit(() -> appendHere(journal, count)).get();
    }

    private void appendHere(LinkJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            appendedAtNs = clock.recordNs();
            ByteBuffer.wrap(frame).putLong(0, journal.last() + 1);
            journal.appendFrame(1, 0, appendedAtNs, -1, frame, 0, FRAME);
            if (i % 100 == 99) {
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
    }

    /** Null if this machine was too slow to see it on its way. */
    private static Parity approaching(FeedWatch watch, SoupFeedServer server, Client back) {
        final Parity[] seen = new Parity[1];
        await().until(() -> {
            final Parity now = parity(watch, server);
            seen[0] = now.standing() == Standing.APPROACHING ? now : null;
            return seen[0] != null || back.last >= 30_000;
        });
        return seen[0];
    }

    private static Parity parity(FeedWatch watch, SoupFeedServer server) {
        watch.lookNow();
        return server.status().feeds().get(0).parity();
    }

    private SoupFeedServer server(String user, LinkJournal journal, FeedLimits limits) {
        final InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
        return new SoupFeedServer(
                new FeedSettings("cms-" + user, any, user, "secret", false, Map.of(), Map.of(), limits),
                List.of(journal),
                clock,
                new FeedRig.RecordedEvents());
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10));
    }

    /** The ACD: frames at an even rate, as far as this machine allows, until told to end. */
    private final class Traffic implements AutoCloseable {
        private final LinkJournal journal;
        private final Future<?> running;
        private volatile boolean over;

        Traffic(LinkJournal journal) {
            this.journal = journal;
            this.running = intake.submit(this::run);
        }

        private void run() {
            final long beginNs = clock.nanoTime();
            long count = 0;
            while (!over) {
                LockSupport.parkNanos(2_000_000);
                final long due = (clock.nanoTime() - beginNs) / (1_000_000_000 / LIVE_PER_SECOND);
                appendHere(journal, (int) (due - count));
                count = due;
            }
        }

        /** Ends it and returns the last sequence. */
        long end() {
            over = true;
            await().until(running::isDone);
            return journal.last();
        }

        @Override
        public void close() {
            end();
        }
    }

    /** A server's own end: checks each record, and keeps its chained digests. */
    private static final class Client implements SoupClient.Handler, AutoCloseable {
        private final SoupClient client;
        private final StreamDigest digest = new StreamDigest();
        private final CRC32C crc = new CRC32C();
        private final Thread thread;
        private volatile String wrong;
        private volatile boolean closed;
        private volatile String hex;
        private volatile long through = -1;
        volatile long last;

        Client(SoupFeedServer feed, long start) throws IOException {
            digest.begin(start - 1, null);
            last = start - 1;
            client = SoupClient.connect(feed.address(), 30_000);
            client.login(feed.status().server().substring(4), "secret", "", start, 20_000, this);
            thread = new Thread(this::read, "server");
            thread.start();
        }

        @Override
        public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
            if (sequence != last + 1
                    || length != FRAME
                    || ByteBuffer.wrap(bytes).getLong(offset) != sequence) {
                wrong = "record " + sequence + " after " + last + ", of " + length + " bytes";
            }
            crc.reset();
            crc.update(bytes, offset, length);
            if (digest.add((int) crc.getValue())) {
                through = digest.through();
                hex = digest.hex();
            }
            last = sequence;
        }

        String wrong() {
            return wrong;
        }

        /** The digest that a server has which has this much; null if it began too late to know. */
        String digestAt(long end) {
            return through == end / 1_000 * 1_000 ? hex : "through " + through;
        }

        private void read() {
            try {
                while (!closed && client.poll(20)) {
                    // Everything happens in the call back.
                }
            } catch (IOException e) {
                wrong = closed ? wrong : e.toString();
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            await().until(() -> !thread.isAlive());
            client.close();
        }
    }
}
