package org.tandemgw.gateway.feed;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.dialect.Dialect;
import org.tandemgw.gateway.dialect.ami.AmiDialect;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.TableLimits;

/** A real journal, its table of calls, and a real native feed for an Asterisk's clients on a loopback port. The test's thread is the intake. */
final class NativeRig implements AutoCloseable {
    static final String USER = "east";
    static final String SECRET = "secret";

    final FeedRig.RecordedEvents events = new FeedRig.RecordedEvents();
    private final AtomicLong passedNs = new AtomicLong();
    final RecordClock clock = new RecordClock(new Clock() {
        private final Clock machine = new SystemClock();

        @Override
        public long nanoTime() {
            return machine.nanoTime() + passedNs.get();
        }

        @Override
        public long utcNs() {
            return machine.utcNs() + passedNs.get();
        }
    });
    final LinkJournal journal;
    private final CallKeeper calls;
    private final Dialect dialect;
    private Map<String, Long> confirmed = Map.of();
    private FeedLimits limits = FeedRig.QUICK;
    private NativeSettings settings = new NativeSettings(false, 0);
    private NativeFeedServer server;
    private FeedWatch watch;
    private Thread looking;
    private volatile boolean watching;
    private int port;
    private long lastAtNs;

    NativeRig(Path data) {
        this(
                data,
                new AmiDialect(LinkFrameDecoder.Limits.WIDEST, 1, true, "on", List.of(), 10_000),
                AmiCallDecoder::new);
        greeted("Asterisk Call Manager/9.0.0");
    }

    /** The same for clients of another ACD. */
    NativeRig(Path data, Dialect dialect, Function<Consumer<CallEvent>, CallDecoder> decoder) {
        this.dialect = dialect;
        journal = LinkJournal.open(data, "acd1", JournalSync.NONE);
        calls = new CallKeeper(new CallKeeper.Settings(journal, data, TableLimits.ofCalls(10_000), 0), decoder);
        calls.start();
        listed();
    }

    /** How the ACD greets a leg. */
    final NativeRig greeted(String banner) {
        final byte[] line = (banner + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        dialect.session("", "").begin(said -> {}).offer(line, 0, line.length);
        return this;
    }

    NativeRig settings(NativeSettings value) {
        settings = value;
        return this;
    }

    NativeRig limits(FeedLimits value) {
        limits = value;
        return this;
    }

    NativeRig confirmed(long sequence) {
        confirmed = Map.of("acd1", sequence);
        return this;
    }

    /** Starts the feed server; again on the same port after {@link #stop}. */
    NativeRig start() throws Exception {
        server = new NativeFeedServer(
                new FeedSettings(
                        "cms-east",
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port),
                        USER,
                        SECRET,
                        true,
                        Map.of("watch", "looking"),
                        confirmed,
                        limits),
                settings,
                journal,
                dialect.service(),
                calls,
                clock,
                events);
        server.start();
        watch = new FeedWatch(List.of(server), clock);
        watching = true;
        looking = new Thread(this::look, "rig-watch");
        looking.start();
        port = server.address().getPort();
        return this;
    }

    /** As often as it pays, as in the gateway. */
    private void look() {
        while (watching) {
            lookNow();
            LockSupport.parkNanos(20_000_000);
        }
    }

    void stop() {
        watching = false;
        try {
            looking.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts tests", e);
        }
        server.close();
    }

    NativeFeedServer server() {
        return server;
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** Looks first at what TCP has acknowledged, as the gateway's status does. */
    FeedStatus feed() {
        lookNow();
        return server.status().feeds().get(0);
    }

    /** So much time goes by at once. */
    void pass(Duration time) {
        passedNs.addAndGet(time.toNanos());
    }

    /** Nobody tells the ACD's events any more. */
    void down() {
        calls.desk().linkDown(journal.last(), now());
    }

    /** The ACD has listed everything: nothing but what its events tell. */
    final void listed() {
        calls.desk().began(1, journal.last(), now());
        calls.desk().ended(1, true, true, journal.last(), now());
    }

    /** By one at a time. */
    private synchronized void lookNow() {
        watch.lookNow();
    }

    long now() {
        lastAtNs = Math.max(lastAtNs + 1, clock.recordNs());
        return lastAtNs;
    }

    /** Appends an event, its lines without their ends, and makes it readable. */
    NativeRig event(String... lines) {
        return raw((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    NativeRig raw(byte[] frame) {
        journal.appendFrame(1, 0, now(), -1, frame, 0, frame.length);
        journal.endOfBatch();
        return this;
    }

    /** Appends so many small events that name their sequence. */
    NativeRig events(int count) {
        for (int i = 0; i < count; i++) {
            final byte[] frame = text(journal.last() + 1).getBytes(StandardCharsets.ISO_8859_1);
            journal.appendFrame(1, 0, now(), -1, frame, 0, frame.length);
        }
        journal.endOfBatch();
        return this;
    }

    static String text(long sequence) {
        return "Event: Newexten\r\nPrivilege: dialplan,all\r\nNumber: " + sequence + "\r\n\r\n";
    }

    AmiClient connect() throws Exception {
        return new AmiClient(address());
    }

    AmiClient login() throws Exception {
        return connect().login(USER, SECRET);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        if (server != null) {
            stop();
        }
        calls.close();
        journal.close();
    }
}
