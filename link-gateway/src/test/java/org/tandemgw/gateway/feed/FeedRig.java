package org.tandemgw.gateway.feed;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/** A real journal, or two, and a real feed server on a loopback port. The test's thread is the intake. */
final class FeedRig implements AutoCloseable {
    static final String USER = "east";
    static final String PASSWORD = "secret";

    /** Quick where that costs nothing; nobody is closed because the machine had no time for him. */
    static final FeedLimits QUICK = new FeedLimits(100, 60_000, 60_000, 64, 4_096, 50);

    final RecordedEvents events = new RecordedEvents();
    final RecordClock clock = new RecordClock(new SystemClock());
    private final Path data;
    private final Map<String, LinkJournal> journals = new LinkedHashMap<>();
    private final Map<String, Long> confirmed = new LinkedHashMap<>();
    private Consumer<Runnable> durably;
    private FeedLimits limits = QUICK;
    private boolean continueOnLost;
    private SoupFeedServer server;
    private FeedWatch watch;
    private int port;
    private long lastAtNs;

    FeedRig(Path data, String... acds) {
        this.data = data;
        for (String acd : acds) {
            journals.put(acd, LinkJournal.open(data, acd, JournalSync.NONE));
        }
    }

    FeedRig limits(FeedLimits value) {
        limits = value;
        return this;
    }

    FeedRig continueOnLost() {
        continueOnLost = true;
        return this;
    }

    FeedRig confirmed(String acd, long sequence) {
        confirmed.put(acd, sequence);
        return this;
    }

    /** The first ACD's journal was never fed to the server; {@code keeper} makes its first login durable. */
    FeedRig neverFed(Consumer<Runnable> keeper) {
        durably = keeper;
        return this;
    }

    /** Starts the feed server; again on the same port after {@link #stop}. */
    FeedRig start() throws Exception {
        final InetSocketAddress listen = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        server = new SoupFeedServer(
                new FeedSettings(
                        "cms-east",
                        listen,
                        USER,
                        PASSWORD,
                        continueOnLost,
                        Map.of("watch", "looking"),
                        confirmed,
                        limits),
                List.copyOf(journals.values()),
                clock,
                events);
        if (durably != null) {
            server.neverFed(journal().acd(), 0, durably);
        }
        server.start();
        watch = new FeedWatch(List.of(server), clock);
        port = server.address().getPort();
        return this;
    }

    void stop() {
        server.close();
    }

    SoupFeedServer server() {
        return server;
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    LinkJournal journal() {
        return journals.values().iterator().next();
    }

    LinkJournal journal(String acd) {
        return journals.get(acd);
    }

    /** Looks first at what TCP has acknowledged, as the gateway's status does. */
    FeedStatus feed() {
        watch.lookNow();
        return server.status().feeds().get(0);
    }

    /** The looks of an orderly stop. */
    FeedStatus lastLook() {
        watch.lastLook();
        return server.status().feeds().get(0);
    }

    long now() {
        lastAtNs = Math.max(lastAtNs + 1, clock.recordNs());
        return lastAtNs;
    }

    /** Appends frames {@code frame N} in batches of up to 100 and makes them readable. */
    FeedRig append(int count) {
        for (int i = 1; i <= count; i++) {
            frame(text(journal().last() + 1));
            if (i % 100 == 0) {
                journal().endOfBatch();
            }
        }
        journal().endOfBatch();
        return this;
    }

    void frame(byte[] bytes) {
        journal().appendFrame(1, 0, now(), -1, bytes, 0, bytes.length);
    }

    static byte[] text(long sequence) {
        return ("frame " + sequence).getBytes(StandardCharsets.US_ASCII);
    }

    SoupClient connect() throws Exception {
        return SoupClient.connect(address(), 30_000, 50_000_000L);
    }

    /** Logs in as the server; what comes is collected in the background. */
    Received receive(String session, long sequence) throws Exception {
        return new Received(connect(), USER, PASSWORD, session, sequence);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        journals.values().forEach(LinkJournal::close);
    }

    /** What the feed told the house, as one line each. */
    static final class RecordedEvents implements FeedEvents {
        private final List<String> lines = new ArrayList<>();

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        synchronized long count(String beginning) {
            return lines.stream().filter(line -> line.startsWith(beginning)).count();
        }

        private synchronized void add(String line) {
            lines.add(line);
        }

        @Override
        public void loggedIn(String server, String acd, String peer, long start) {
            add("loggedIn " + server + " " + acd + " " + start);
        }

        @Override
        public void ended(String server, String acd, String why) {
            add("ended " + server + " " + acd + " " + why);
        }

        @Override
        public void serverLost(String server, String acd, long from, long to) {
            add("serverLost " + server + " " + acd + " " + from + "-" + to);
        }

        @Override
        public void serverAhead(String server, String acd, String what) {
            add("serverAhead " + server + " " + acd + " " + what);
        }

        @Override
        public void serverDiffers(String server, String acd, long through, String theirs, String ours) {
            add("serverDiffers " + server + " " + acd + " " + through + " " + !theirs.equals(ours));
        }

        @Override
        public void denied(String server, String acd, String who, String action) {
            add("denied " + server + " " + acd + " " + who + " " + action);
        }

        @Override
        public void replaced(String server, String acd, String oldPeer, String newPeer) {
            add("replaced " + server + " " + acd);
        }
    }
}
