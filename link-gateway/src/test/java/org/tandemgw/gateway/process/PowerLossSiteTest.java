package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.journal.ChildJvm;
import org.tandemgw.gateway.outage.DiskHistory;
import org.tandemgw.gateway.outage.SmallDisk;
import org.tandemgw.gateway.outage.Traced;
import org.tandemgw.gateway.time.SystemClock;

/**
 * The power fails under a real {@code tandem run} with two servers; the next one starts on what the disk can have kept
 * ({@link DiskHistory}), on a machine that was booted anew: row A20.
 */
class PowerLossSiteTest {
    private static final int LOOKS = 10;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void shouldHoldWhatItHasToldWhenThePowerFails() throws Exception {
        cut("group", 1, 2);
    }

    @Test
    @Tag("slow")
    @Timeout(1_200)
    void shouldHoldWhatItHasToldWhenThePowerFailsOften() throws Exception {
        cut("group", 4, 6);
    }

    @Test
    @Timeout(600)
    void shouldBeginANewGenerationWhenThePowerFailsWithoutSync() throws Exception {
        cut("none", 1, 2);
    }

    /** The machine comes back, and the disk is as full as it was. What it has is what the kernel had written there. */
    @Test
    @Tag("slow")
    @Timeout(600)
    void shouldHoldWhatItHasToldWhenThePowerFailsOnAFullDisk() throws Exception {
        assumeCanRun();
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed)
                .traffic(2_000, 0)
                .queue(2_000, true);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(300), new SystemClock());
                SmallDisk disk = SmallDisk.mount(SmallDisk.Kind.EXT4, 96, folder.resolve("disk"))) {
            final Site site = siteOn(folder.resolve("disk"), folder, acd);
            final List<Told> told = fillAndCopy(site, acd, disk);
            for (int i = 0; i < told.size(); i++) {
                final Path there = folder.resolve("image-" + i);
                try (SmallDisk again = SmallDisk.mountCopy(there.resolve("disk.img"), there.resolve("disk"))) {
                    final Site after = siteOn(there.resolve("disk"), there, acd);
                    final String how = "image " + i + ", free " + again.freeBytes() + ", seed " + seed;
                    assertTrue(again.freeBytes() < 8 << 20, how);
                    try (Site.Running running = after.runUnder(bootedAnew(there))) {
                        assertGoesOn(after, told.get(i), again, how);
                        assertEquals(0, running.terminate(), how);
                    }
                }
            }
        }
    }

    /** Twice the disk is filled under full flow: copies at once and when the legs are paused. */
    private List<Told> fillAndCopy(Site site, AcdSimulator acd, SmallDisk disk) throws Exception {
        final List<Told> told = new ArrayList<>();
        final List<String> starter = List.of("sh", "-c", "\"$0\" \"$@\"; exit $?");
        try (RememberingServer east = new RememberingServer("east", site.eastPort(), null).start();
                RememberingServer west = new RememberingServer("west", site.westPort(), null).start();
                Traced running = new Traced(site.launch(starter, InstalledJava.thisOne()))) {
            await().until(() ->
                    acd.leg(1).connected() && acd.leg(2).connected() && east.connected() && west.connected());
            acd.resume();
            for (int fill = 0; fill < 2; fill++) {
                final long before = Math.min(east.told(), west.told());
                await().until(() -> Math.min(east.told(), west.told()) > before + 1_000);
                disk.fillBut(0);
                disk.syncBallast();
                told.add(copied(running, disk, "image-" + told.size(), east, west));
                awaitPaused(site);
                told.add(copied(running, disk, "image-" + told.size(), east, west));
                disk.release();
            }
            running.kill();
        }
        return told;
    }

    private Told copied(Traced running, SmallDisk disk, String name, RememberingServer east, RememberingServer west)
            throws Exception {
        running.freeze();
        disk.copyDevice(Files.createDirectory(folder.resolve(name)).resolve("disk.img"));
        awaitQuiet(east);
        awaitQuiet(west);
        final Told told = new Told(Memory.of(east), Memory.of(west));
        running.thaw();
        return told;
    }

    /** Its data are on the disk, and nothing else is. */
    private static Site siteOn(Path disk, Path home, AcdSimulator acd) throws Exception {
        final Site site = site(home, acd, "group, min-free: 8MiB");
        Files.createSymbolicLink(site.data(), Files.createDirectories(disk.resolve("data")));
        return site;
    }

    static void assumeCanRun() throws Exception {
        assumeTrue(ChildJvm.canRun("strace", "-V"), "strace is not installed");
        assumeTrue(ChildJvm.canRun("unshare", "-m", "true") && Traced.canFreeze(), "needs root");
    }

    private void cut(String sync, int runs, int images) throws Exception {
        assumeCanRun();
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed).traffic(2_000, 0);
        for (int run = 0; run < runs; run++) {
            try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(300), new SystemClock())) {
                final Path home = Files.createDirectory(folder.resolve("run-" + run));
                final Site site = site(home, acd, sync);
                final DiskHistory history = new DiskHistory(site.data(), home.resolve("trace"));
                final List<Told> told = watch(site, acd, history);
                for (int i = 0; i < images; i++) {
                    final int cut = 1 + random.nextInt(LOOKS);
                    final Path there = Files.createDirectory(home.resolve("image-" + i));
                    final Site after = site(there, acd, sync);
                    final String how = "seed " + seed + ", "
                            + history.image(cut, new Random(random.nextLong()), after.data()) + ", told "
                            + told.get(cut).east().records().last() + " and "
                            + told.get(cut).west().records().last();
                    try (Site.Running running = after.runUnder(bootedAnew(there))) {
                        if (sync.equals("group")) {
                            assertGoesOn(after, told.get(cut), null, how);
                        } else {
                            assertBeginsAnew(after, told.get(cut), how);
                        }
                        assertEquals(0, running.terminate(), how);
                    }
                }
            }
        }
    }

    private static Site site(Path home, AcdSimulator acd, String sync) throws Exception {
        return new Site(
                home,
                AcdDialect.OPAQUE_LINE.profile(),
                acd.leg(1).address().getPort(),
                acd.leg(2).address().getPort(),
                "journal: { sync: " + sync + " }");
    }

    /** What one server had been told. */
    private record Memory(String session, ToldRecords records) {
        static Memory of(RememberingServer server) {
            return new Memory(server.session(), server.records());
        }
    }

    /** What both had been told at one look. */
    private record Told(Memory east, Memory west) {}

    private List<Told> watch(Site site, AcdSimulator acd, DiskHistory history) throws Exception {
        final List<Told> told = new ArrayList<>();
        told.add(null);
        try (RememberingServer east = new RememberingServer("east", site.eastPort(), null).start();
                RememberingServer west = new RememberingServer("west", site.westPort(), null).start();
                Traced running = new Traced(site.launch(history.starter(), InstalledJava.thisOne()))) {
            await().until(() ->
                    acd.leg(1).connected() && acd.leg(2).connected() && east.connected() && west.connected());
            acd.resume();
            await().until(() -> west.last() > 100 && east.last() > 100);
            for (int look = 1; look <= LOOKS; look++) {
                LockSupport.parkNanos(2_000_000L + random.nextInt(30_000_000));
                running.freeze();
                history.look();
                // What had been sent is in the servers' sockets: they read it to the end.
                awaitQuiet(east);
                awaitQuiet(west);
                told.add(new Told(Memory.of(east), Memory.of(west)));
                running.thaw();
            }
            running.kill();
        }
        history.ended();
        return told;
    }

    private static void awaitQuiet(RememberingServer server) {
        final long[] before = {-1};
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(25)).until(() -> {
            final boolean quiet = server.last() == before[0];
            before[0] = server.last();
            return quiet;
        });
    }

    private static void awaitPaused(Site site) {
        await().ignoreExceptions().until(() -> site.legStates().equals(List.of("paused", "paused")));
    }

    /** A disk is full until both servers are there. */
    private void assertGoesOn(Site site, Told told, SmallDisk disk, String how) throws Exception {
        try (RememberingServer east = returning("east", site.eastPort(), told.east());
                RememberingServer west = returning("west", site.westPort(), told.west())) {
            if (disk != null) {
                await(how).until(() -> east.connected() && west.connected());
                disk.release();
            }
            // Before it come records that the disk has and the servers were not told. And the first answer of a new
            // process
            // can take its time on a machine with much to do.
            await(how)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertEquals(1, site.acd().get("gaps"), how));
            assertEquals(1, site.acd().get("generation"), how);
            final long then = ((Number) site.acd().get("sequence")).longValue();
            await(how).until(() -> {
                assertEquals(List.of(), east.rejections(), how);
                assertEquals(List.of(), west.rejections(), how);
                return east.last() > then + 500 && west.last() > then + 500;
            });
            assertEquals(1, site.acd().get("gaps"), how);
            final long oldest = ((Number) site.acd().get("oldest")).longValue();
            assertTrue(disk != null || oldest == 1, how);
            StoredStream.read(site.data(), oldest, east, west);
        }
    }

    private void assertBeginsAnew(Site site, Told told, String how) throws Exception {
        assertEquals(2, site.acd().get("generation"), how);
        try (RememberingServer east = returning("east", site.eastPort(), told.east())) {
            await(how).until(() -> !east.rejections().isEmpty());
            assertFalse(east.connected(), how);
        }
    }

    private static RememberingServer returning(String name, int port, Memory memory) {
        return new RememberingServer(name, port, null)
                .knowing(memory.session(), memory.records())
                .start();
    }

    /** In its own mount namespace another boot id can be shown to it. */
    static List<String> bootedAnew(Path there) throws Exception {
        final Path bootId = Files.writeString(there.resolve("boot_id"), "0d1c8f0e-7a45-4b3e-9c62-4b8a0f1d2e3c\n");
        final String shown = "mount --bind '" + bootId + "' /proc/sys/kernel/random/boot_id && exec \"$0\" \"$@\"";
        return List.of("unshare", "-m", "sh", "-c", shown);
    }
}
