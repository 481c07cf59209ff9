package org.tandemgw.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tandemgw.benchmarks.feed.UnheardFeed;
import org.tandemgw.benchmarks.rig.Child;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.feed.FeedLimits;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.recovery.RecoveryShelf;
import org.tandemgw.gateway.recovery.SwitchMark;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/**
 * {@code ./tandem bench recovery}: a server takes over with so many calls in flight, over a real socket. The attempt is marked, and the server is told to start at once, as on a
 * site without trunk switches, so that nothing is prepared by then: how long until its first packet and its first frame have come, and how fast the rest follows, beside
 * the same client's catching up on the whole journal in the same run. 100,000 calls in the memory that the appliance is shipped with, and a million in more. And the same calls brought back into a
 * table: from the file that a start reads, beside a Redis with a hash for each call.
 */
public final class RecoveryBench {
    private static final int GOAL_CALLS = 100_000;
    private static final double GOAL_MS = 50;
    private static final double GOAL_RATIO = 0.5;
    private static final int FRAMES_OF_A_CALL = 3;
    private static final int BATCH = 64;
    private static final double GOAL_FASTER = 50;
    /** Kept, or the level is forgotten. */
    private static final Logger TANDEM = Logger.getLogger("org.tandemgw");

    private static final Path REDIS = Path.of("/usr/bin/redis-server");

    private final RecordClock clock = new RecordClock(new SystemClock());
    private final int calls;
    private final int rounds;
    private final List<Double> firstMs = new ArrayList<>();
    private final List<Double> frameMs = new ArrayList<>();
    private final List<Double> lastMs = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> peerPerSecond = new ArrayList<>();
    private long packets;
    private long firstNs;
    private long frameNs;
    private boolean over;

    private RecoveryBench(int calls, int rounds) {
        this.calls = calls;
        this.rounds = rounds;
    }

    /** Status 0 if everything that was to come back came back. */
    public static int run(boolean smoke) throws IOException {
        final Figures figures = new Figures("recovery", smoke);
        final int calls = smoke ? GOAL_CALLS / 10 : GOAL_CALLS;
        final double firstFrameMs = takeOvers(figures, "512m", calls, smoke ? 3 : 12);
        if (!smoke) {
            takeOvers(figures, "2g", 10 * GOAL_CALLS, 4);
        }
        restores(figures, calls, smoke ? 1 : 9, firstFrameMs);
        figures.end();
        return 0;
    }

    /** The time until the first frame. */
    private static double takeOvers(Figures figures, String memory, int calls, int rounds) throws IOException {
        final String[] result;
        try (Child child = new Child(
                List.of("-Xmx" + memory), RecoveryBench.class, Integer.toString(calls), Integer.toString(rounds))) {
            result = child.line("result").split(" ");
        }
        final String what = String.format(Locale.ROOT, "%,d calls, a server takes over: ", calls);
        final boolean goal = calls == GOAL_CALLS;
        figures.add(what + "first packet", number(result, 1), "ms", goal ? Goal.atMost(GOAL_MS) : Goal.NONE);
        figures.add(what + "first packet, the worst", number(result, 2), "ms");
        figures.add(what + "first frame", number(result, 3), "ms");
        figures.add(what + "the last frame", number(result, 4), "ms");
        figures.add(
                what + "frames from then on",
                number(result, 5),
                "frames/s",
                "the same client that catches up",
                number(result, 6),
                goal ? Goal.ratioAtLeast(GOAL_RATIO) : Goal.NONE);
        return number(result, 3);
    }

    private static double number(String[] result, int at) {
        return Double.parseDouble(result[at]);
    }

    /** From the file that a start reads, beside a Redis with one hash for each call. */
    private static void restores(Figures figures, int calls, int rounds, double firstFrameMs) throws IOException {
        try (Scratch scratch = new Scratch()) {
            final boolean here = Files.isExecutable(REDIS);
            final int port = here ? Scratch.freePort() : 0;
            final Child redis = here
                    ? new Child(
                            scratch.folder().resolve("redis.log"),
                            List.of(
                                    REDIS.toString(),
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    Integer.toString(port),
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no",
                                    "--dir",
                                    scratch.folder().toString()))
                    : null;
            try {
                if (here) {
                    redis.lineWith("Ready to accept connections");
                } else {
                    System.out.println("bench: no " + REDIS + " here: apt-get install redis-server for its figures");
                }
                try (Child rounder = new Child(
                        RestoreRounds.class,
                        scratch.folder().toString(),
                        Integer.toString(calls),
                        Integer.toString(rounds),
                        Integer.toString(port))) {
                    final String[] result = rounder.line("result").split(" ");
                    final double fileMs = number(result, 1);
                    final String what = String.format(Locale.ROOT, "%,d calls back into the table, ", calls);
                    figures.add(what + "Tandem: from its file", fileMs, "ms");
                    if (here) {
                        final String file = "from Tandem's file";
                        figures.add(
                                what + "Redis: 1,000 HGETALL at a time",
                                number(result, 2),
                                "ms",
                                file,
                                fileMs,
                                Goal.ratioAtLeast(GOAL_FASTER));
                        figures.add(
                                what + "Redis: one HGETALL after the other",
                                number(result, 3),
                                "ms",
                                file,
                                fileMs,
                                Goal.NONE);
                        figures.add(
                                what + "Redis: 1,000 HGETALL at a time",
                                number(result, 2),
                                "ms",
                                "Tandem's first frame at a take-over",
                                firstFrameMs,
                                Goal.NONE);
                    }
                }
            } finally {
                if (redis != null) {
                    redis.close();
                }
            }
        }
    }

