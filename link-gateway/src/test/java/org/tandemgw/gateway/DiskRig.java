package org.tandemgw.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;
import org.tandemgw.gateway.config.JournalConfig;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.feed.FeedLimits;
import org.tandemgw.gateway.feed.FeedSettings;
import org.tandemgw.gateway.feed.FeedStatus;
import org.tandemgw.gateway.feed.SoupFeedServer;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.RecordClock;
import org.tandemgw.gateway.time.SystemClock;

/**
 * A disk of 64 MB with min-free of 16 MiB, a journal, two feed servers, and the keeper, whose looks the test makes by hand.
 * The clock goes forward by hand too; the test's thread is the intake.
 */
final class DiskRig implements AutoCloseable, Clock, SpaceKeeper.Legs {
    static final long MIN_FREE = 16 << 20;
    static final long MINUTE_NS = 60_000_000_000L;

    final List<String> legs = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    final FeedAlarms events;
    final AtomicReference<String> active = new AtomicReference<>();
    final Path data;
    LinkJournal journal;
    private final Map<String, Long> holds;
    private final List<SoupFeedServer> feeds = new ArrayList<>();
    private SpaceKeeper keeper;
    boolean clockTrusted = true;
    volatile boolean noRoom;
    int holdsWritten;
    private long utcNs = 1_795_251_600_000_000_000L;

    /** @param holds server to the last sequence that it is known to have; one that is not named was never here */
    DiskRig(Path mount, Map<String, Long> holds) throws Exception {
        Assumptions.assumeTrue(
                ChildJvm.canRun("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", mount.toString()),
                "needs root to mount a tmpfs");
        this.data = mount;
        this.events = new FeedAlarms(new StartNotices(null), new AuditFile(mount.resolve(AuditFile.NAME), this), this);
        this.holds = holds;
        start();
    }

    void start() throws Exception {
        journal = LinkJournal.open(data, "acd1", JournalSync.GROUP);
        for (final String server : List.of("cms-east", "cms-west")) {
            final SoupFeedServer feed = new SoupFeedServer(
                    new FeedSettings(
                            server,
                            new InetSocketAddress("127.0.0.1", 0),
                            server.substring(4),
                            "secret",
                            false,
                            Map.of(),
                            holds.containsKey(server) ? Map.of("acd1", holds.get(server)) : Map.of(),
                            FeedLimits.DEFAULT),
                    List.of(journal),
                    new RecordClock(new SystemClock()),
                    events);
            feed.start();
            feeds.add(feed);
        }
        keeper = new SpaceKeeper(
                data,
                new JournalConfig(JournalConfig.Sync.GROUP, Duration.ofDays(14), MIN_FREE),
                new StoredFiles(
                        data,
                        List.of(journal),
                        () -> feeds.stream()
                                .flatMap(feed -> feed.status().feeds().stream())
                                .toList(),
                        acd -> List.of()),
                active::get,
                () -> noRoom,
                () -> clockTrusted,
                this,
                this,
                () -> holdsWritten++);
    }

    void stop() {
        keeper.close();
        feeds.forEach(SoupFeedServer::close);
        feeds.clear();
        journal.close();
    }

    SpaceKeeper keeper() {
        return keeper;
    }

    InetSocketAddress address(String server) {
        return feeds.get(server.equals("cms-east") ? 0 : 1).address();
    }

    FeedStatus feed(String server) {
        return feeds.get(server.equals("cms-east") ? 0 : 1).status().feeds().get(0);
    }

    /** Time passes. */
    void forward(Duration by) {
        utcNs += by.toNanos();
    }

    /** A file of so many MiB, all of one moment; then ten minutes pass. */
    void file(int mebibytes) {
        append(mebibytes << 10);
        forward(Duration.ofMinutes(10));
    }

    void append(int frames) {
        final byte[] frame = new byte[984];
        for (int i = 0; i < frames; i++) {
            ByteBuffer.wrap(frame).putLong(journal.last() + 1);
            journal.appendFrame(1, 0, utcNs, -1, frame, 0, frame.length);
            if (i % 256 == 255) {
                journal.endOfBatch();
            }
        }
        journal.endOfBatch();
        await().until(() -> journal.readable() == journal.last());
    }

    /** One look, and the seconds until the next, in which whoever read a file that went has let go of it. */
    void look() {
        keeper.look();
        await().until(() -> !holdsWhatIsDeleted());
        forward(Duration.ofSeconds(6));
    }

    /** As an open file, or as a mapping that Chronicle's thread has not ended yet. */
    private boolean holdsWhatIsDeleted() throws IOException {
        final String deleted = data + "/.* \\(deleted\\)";
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"));
                Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return mapped.anyMatch(line -> line.matches(".* " + deleted))
                    || open.anyMatch(each -> target(each).matches(deleted));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    long freeBytes() {
        return data.toFile().getUsableSpace();
    }

    /** Another process takes space. */
    Path foreign(String name, int mebibytes) throws Exception {
        final Path file = data.resolve(name);
        final Process head = new ProcessBuilder("head", "-c", (mebibytes << 20) + "", "/dev/zero")
                .redirectOutput(file.toFile())
                .start();
        head.waitFor();
        return file;
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2));
    }

    @Override
    public long nanoTime() {
        return utcNs;
    }

    @Override
    public long utcNs() {
        return utcNs;
    }

    @Override
    public void pauseForSpace(String why) {
        legs.add("pause");
    }

    @Override
    public void resumeFromSpace() {
        legs.add("resume");
    }

    @Override
    public void endFile(String acd) {
        ended.add(acd);
        journal.endFile();
    }

    @Override
    public void beginNewFile(String acd, String why) {
        legs.add("new file of " + acd);
        journal.endFile();
        journal.appendMark(utcNs, "file", why);
        journal.endOfBatch();
        await().until(() -> journal.readable() == journal.last());
    }

    @Override
    public void close() throws IOException {
        stop();
        try {
            if (!ChildJvm.canRun("umount", "-l", data.toString())) {
                throw new IOException("could not unmount " + data);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
