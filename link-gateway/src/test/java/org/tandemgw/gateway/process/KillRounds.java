package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.outage.KillPoint;
import org.tandemgw.gateway.outage.Traced;

/**
 * Runs a site and kills it, round by round, while its ACD goes on; after each kill, and before the next start, compares what
 * lies in the journal with what the servers were told. Where {@code strace} is there, every second kill is at a named point.
 */
final class KillRounds {
    private static final DateTimeFormatter ROLL_FILE =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);
    /** Most of a short life is spent compiling. */
    private static final List<String> QUICK_START = List.of("env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1");

    private static final long TEN_MINUTES_MS = 600_000;
    /** A point that is not reached by then is not there. Under strace, on a machine with other work, a start takes half of it. */
    private static final long POINT_LIMIT_MS = 12_000;

    private final Site site;
    private final Path java;
    private final AcdSimulator acd;
    private final RememberingServer east;
    private final RememberingServer west;
    private final Random random;
    private final boolean traced;
    private final StringBuilder told;
    private final Map<String, Integer> tried = new TreeMap<>();
    private final Map<String, Integer> reached = new TreeMap<>();
    private final List<Excuse> excuses = new ArrayList<>();
    private int round;
    private long last;
    private long compared;
    private long unreadBytes;
    private boolean slowed;
    private long killUnreadBytes;
    private boolean killSlowed;

    KillRounds(Site site, Path java, AcdSimulator acd, RememberingServer east, RememberingServer west, long seed)
            throws InterruptedException {
        this.site = site;
        this.java = java;
        this.acd = acd;
        this.east = east;
        this.west = west;
        this.random = new Random(seed);
        this.traced = ChildJvm.canRun("strace", "-V");
        this.told = new StringBuilder(" replay with -Dtandem.seed=" + seed + " ;");
    }

    /**
     * What may be missing inside one gap although a leg had carried it a second before the kill.
     *
     * @param unreadBytes so much lay in the legs' sockets and was not read
     * @param slowed the process was killed at a named point: all its system calls stop for a moment, and what it left unread
     *     is gone with it
     */
    record Excuse(long unreadBytes, boolean slowed) {}

    /** One for each gap, after the last one that is to come has been written. */
    List<Excuse> excuses() {
        final List<Excuse> all = new ArrayList<>(excuses);
        all.add(new Excuse(unreadBytes, slowed));
        return all;
    }

    /** What was done so far, and the seed to do it again. */
    String told() {
        return told + " points reached: " + reached + " of " + tried;
    }

    /** One start, one kill, one look. */
    void round() throws Exception {
        killUnreadBytes = 0;
        killSlowed = false;
        if (round == 0) {
            killFirstRun();
        } else if (traced && round % 2 == 1) {
            killAtPoint();
        } else {
            killAtRandom();
        }
        try {
            look();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + told(), e);
        }
        round++;
    }

    /** Each point that the product has was hit at least once. */
    void assertPointsReached() {
        tried.forEach((name, times) -> assertTrue(reached.containsKey(name) || times < 3, told()));
    }

    /** The ACD begins only when both legs are there, so that nothing excuses a gap. */
    private void killFirstRun() throws Exception {
        try (Site.Running running = site.run(java)) {
            await().until(() -> acd.leg(1).connected() && acd.leg(2).connected() && east.connected());
            acd.resume();
            await().until(() -> east.last() > 300);
            running.process().waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
            told.append(" first at ").append(east.last());
            noteUnread(running.process());
            running.kill();
        }
    }

    /** Some while it starts, most when it runs. */
    private void killAtRandom() throws Exception {
        final Process process = site.launch(QUICK_START, java);
        try {
            if (random.nextInt(4) > 0) {
                awaitTelling(process);
            } else {
                process.waitFor(200, TimeUnit.MILLISECONDS);
            }
            final int afterMs = random.nextInt(900);
            told.append(" ; random after ").append(afterMs).append(" ms");
            process.waitFor(afterMs, TimeUnit.MILLISECONDS);
            assertTrue(process.isAlive(), () -> "ended by itself;" + told());
            noteUnread(process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void noteUnread(Process process) throws Exception {
        Unread.stop(process);
        killUnreadBytes = Unread.bytes(acd);
        told.append(" (").append(killUnreadBytes).append(" unread)");
    }

    private void killAtPoint() throws Exception {
        killSlowed = true;
        final List<KillPoint> points = points();
        final KillPoint point = points.get(random.nextInt(points.size()));
        final int nth = 1 + (int) Math.floor(Math.pow(point.atMost(), random.nextDouble()));
        final List<String> starter = new ArrayList<>(point.starter(nth));
        starter.addAll(QUICK_START);
        told.append(" ; ").append(point.name()).append(' ').append(nth);
        tried.merge(point.name(), 1, Integer::sum);
        final Process process = site.launch(starter, java);
        try {
            if (process.waitFor(POINT_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                reached.merge(point.name(), 1, Integer::sum);
                assertEquals(128 + 9, process.exitValue(), told());
            } else {
                told.append(" (not reached)");
            }
        } finally {
            Traced.kill(process);
        }
    }

    private void awaitTelling(Process process) {
        final long before = east.told();
        await().until(() -> east.told() > before || !process.isAlive());
    }

    /**
     * Open: roll files are mapped, at the start and by each reader. Sync: of the roll file. Digests: an append that ends a
     * thousand. Reserve: room ahead is made, in this roll file or for the next one. Control: cursors and watermarks are
     * written, or synced.
     */
    private List<KillPoint> points() throws Exception {
        final Path generation = site.data().resolve("journal/acd1/1");
        final List<Path> rollFiles = rollFiles(generation);
        final List<Path> reserved = new ArrayList<>(rollFiles);
        reserved.add(generation.resolve("next.reserved"));
        return List.of(
                new KillPoint("open", List.of("mmap"), rollFiles, 8),
                new KillPoint("sync", List.of("fdatasync"), rollFiles, 300),
                new KillPoint("digests", List.of("write", "fsync"), List.of(generation.resolve("digests")), 4),
                new KillPoint("reserve", List.of("pwrite64"), reserved, 20),
                new KillPoint(
                        "control",
                        List.of("pwrite64", "write", "fdatasync"),
                        List.of(site.data().resolve("control")),
                        8));
    }

    /** Those that are there, and those that a run may begin. */
    private static List<Path> rollFiles(Path generation) throws Exception {
        final Set<Path> all = new TreeSet<>();
        final long nowMs = Instant.now().toEpochMilli();
        for (final long ms : List.of(nowMs, nowMs + TEN_MINUTES_MS)) {
            final String minute = ROLL_FILE.format(Instant.ofEpochMilli(ms));
            all.add(generation.resolve(minute.substring(0, minute.length() - 1) + "0X.cq4"));
        }
        try (var files = Files.newDirectoryStream(generation, "*.cq4")) {
            files.forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** One gap before the first frame of each start but the first; behind it none, for a leg lives. */
    private void look() throws Exception {
        final StoredStream.Found run = StoredStream.read(site.data(), compared + 1, last + 1, east, west);
        compared = run.told();
        east.compared(compared);
        west.compared(compared);
        told.append(" -> ").append(run.last());
        if (round == 0) {
            assertEquals(0, run.gaps() + run.discontinuities(), told());
        } else {
            assertEquals(run.frames() > 0 ? 1 : Math.min(1, run.gaps()), run.gaps(), () -> "gaps;" + told());
            assertEquals(0, run.discontinuities(), () -> "discontinuities;" + told());
        }
        assertEquals(0, run.lateGaps(), () -> "gaps behind frames;" + told());
        if (run.gaps() > 0) {
            excuses.add(new Excuse(unreadBytes, slowed));
            unreadBytes = 0;
            slowed = false;
        }
        unreadBytes += killUnreadBytes;
        slowed |= killSlowed;
        last = run.last();
    }
}