    /** The number of calls and of rounds. */
    public static void main(String[] arguments) throws IOException {
        TANDEM.setLevel(Level.SEVERE);
        try (Scratch scratch = new Scratch()) {
            new RecoveryBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).measure(scratch.folder());
        }
    }

    private void measure(Path data) throws IOException {
        try (LinkJournal journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
                CallKeeper keeper = new CallKeeper(
                        new CallKeeper.Settings(journal, data, TableLimits.MILLION, 0), AmiCallDecoder::new)) {
            final RecoveryShelf shelf = new RecoveryShelf(new RecoveryShelf.Settings(
                    "acd1",
                    1,
                    keeper.folder(),
                    RecoveryPolicy.USUAL,
                    0,
                    keeper::fault,
                    work -> keeper.ask(table -> work.run())));
            keeper.onMark(shelf);
            keeper.start();
            fill(journal);
            while (keeper.position() < journal.last()) {
                LockSupport.parkNanos(10_000_000);
            }
            try (SoupFeedServer server = new SoupFeedServer(
                    new FeedSettings(
                            "cms-west",
                            new InetSocketAddress("127.0.0.1", 0),
                            "west",
                            "secret",
                            false,
                            Map.of(),
                            Map.of(),
                            FeedLimits.DEFAULT),
                    List.of(journal),
                    Map.of("acd1", shelf),
                    clock,
                    new UnheardFeed())) {
                server.start();
                for (int round = 1; round <= rounds; round++) {
                    catchUp(server, journal);
                    takeOver(server, journal, shelf, round);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "result %f %f %f %f %f %f%n",
                    Figures.median(firstMs),
                    Collections.max(firstMs),
                    Figures.median(frameMs),
                    Figures.median(lastMs),
                    Figures.median(perSecond),
                    Figures.median(peerPerSecond));
        }
    }

    /** Each call rings and waits; beside every second one there is one that has ended. */
    private void fill(LinkJournal journal) {
        int appended = 0;
        for (int i = 0; i < calls; i++) {
            final String id = "1790000000." + (10_000_000 + i);
            appended += call(journal, id);
            if (i % 2 == 0) {
                final String gone = "1780000000." + (10_000_000 + i);
                appended += call(journal, gone);
                append(journal, event("Hangup", gone, "Cause: 16\r\nCause-txt: Normal Clearing"));
            }
            if (appended > BATCH) {
                appended = 0;
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
    }

    private int call(LinkJournal journal, String id) {
        for (final String frame : call(id)) {
            append(journal, frame);
        }
        return FRAMES_OF_A_CALL;
    }

    /** The frames of a call that rings, is answered, and waits in a queue. */
    static String[] call(String id) {
        return new String[] {
            event("Newchannel", id, "ChannelState: 4\r\nChannelStateDesc: Ring\r\nExten: 8001\r\nPriority: 1"),
            event("Newstate", id, "ChannelState: 6\r\nChannelStateDesc: Up\r\nExten: 8001\r\nPriority: 1"),
            event("QueueCallerJoin", id, "Queue: support\r\nPosition: 1\r\nCount: 1")
        };
    }

    private static String event(String name, String id, String more) {
        return "Event: " + name + "\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk1-" + id
                + "\r\nCallerIDNum: +4930123456\r\nContext: from-trunk\r\nUniqueid: " + id + "\r\nLinkedid: "
                + id + "\r\n" + more + "\r\n\r\n";
    }

    private void append(LinkJournal journal, String text) {
        final byte[] frame = text.getBytes(StandardCharsets.US_ASCII);
        journal.appendFrame(1, 0, clock.recordNs(), -1, frame, 0, frame.length);
    }

    private void catchUp(SoupFeedServer server, LinkJournal journal) throws IOException {
        try (SoupClient client = SoupClient.connect(server.address(), 5_000)) {
            packets = 0;
            final long end = journal.readable();
            final long beginNs = System.nanoTime();
            client.login("west", "secret", "", 1, 60_000, (sequence, frame, bytes, offset, length) -> packets++);
            while (packets < end) {
                if (!client.poll(1_000)) {
                    throw new IOException("the feed ended at " + client.next());
                }
            }
            peerPerSecond.add(packets * 1e9 / (System.nanoTime() - beginNs));
        }
    }

    private void takeOver(SoupFeedServer server, LinkJournal journal, RecoveryShelf shelf, long epoch)
            throws IOException {
        final SwitchMark mark = new SwitchMark(SwitchMark.What.COMMENCE, epoch, epoch, "cms-east", "cms-west");
        try (SoupClient client = SoupClient.connect(server.address(), 5_000)) {
            packets = 0;
            over = false;
            shelf.begun(mark);
            client.login("west", "secret", "R" + epoch, 1, 60_000, new Taking());
            final long beginNs = System.nanoTime();
            journal.appendMark(clock.recordNs(), SwitchMark.WORD, mark.text());
            journal.endOfBatch();
            shelf.promoted(epoch, "cms-west");
            while (!over) {
                if (!client.poll(1_000)) {
                    throw new IOException("the recovery session ended after " + packets + " packets");
                }
            }
            final long endNs = System.nanoTime();
            if (packets < (long) FRAMES_OF_A_CALL * calls) {
                throw new IllegalStateException("only " + packets + " packets came");
            }
            firstMs.add((firstNs - beginNs) / 1e6);
            frameMs.add((frameNs - beginNs) / 1e6);
            lastMs.add((endNs - beginNs) / 1e6);
            perSecond.add((packets - 2) * 1e9 / (endNs - frameNs));
        }
    }

    /** Notes when what came. */
    private final class Taking implements SoupClient.Handler {
        @Override
        public void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
            packets++;
            if (packets == 1) {
                firstNs = System.nanoTime();
            } else if (packets == 2) {
                frameNs = System.nanoTime();
            }
        }

        @Override
        public void endOfSession() {
            over = true;
        }
    }
}
