package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.dialect.ContentIdentity;
import org.tandemgw.gateway.dialect.LocalFrames;
import org.tandemgw.gateway.dialect.OpaqueDialect;
import org.tandemgw.gateway.frame.DelimiterDecoder;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.leg.SessionScript;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** A server of plain bytes goes and comes back, and so does Tandem: every line reaches it at least once, and in each session they follow one another. */
@Timeout(300)
class PlainBytesAgainTest {
    private static final int LINES = 2_500;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final RecordClock clock = new RecordClock(new SystemClock());

    @TempDir
    private Path data;

    private LinkJournal journal;
    private volatile NativeFeedServer server;
    private volatile FeedWatch watch;
    private FeedRig.RecordedEvents events;
    private Map<String, Long> confirmed = Map.of("acd1", 0L);
    private volatile boolean over;
    private Thread looking;
    private long appended;
    private long reached;

    @Test
    void shouldReachAServerThatDialsAtLeastOnce() throws Exception {
        try (LinkJournal opened = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            journal = opened;
            start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
            while (reached < LINES) {
                try (Socket socket = new Socket()) {
                    socket.connect(server.address(), 10_000);
                    assertTrue(session(socket));
                }
                FeedRig.await().until(() -> !feed().connected());
                if (random.nextInt(3) == 0) {
                    restart(server.address(), false);
                }
            }
            server.close();
        }
    }

    @Test
    void shouldReachAServerThatIsDialledAtLeastOnce() throws Exception {
        try (LinkJournal opened = LinkJournal.open(data, "acd1", JournalSync.NONE);
                ServerSocket collector = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            journal = opened;
            final InetSocketAddress address = (InetSocketAddress) collector.getLocalSocketAddress();
            start(address, true);
            while (reached < LINES) {
                final long ended;
                final boolean whole;
                try (Socket socket = collector.accept()) {
                    ended = events.count("ended");
                    whole = session(socket);
                }
                if (whole) { // it dials again at once: nobody may see it apart
                    FeedRig.await().until(() -> events.count("ended") > ended);
                }
                if (random.nextInt(3) == 0) {
                    restart(address, true);
                }
            }
            server.close();
        }
    }

    @Test
    void shouldCountWhatIsSaidToAnAcdThatDoesNotListen() throws Exception {
        try (LinkJournal opened = LinkJournal.open(data, "acd1", JournalSync.NONE)) {
            journal = opened;
            start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
            try (Socket socket = new Socket()) {
                socket.connect(server.address(), 10_000);
                FeedRig.await().until(() -> feed().connected());
                socket.getOutputStream().write("is anybody there?\n".getBytes(StandardCharsets.US_ASCII));
                FeedRig.await().until(() -> feed().ignoredPackets() > 0);
                append();
                assertEquals("line 1", lines(socket).readLine());
            }
            server.close();
        }
    }

    private FeedStatus feed() {
        return server.status().feeds().get(0);
    }

    /**
     * Some lines, and then the client goes. What its machine has acknowledged and it has not read is less than the window. False if the other side went before: it had dialled, and was
     * restarted.
     */
    private boolean session(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        final BufferedReader lines = lines(socket);
        final int count = 1 + random.nextInt(900);
        long last = 0;
        for (int i = 0; i < count && reached < LINES; i++) {
            if (appended - Math.max(last, reached) < 5) {
                for (int more = 0; more < 20; more++) {
                    append();
                }
            }
            final String text = lines.readLine();
            if (text == null) {
                return false;
            }
            final long line = Long.parseLong(text.substring("line ".length()));
            assertTrue(
                    last == 0 ? line <= reached + 1 : line == last + 1,
                    "line " + line + " after " + last + ", reached " + reached + ", -Dtandem.seed=" + seed);
            last = line;
            reached = Math.max(reached, line);
        }
        if (random.nextInt(3) > 0) { // else it is cut before anybody knows what it has
            final long had = last;
            FeedRig.await().until(() -> feed().hold() >= had);
        }
        return true;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private void restart(InetSocketAddress address, boolean dial) throws Exception {
        final long hold = feed().hold();
        server.close();
        confirmed = Map.of("acd1", hold);
        start(address, dial);
    }

    private void start(InetSocketAddress address, boolean dial) throws Exception {
        final OpaqueDialect dialect = new OpaqueDialect(
                sink -> new DelimiterDecoder(new byte[] {'\n'}, LinkFrameDecoder.Limits.WIDEST, sink),
                new LocalFrames(List.of()),
                new ContentIdentity(1, List.of()),
                new SessionScript(List.of(), new byte[0], 0));
        events = new FeedRig.RecordedEvents();
        server = new NativeFeedServer(
                new FeedSettings("cms-east", address, dial, "", "", true, Map.of(), confirmed, FeedRig.QUICK, 0),
                new NativeSettings(false, 100),
                journal,
                dialect.service(),
                null,
                clock,
                events);
        server.start();
        watch = new FeedWatch(List.of(server), clock);
    }

    /** What the kernel says that the server has, as often as in the gateway. */
    @BeforeEach
    void lookAgainAndAgain() {
        looking = new Thread(
                () -> {
                    while (!over) {
                        if (watch != null) {
                            watch.lookNow();
                        }
                        LockSupport.parkNanos(10_000_000);
                    }
                },
                "looking");
        looking.start();
    }

    @AfterEach
    void lookNoMore() throws InterruptedException {
        over = true;
        looking.join(10_000);
    }

    private void append() {
        final byte[] bytes = ("line " + ++appended + "\n").getBytes(StandardCharsets.US_ASCII);
        journal.appendFrame(1, 0, clock.recordNs(), -1, bytes, 0, bytes.length);
        journal.endOfBatch();
    }
}
