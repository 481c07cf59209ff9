package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.feed.SoupClient;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.StoredJournal;
import org.tandemgw.gateway.outage.SmallDisk;
import org.tandemgw.gateway.time.BootId;
import org.tandemgw.gateway.time.SystemClock;

/**
 * The disk under a real {@code tandem run} fills up, by Tandem's own doing or by somebody else's, and is freed again: rows
 * A4, A20. The process stays, says what is wrong, loses nothing, and goes on by itself.
 */
@Timeout(900)
class FullDiskSiteTest {
    private static final long MIB = 1L << 20;
    private static final String MIN_FREE = "journal: { min-free: 8MiB }";

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private AcdSimulator acd;
    private Site site;
    private StreamComparison eastAccount;
    private StreamComparison westAccount;
    private RememberingServer east;
    private RememberingServer west;

    @Test
    void shouldPauseWithoutLossWhileAStrangerHoldsAllOfATmpfs() throws Exception {
        onDisk(SmallDisk.Kind.TMPFS, () -> strangerFills(InstalledJava.thisOne()));
    }

    @Test
    void shouldPauseWithoutLossWhileAStrangerHoldsAllOfADiskOnTheNewestJava() throws Exception {
        assumeTrue(InstalledJava.newest().isPresent(), "no Java newer than this one is installed");
        onDisk(SmallDisk.Kind.EXT4, () -> strangerFills(InstalledJava.newest().get()));
    }

    @Test
    @Tag("slow")
    void shouldPauseWithoutLossWhileAStrangerHoldsAllOfADisk() throws Exception {
        onDisk(SmallDisk.Kind.EXT4, () -> strangerFills(InstalledJava.thisOne()));
    }

    @Test
    @Tag("slow")
    void shouldPauseWithoutLossWhileAStrangerHoldsAllOfATmpfsOnTheNewestJava() throws Exception {
        assumeTrue(InstalledJava.newest().isPresent(), "no Java newer than this one is installed");
        onDisk(SmallDisk.Kind.TMPFS, () -> strangerFills(InstalledJava.newest().get()));
    }

    @Test
    void shouldMakeRoomWhenItsOwnStreamFillsTheDisk() throws Exception {
        onDisk(SmallDisk.Kind.EXT4, () -> ownStreamFills(InstalledJava.thisOne()));
    }

    @Test
    @Tag("slow")
    void shouldMakeRoomWhenItsOwnStreamFillsATmpfsOnTheNewestJava() throws Exception {
        assumeTrue(InstalledJava.newest().isPresent(), "no Java newer than this one is installed");
        onDisk(SmallDisk.Kind.TMPFS, () -> ownStreamFills(InstalledJava.newest().get()));
    }

    @Test
    void shouldKeepCursorsThroughAKillAtZeroBytesFree() throws Exception {
        onDisk(SmallDisk.Kind.TMPFS, () -> killedAtZero(InstalledJava.thisOne()));
    }

    @Test
    @Tag("slow")
    void shouldKeepCursorsThroughAKillAtZeroBytesFreeOnADisk() throws Exception {
        onDisk(SmallDisk.Kind.EXT4, () -> killedAtZero(InstalledJava.thisOne()));
    }

    @Test
    @Tag("slow")
    void shouldDropWhatBothServersHaveBeforeItPauses() throws Exception {
        onDisk(SmallDisk.Kind.EXT4, () -> oldRecordsGiveWay(false));
    }

    @Test
    void shouldNotPauseForTheBacklogOfADeadServer() throws Exception {
        onDisk(SmallDisk.Kind.TMPFS, () -> oldRecordsGiveWay(true));
    }

    // --- the stories ---

    private void strangerFills(Path java) throws Exception {
        awaitTimeBeforeARoll();
        try (Site.Running running = startFlowing(java)) {
            disk.fillBut(0);
            awaitDisk(running, "paused");
            assertTrue(alarms().contains("diskCritical"), () -> alarms().toString());
            assertStandsStill(running);
            disk.release();
            awaitGoesOn(running);
            endCompleteFromTheOldest(running, 0);
        }
    }

