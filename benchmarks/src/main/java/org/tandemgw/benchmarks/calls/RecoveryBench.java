package org.tandemgw.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandemgw.benchmarks.feed.UnheardFeed;
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
 * the same client's catching up on the whole journal in the same run. 100,000 calls in the memory that the appliance is shipped with, and a million in more.
 */
public final class RecoveryBench {
    private static final int GOAL_CALLS = 100_000;
    private static final double GOAL_MS = 50;
    private static final double GOAL_RATIO = 0.5;
    private static final int FRAMES_OF_A_CALL = 3;
    private static final int BATCH = 64;
    private static final String OPTIONS = ".mvn/tandem-jvm.options";

    private final RecordClock clock = new RecordClock(new SystemClock());
    private final int calls;
    private final int rounds;
    private final List<Double> firstMs = new ArrayList<>();
    private final List<Double> frameMs = new ArrayList<>();
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

    /** Status 0 if the goals are met. */
    public static int run(boolean smoke) throws IOException, InterruptedException {
        final int goal = child("512m", GOAL_CALLS, smoke ? 3 : 12);
        final int million = smoke ? 0 : child("2g", 10 * GOAL_CALLS, 4);
        return goal == 0 ? million : goal;
    }

    private static int child(String memory, int calls, int rounds) throws IOException, InterruptedException {
        final Path options = Path.of(System.getProperty("tandem.root", "."), OPTIONS);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + options,
                        "-Xmx" + memory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecoveryBench.class.getName(),
                        Integer.toString(calls),
                        Integer.toString(rounds))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The number of calls and of rounds. */
    public static void main(String[] arguments) throws IOException {
        final Path data = Files.createTempDirectory("tandem-bench");
        try {
            System.exit(
                    new RecoveryBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).measure(data));
        } finally {
            delete(data);
        }
    }

    private int measure(Path data) throws IOException {
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
            print(keeper.known(), journal.last());
        } finally {
            delete(data);
        }
        return calls != GOAL_CALLS
                        || median(firstMs) <= GOAL_MS && median(perSecond) >= GOAL_RATIO * median(peerPerSecond)
                ? 0
                : 1;
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
                append(journal, "Hangup", gone, "Cause: 16\r\nCause-txt: Normal Clearing");
            }
            if (appended > BATCH) {
                appended = 0;
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
    }

    private int call(LinkJournal journal, String id) {
        append(journal, "Newchannel", id, "ChannelState: 4\r\nChannelStateDesc: Ring\r\nExten: 8001\r\nPriority: 1");
        append(journal, "Newstate", id, "ChannelState: 6\r\nChannelStateDesc: Up\r\nExten: 8001\r\nPriority: 1");
        append(journal, "QueueCallerJoin", id, "Queue: support\r\nPosition: 1\r\nCount: 1");
        return FRAMES_OF_A_CALL;
    }

    private void append(LinkJournal journal, String event, String id, String more) {
        final byte[] frame = ("Event: " + event + "\r\nPrivilege: call,all\r\nChannel: PJSIP/trunk1-" + id
                        + "\r\nCallerIDNum: +4930123456\r\nContext: from-trunk\r\nUniqueid: " + id + "\r\nLinkedid: "
                        + id + "\r\n" + more + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
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
            perSecond.add((packets - 2) * 1e9 / (endNs - frameNs));
        }
    }

    private void print(int known, long records) {
        System.out.printf(
                Locale.ROOT,
                "%nJava %s, %d processors; %,d calls in flight (%,d frames) in a journal of %,d records; %d switchovers, told to start as each was decided%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                known,
                packets - 1,
                records,
                rounds);
        System.out.printf("%-68s %12s %12s %12s%n", "", "median", "best", "worst");
        row("ms from the order to start until the first packet was there", firstMs, false);
        row("ms until the first frame was there", frameMs, false);
        System.out.printf(
                Locale.ROOT,
                "  in the order of the rounds:%s%n",
                frameMs.stream()
                        .map(ms -> String.format(Locale.ROOT, " %.0f", ms))
                        .collect(Collectors.joining()));
        row("frames/s from then on", perSecond, true);
        row("peer: the same client catches up with the whole journal, records/s", peerPerSecond, true);
        System.out.printf(
                Locale.ROOT,
                "ratio to the peer %.2f%s%n",
                median(perSecond) / median(peerPerSecond),
                calls == GOAL_CALLS
                        ? String.format(
                                Locale.ROOT,
                                "; goals: the first packet within %.0f ms, at least %.1f of the peer",
                                GOAL_MS,
                                GOAL_RATIO)
                        : "");
    }

    private static void row(String what, List<Double> values, boolean moreIsBetter) {
        final List<Double> sorted = new ArrayList<>(values);
        sorted.sort(moreIsBetter ? Collections.reverseOrder() : null);
        System.out.printf(
                Locale.ROOT,
                "%-68s %,12.1f %,12.1f %,12.1f%n",
                what,
                median(sorted),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private static double median(List<Double> values) {
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
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
