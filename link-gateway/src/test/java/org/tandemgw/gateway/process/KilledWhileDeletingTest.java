package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.outage.KillPoint;
import org.tandemgw.gateway.outage.Traced;
import org.tandemgw.gateway.time.BootId;
import org.tandemgw.gateway.time.SystemClock;

/**
 * SIGKILL of a real {@code tandem run} while the thread {@code space} deletes files that are older than the retention, again
 * and again: rows A4, A20, A21. What is left has no hole, what a server misses that is away is not touched, and both go on
 * where they were.
 */
class KilledWhileDeletingTest {
    private static final int FILES = 48;
    private static final int RECORDS_PER_FILE = 200;
    private static final int KILLS_BEFORE_WEST_RETURNS = 6;
    private static final int KILLS = 12;
    /** Room is looked at each five seconds while there is enough. */
    private static final long POINT_LIMIT_MS = 20_000;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final StringBuilder told = new StringBuilder("replay with -Dtandem.seed=" + seed);

    @TempDir
    private Path folder;

    private Site site;
    private RememberingServer east;
    private RememberingServer west;
    private int reached;

    @Test
    @Tag("slow")
    @Timeout(900)
    void shouldLeaveNoHoleAndNothingUntoldWhenItIsKilledWhileFilesGo() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed).traffic(500, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(300), new SystemClock())) {
            site = new Site(
                    folder,
                    AcdDialect.OPAQUE_LINE.profile(),
                    acd.leg(1).address().getPort(),
                    acd.leg(2).address().getPort(),
                    "journal: { retention: 1h }");
            final long last = seedOldRecords();
            final long westHas = last / 2;
            east = new RememberingServer("east", site.eastPort(), null).knowing("", stored(last));
            west = new RememberingServer("west", site.westPort(), null).knowing("", stored(westHas));
            try {
                east.start();
                acd.resume();
                for (int kill = 0; kill < KILLS_BEFORE_WEST_RETURNS; kill++) {
                    killWhileDeleting();
                    assertTrue(oldest() <= westHas + 1, () -> "west misses " + (westHas + 1) + "; " + told);
                }
                assertGoneBut(westHas);
                west.start();
                for (int kill = KILLS_BEFORE_WEST_RETURNS; kill < KILLS; kill++) {
                    killWhileDeleting();
                }
                endWell(acd, last);
                System.out.println(told);
                assertTrue(reached >= KILLS / 3, () -> reached + " kills; " + told);
            } finally {
                east.close();
                west.close();
            }
        }
    }

    private void killWhileDeleting() throws Exception {
        final List<Path> files = files();
        final Path generation = generation();
        final KillPoint point = random.nextBoolean()
                ? new KillPoint("unlink", List.of("unlink", "unlinkat"), files, 12)
                : new KillPoint("folder", List.of("fsync", "fdatasync"), List.of(generation), 6);
        final int nth = 1 + random.nextInt(point.atMost());
        told.append(" ; ").append(point.name()).append(' ').append(nth);
        final List<String> starter = new ArrayList<>(point.starter(nth));
        starter.addAll(List.of("env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1"));
        final Process process = site.launch(starter, InstalledJava.thisOne());
        try {
            if (process.waitFor(POINT_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                assertEquals(128 + 9, process.exitValue(), told::toString);
                reached++;
            }
        } finally {
            Traced.kill(process);
        }
        final long oldest = oldest();
        told.append(" -> ").append(oldest).append(" of ").append(files.size());
        StoredStream.read(site.data(), oldest, east, west);
        assertEquals(List.of(), east.rejections(), told::toString);
        assertEquals(List.of(), west.rejections(), told::toString);
    }

    /** Once it is let, all goes that both servers have, and nothing else. */
    private void assertGoneBut(long westHas) throws Exception {
        try (Site.Running running = site.run()) {
            await().until(() -> kept() > westHas - RECORDS_PER_FILE);
            await().until(() -> east.connected() && east.last() == sequence());
            assertTrue(kept() <= westHas + 1, () -> "west misses " + (westHas + 1) + "; " + told);
            assertEquals(0, running.terminate(), told::toString);
        }
    }

    private void endWell(AcdSimulator acd, long lastOfOld) throws Exception {
        try (Site.Running running = site.run()) {
            final long before = west.last();
            await().untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates()));
            await().until(() -> west.last() > Math.max(before, lastOfOld) + 500);
            await().until(() -> kept() > lastOfOld - RECORDS_PER_FILE);
            acd.stop();
            await().during(Duration.ofMillis(500)).until(() -> east.last() == sequence() && west.last() == sequence());
            assertEquals(1, site.acd().get("generation"));
            assertEquals(List.of(), east.rejections(), told::toString);
            assertEquals(List.of(), west.rejections(), told::toString);
            assertEquals(0, running.terminate(), told::toString);
        }
        StoredStream.read(site.data(), oldest(), east, west);
        final Site.Ended verify = site.tandem("-c", site.file().toString(), "journal", "verify");
        assertEquals(0, verify.status(), verify.out() + verify.err() + told);
    }

    /** As a run leaves them that ended in order: east has all, west half of it. */
    private long seedOldRecords() throws IOException {
        final byte[] frame = "old".repeat(60).getBytes(StandardCharsets.US_ASCII);
        final long tenMinutesNs = Duration.ofMinutes(10).toNanos();
        final long firstNs = System.currentTimeMillis() * 1_000_000 - (FILES + 12) * tenMinutesNs;
        final long last;
        try (LinkJournal journal = LinkJournal.open(site.data(), "acd1")) {
            for (int file = 0; file < FILES; file++) {
                for (int i = 0; i < RECORDS_PER_FILE; i++) {
                    journal.appendFrame(1, 0, firstNs + file * tenMinutesNs + i, -1, frame, 0, frame.length);
                }
                journal.endOfBatch();
            }
            last = journal.last();
        }
        final ControlState.Acd left = new ControlState.Acd(
                "acd1",
                1,
                last,
                last,
                new ControlState.Run(BootId.present(), "group", true),
                List.of(
                        new ControlState.Hold("east", last, "confirmed"),
                        new ControlState.Hold("west", last / 2, "confirmed")),
                null,
                List.of());
        try (ControlFile file = ControlFile.open(site.data(), ControlFile.read(site.data()))) {
            file.write(new ControlState(List.of(left), null));
        }
        return last;
    }

    private ToldRecords stored(long last) throws IOException {
        final ToldRecords all = new ToldRecords();
        final JournalRecord record = new JournalRecord();
        try (StoredJournal journal = StoredJournal.open(generation());
                JournalReader reader = journal.newReader()) {
            assertTrue(reader.seek(1));
            for (int n = 1; n <= last; n++) {
                assertTrue(reader.next(record));
                all.add(ToldRecords.digest(true, record.bytes(), 0, record.length()));
            }
        }
        return all;
    }

    private Path generation() {
        return JournalFiles.directory(site.data(), "acd1", 1);
    }

    /** Roll files and what lies beside them, those that go first before the others. */
    private List<Path> files() throws IOException {
        try (var all = Files.list(generation())) {
            return all.filter(path -> path.toString().matches(".*\\.cq4(\\..*)?"))
                    .sorted()
                    .toList();
        }
    }

    /** The oldest record on the disk of a site that does not run. */
    private long oldest() throws IOException {
        try (StoredJournal journal = StoredJournal.open(generation())) {
            return journal.oldest();
        }
    }

    /** The oldest record that a running site says it keeps. */
    private long kept() throws IOException {
        return ((Number) site.acd().get("oldest")).longValue();
    }

    private long sequence() throws IOException {
        return ((Number) site.acd().get("sequence")).longValue();
    }
}