    /** Both servers have all of it: files end early and go, and nobody has to wait. */
    private void ownStreamFills(Path java) throws Exception {
        disk.fillBut(48 * MIB);
        try (Site.Running running = startFlowing(java)) {
            acd.rate(20_000);
            await().atMost(Duration.ofSeconds(180)).until(() -> {
                assertTrue(running.process().isAlive(), "the process has ended");
                assertFalse(diskState().equals("paused"), () -> alarms().toString());
                return ((Number) site.acd().get("oldest")).longValue() > 1;
            });
            await().untilAsserted(() -> assertTrue(alarms().contains("diskLow"), this::everything));
            acd.rate(2_000);
            disk.release();
            awaitGoesOn(running);
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertFalse(alarms().contains("diskLow"), this::everything));
            endCompleteFromTheOldest(running, 0);
        }
    }

    private void killedAtZero(Path java) throws Exception {
        awaitTimeBeforeARoll();
        final long cursor;
        try (Site.Running running = startFlowing(java)) {
            disk.fillBut(0);
            awaitDisk(running, "paused");
            await().atMost(Duration.ofSeconds(180)).until(() -> {
                final long stored = sequence();
                return cursors().equals(List.of(stored, stored));
            });
            cursor = sequence();
            // A cursor that is known to the status is durable a moment later, full disk or not.
            site.awaitKept("east", cursor);
            site.awaitKept("west", cursor);
            west.close();
            running.kill();
        }
        try (Site.Running running = site.run(java)) {
            await().until(() -> east.connected());
            assertEquals(cursor, cursors().get(1), "the cursor of the server that has not come back");
            awaitDisk(running, "paused");
            disk.release();
            awaitLegsUp(running);
            final long before = east.told();
            await().atMost(Duration.ofSeconds(180)).until(() -> east.told() > before + 1_000);
            assertEquals(1, site.acd().get("gaps"));
            assertEquals(List.of(), east.rejections());
            assertEquals(0, running.terminate());
            // Where all this takes long, so much has come that the oldest had to go.
            StoredStream.read(site.data(), oldestStored(), east, west);
        }
    }

    private long oldestStored() {
        try (StoredJournal stored = StoredJournal.open(JournalFiles.directory(site.data(), "acd1", 1))) {
            return stored.oldest();
        }
    }

    /** Twelve roll files from hours ago lie there, and little space is left. */
    private void oldRecordsGiveWay(boolean westIsDead) throws Exception {
        seedOldRecords();
        disk.fillBut(14 * MIB);
        if (westIsDead) {
            west.close();
        }
        try (Site.Running running = site.run()) {
            await().until(() -> east.connected() && (westIsDead || west.connected()));
            assertEquals(1, site.acd().get("generation"));
            await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertEquals(sequence(), cursors().get(0), this::everything));
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertTrue(westIsDead || cursors().get(1) == sequence(), this::everything));
            acd.rate(5_000);
            acd.resume();
            await().atMost(Duration.ofSeconds(180)).until(() -> {
                assertTrue(running.process().isAlive());
                assertFalse(site.legStates().contains("paused"), this::everything);
                return ((Number) site.acd().get("oldest")).longValue() > 1;
            });
            await().untilAsserted(() -> assertEquals(westIsDead, alarms().contains("serverLost"), this::everything));
            acd.rate(500);
            final long before = east.told();
            await().atMost(Duration.ofSeconds(180)).until(() -> east.told() > before + 500);
            assertEquals(0, site.acd().get("discontinuities"));
            if (westIsDead) {
                comesBackAndAsksForTheOldest();
            }
            acd.stop();
            await().atMost(Duration.ofSeconds(180))
                    .until(() -> acd.leg(1).drained() && acd.leg(2).drained());
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertEquals(sequence(), east.last(), this::everything));
            assertEquals(List.of(), east.rejections());
            assertEquals(0, running.terminate());
        }
    }

    /** Its client does what the alarm says: it asks for the oldest record that is kept. */
    private void comesBackAndAsksForTheOldest() {
        await().atMost(Duration.ofSeconds(180)).until(() -> {
            try (SoupClient client = SoupClient.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), site.westPort()), 30_000)) {
                final long oldest = ((Number) site.acd().get("oldest")).longValue();
                final boolean accepted = client.login(
                                "west", Site.PASSWORD, "", oldest, 30_000, (sequence, frame, bytes, at, length) -> {})
                        .accepted();
                for (int looks = 0; accepted && looks < 200 && alarms().contains("serverLost"); looks++) {
                    client.poll(50);
                }
                return accepted && !alarms().contains("serverLost");
            }
        });
    }

    // --- the steps ---

    private interface Story {
        void run() throws Exception;
    }

    private void onDisk(SmallDisk.Kind kind, Story story) throws Exception {
        assumeTrue(ChildJvm.canRun("unshare", "-m", "true"), "needs root to mount");
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, 1)
                .traffic(2_000, 0)
                .queue(2_000, true)
                .oracle(4_000_000, false);
        disk = SmallDisk.mount(kind, kind == SmallDisk.Kind.TMPFS ? 64 : 96, folder.resolve("data"));
        acd = new AcdSimulator(settings, FrameSource.numbered(400), new SystemClock());
        try {
            site = new Site(
                    folder,
                    AcdDialect.OPAQUE_LINE.profile(),
                    acd.leg(1).address().getPort(),
                    acd.leg(2).address().getPort(),
                    MIN_FREE);
            eastAccount = acd.comparison();
            westAccount = acd.comparison();
            east = new RememberingServer("east", site.eastPort(), eastAccount).start();
            west = new RememberingServer("west", site.westPort(), westAccount).start();
            story.run();
        } finally {
            acd.close();
            if (east != null) {
                east.close();
                west.close();
            }
            disk.close();
        }
    }

    /** A file whose ten minutes end while the disk is full gives way and makes room: that would be another story. */
    private static void awaitTimeBeforeARoll() {
        final long rollMs = Duration.ofMinutes(10).toMillis();
        await().until(() -> rollMs - System.currentTimeMillis() % rollMs
                > Duration.ofSeconds(60).toMillis());
    }

    private Site.Running startFlowing(Path java) throws Exception {
        final Site.Running running = site.run(java);
        await().atMost(Duration.ofSeconds(180))
                .until(() -> east.connected()
                        && west.connected()
                        && acd.leg(1).connected()
                        && acd.leg(2).connected());
        acd.resume();
        await().atMost(Duration.ofSeconds(180)).until(() -> east.told() > 1_000 && west.told() > 1_000);
        return running;
    }

    private void awaitDisk(Site.Running running, String state) {
        await().atMost(Duration.ofSeconds(180)).until(() -> {
            assertTrue(running.process().isAlive(), "the process has ended");
            return diskState().equals(state);
        });
    }

    /** It answers, and appends nothing; the legs stay connected, nobody reads them. */
    private void assertStandsStill(Site.Running running) throws Exception {
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertEquals(List.of("paused", "paused"), site.legStates()));
        final List<?> because = (List<?>) site.status().get("because");
        assertTrue(because.get(0).toString().startsWith("the legs of acd1 are paused: "), because.toString());
        await().atMost(Duration.ofSeconds(180)).until(() -> east.last() == sequence() && west.last() == sequence());
        final long stored = sequence();
        await().atMost(Duration.ofSeconds(180)).during(Duration.ofSeconds(2)).until(() -> {
            assertTrue(running.process().isAlive());
            return diskState().equals("paused") && sequence() == stored;
        });
        assertTrue(acd.leg(1).connected() && acd.leg(2).connected(), "the legs are held, not dropped");
        StoredStream.read(site.data(), oldestStored(), east, west);
    }

    private void awaitGoesOn(Site.Running running) {
        final long before = Math.min(east.told(), west.told());
        awaitLegsUp(running);
        await().atMost(Duration.ofSeconds(180)).until(() -> Math.min(east.told(), west.told()) > before + 3_000);
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertFalse(alarms().contains("diskCritical"), alarms().toString()));
    }

    private void awaitLegsUp(Site.Running running) {
        await().atMost(Duration.ofSeconds(180)).untilAsserted(() -> {
            assertTrue(running.process().isAlive());
            assertEquals(List.of("up", "up"), site.legStates());
        });
    }

    /** Everything that was produced was told, once, in order, to both, and what is kept is the same. */
    private void endCompleteFromTheOldest(Site.Running running, int gaps) throws Exception {
        acd.stop();
        await().atMost(Duration.ofSeconds(180))
                .until(() -> acd.leg(1).drained() && acd.leg(2).drained());
        await().atMost(Duration.ofSeconds(180))
                .during(Duration.ofMillis(300))
                .until(() -> east.last() == sequence() && west.last() == sequence());
        assertEquals(gaps, site.acd().get("gaps"));
        assertEquals(0, site.acd().get("discontinuities"));
        final long oldest = ((Number) site.acd().get("oldest")).longValue();
        assertEquals(0, running.terminate());
        StoredStream.read(site.data(), oldest, east, west);
        east.close();
        west.close();
        final StreamComparison.Verdict verdict = eastAccount.finish();
        assertEquals(verdict, westAccount.finish());
        assertTrue(verdict.proved() && verdict.breaks().size() == gaps, verdict.toString());
        assertEquals(acd.oracle().produced(), verdict.matched());
    }

    /** As a run leaves them that ended in order; west was gone by then. */
    private void seedOldRecords() throws IOException {
        final byte[] frame = "old".repeat(300).getBytes(StandardCharsets.US_ASCII);
        final long tenMinutesNs = Duration.ofMinutes(10).toNanos();
        final long firstNs = System.currentTimeMillis() * 1_000_000 - 18 * tenMinutesNs;
        final long last;
        try (LinkJournal journal = LinkJournal.open(site.data(), "acd1")) {
            for (int file = 0; file < 12; file++) {
                for (int i = 0; i < 2_000; i++) {
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
                        new ControlState.Hold("west", 10, "confirmed")),
                null,
                List.of());
        try (ControlFile file = ControlFile.open(site.data(), ControlFile.read(site.data()))) {
            file.write(new ControlState(List.of(left), null));
        }
    }

    // --- what status says ---

    @SuppressWarnings("unchecked")
    private String diskState() throws IOException {
        final Object state = ((Map<String, Object>) site.status().get("disk")).get("state");
        return String.valueOf(state);
    }

    /** For whoever has to find out why. */
    private String everything() {
        try {
            return site.status() + " east " + east.last() + east.rejections() + " west " + west.last()
                    + west.rejections() + "\n" + site.logs();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }

    private long sequence() throws IOException {
        return ((Number) site.acd().get("sequence")).longValue();
    }

    private List<String> alarms() {
        try {
            return site.alarms().stream()
                    .flatMap(alarm -> Stream.of(alarm.split(" ")).limit(1))
                    .toList();
        } catch (IOException e) {
            return List.of("no answer: " + e.getMessage());
        }
    }

    /** What east and what west is known to have. */
    @SuppressWarnings("unchecked")
    private List<Long> cursors() throws IOException {
        return ((List<Map<String, Object>>) site.status().get("servers"))
                .stream()
                        .map(server -> ((List<Map<String, Object>>) server.get("feeds")).get(0))
                        .map(feed -> ((Number) feed.get("cursor")).longValue())
                        .toList();
    }
}
