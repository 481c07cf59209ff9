package org.tandemgw.gateway.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdOracle;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.feed.FeedEvents;
import org.tandemgw.gateway.feed.FeedLimits;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** The demo's server at a real feed of a real journal. */
@Timeout(600)
class DemoServerTest {
    private final RecordClock clock = new RecordClock(new SystemClock());
    private final AcdOracle oracle = new AcdOracle(10_000, true);
    private final CallTraffic traffic = new CallTraffic(5);
    private final StreamComparison comparison = new StreamComparison(oracle, 0);

    @TempDir
    private Path data;

    private LinkJournal journal;
    private SoupFeedServer feed;
    private DemoServer server;

    @BeforeEach
    void open() throws IOException {
        journal = LinkJournal.open(data, "acd1");
        feed = new SoupFeedServer(
                new FeedSettings(
                        "east",
                        DemoSite.freePort(new java.util.Random(), null),
                        "east",
                        "showtime",
                        false,
                        Map.of(),
                        Map.of(),
                        FeedLimits.DEFAULT),
                List.of(journal),
                clock,
                new Nobody());
        feed.start();
        server = server(comparison);
    }

    private DemoServer server(StreamComparison compared) {
        return new DemoServer("east", feed.address(), "east", "showtime", clock, compared, oracle::producedNs);
    }

    @AfterEach
    void close() {
        server.close();
        feed.close();
        journal.close();
    }

    private void append(int frames) {
        for (int i = 0; i < frames; i++) {
            final byte[] frame = traffic.next();
            oracle.produced(frame, clock.nanoTime());
            journal.appendFrame(1, 0, clock.recordNs(), -1, frame, 0, frame.length);
        }
        journal.endOfBatch();
    }

    private void awaitRecords(long last) {
        await().until(() -> server.standing().last() == last);
    }

    @Test
    void shouldReceiveEverythingAndProveIt() {
        append(2_500);
        awaitRecords(2_500);
        final DemoServer.Standing standing = server.standing();
        assertEquals(2_500, standing.frames());
        assertEquals("acd1", standing.session());
        assertEquals(2_000, standing.digestThrough());
        await().until(() -> standing.digest().equals(journal.digest(2_000)));
        await().until(() -> feed.status().feeds().get(0).confirmed() == 2_500);
        server.close();
        assertTrue(comparison.finish().proved());
        assertEquals(64, server.contentDigest().length());
    }

    @Test
    void shouldComeBackForExactlyWhatItMissed() {
        append(100);
        awaitRecords(100);
        server.stop();
        append(100);
        server.start();
        awaitRecords(200);
        server.kill();
        assertFalse(server.standing().connected());
        append(100);
        server.start();
        awaitRecords(300);
        assertEquals(3, server.standing().logins());
        assertEquals(0, server.standing().jumps());
        server.close();
        assertTrue(comparison.finish().proved());
    }

    @Test
    void shouldComeBackWhenTheFeedIsNewlyOpened() throws IOException {
        append(100);
        awaitRecords(100);
        final var address = feed.address();
        feed.close();
        await().until(() -> !server.standing().connected());
        append(50);
        feed = new SoupFeedServer(
                new FeedSettings("east", address, "east", "showtime", false, Map.of(), Map.of(), FeedLimits.DEFAULT),
                List.of(journal),
                clock,
                new Nobody());
        feed.start();
        awaitRecords(150);
        server.close();
        assertTrue(comparison.finish().proved());
    }

    @Test
    void shouldFallBehindWhileSlowAndCatchUp() {
        server.slow(50_000_000L);
        append(1_000);
        await().until(() -> server.standing().last() > 2);
        assertTrue(server.standing().last() < 500);
        server.slow(0);
        awaitRecords(1_000);
        assertTrue(server.takeSlowestNs() > 50_000_000L);
    }

    @Test
    void shouldKnowWhatTheStreamSaysIsMissing() {
        append(100);
        for (int i = 0; i < 30; i++) {
            oracle.produced(traffic.next(), clock.nanoTime());
        }
        journal.appendGap(clock.recordNs(), clock.recordNs() + 1_000_000, 3, "both legs were down");
        journal.appendMark(clock.recordNs(), "restart", "for the test");
        append(100);
        awaitRecords(202);
        final DemoServer.Standing standing = server.standing();
        assertEquals(1, standing.gaps());
        assertEquals(1, standing.marks());
        assertEquals(30, standing.insideBreaks());
        final DemoServer.Note gap = server.notes().get(0);
        assertEquals(101, gap.sequence());
        assertTrue(gap.from().matches("\\d{4}-.*T.*") && gap.to().matches("\\d{4}-.*T.*"), gap::json);
        server.close();
        assertTrue(comparison.finish().proved());
    }

    @Test
    void shouldSayWhyItsLoginIsRejected() {
        server.close();
        server = new DemoServer("east", feed.address(), "east", "wrong", clock, comparison, oracle::producedNs);
        await().until(() -> server.standing().rejected() > 0);
        assertTrue(server.standing().lastReject().startsWith("A"), server.standing()::lastReject);
    }

    @Test
    void shouldHaveTheSameDigestAsAnotherServerWithTheSameRecords() {
        append(100);
        awaitRecords(100);
        final String first = server.contentDigest();
        server.close();
        server = server(new StreamComparison(oracle, 0));
        awaitRecords(100);
        assertEquals(first, server.contentDigest());
        append(1);
        awaitRecords(101);
        assertFalse(first.equals(server.contentDigest()));
    }

    private static final class Nobody implements FeedEvents {
        @Override
        public void loggedIn(String name, String acd, String peer, long start) {}

        @Override
        public void ended(String name, String acd, String why) {}

        @Override
        public void serverLost(String name, String acd, long from, long to) {}

        @Override
        public void serverAhead(String name, String acd, String what) {}

        @Override
        public void serverDiffers(String name, String acd, long through, String theirs, String ours) {}

        @Override
        public void replaced(String name, String acd, String oldPeer, String newPeer) {}
    }
}
