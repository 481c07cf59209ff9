package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.books.IntervalFile;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.outage.DiskHistory;
import org.tandemgw.gateway.outage.Traced;

/**
 * The power fails under a real {@code tandem run} around its first switchover: what is made again from the journal, with no snapshot, still says who was active when it began. Rows
 * A20, C7.
 */
class BooksAfterAPowerLossTest {
    private static final int LOOKS = 8;
    private static final int IMAGES = 4;

    private final long seed = Chance.seed();

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    @Timeout(900)
    void shouldStillSayWhoWasActiveWhenTheJournalBegan() throws Exception {
        PowerLossSiteTest.assumeCanRun();
        final Random random = new Random(seed);
        try (AcdSimulator acd = SwitchedSite.asterisk(seed)) {
            final Site site = site(folder, acd);
            final DiskHistory history = new DiskHistory(site.data(), folder.resolve("trace"));
            try (TwoServers servers = new TwoServers(site, acd);
                    Traced running = new Traced(site.launch(history.starter(), InstalledJava.thisOne()))) {
                servers.awaitConnected();
                acd.resume();
                for (int look = 1; look <= LOOKS; look++) {
                    if (look == LOOKS / 2) {
                        switchTo(site, "west");
                    }
                    running.freeze();
                    history.look();
                    running.thaw();
                }
                running.kill();
            }
            history.ended();
            for (int i = 0; i < IMAGES; i++) {
                final Path there = Files.createDirectory(folder.resolve("image-" + i));
                final Site after = site(there, acd);
                final String how = "seed " + seed + ", "
                        + history.image(i == 0 ? LOOKS : 1 + random.nextInt(LOOKS), random, after.data());
                assertEquals("1 east\n", Files.readString(after.data().resolve("calls/acd1/active-at-first")), how);
                if (i == 0) {
                    madeAgain(after, there, how);
                }
            }
        }
    }

    /** From the first record on: no snapshot, no statistics. */
    private static void madeAgain(Site site, Path there, String how) throws Exception {
        for (final Path gone :
                List.of(site.data().resolve("calls/acd1/1"), site.data().resolve(IntervalFile.FOLDER))) {
            try (Stream<Path> files = Files.walk(gone)) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(site.data().resolve("calls/acd1/intervals.last"));
        try (Site.Running running = site.runUnder(PowerLossSiteTest.bootedAnew(there))) {
            final List<IntervalFile.Row> rows = new ArrayList<>();
            await(how).until(() -> {
                rows.clear();
                IntervalFile.read(site.data(), "acd1", Long.MIN_VALUE, Long.MAX_VALUE, rows::add);
                return !rows.isEmpty();
            });
            assertEquals("west", site.status().get("active"), how);
            assertEquals("east", rows.get(0).server(), how);
            assertEquals("start", rows.get(0).began(), how);
            assertEquals(0, running.terminate(), how);
        }
    }

    private static void switchTo(Site site, String server) {
        final ControlClient client = new ControlClient(site.data().resolve("tandem.sock"), 30_000);
        await().atMost(Duration.ofSeconds(120)).until(() -> {
            if (server.equals(site.status().get("active"))) {
                return true;
            }
            client.post("/v1/switch/" + server, "jd", "because of a test");
            return false;
        });
    }

    private static Site site(Path home, AcdSimulator acd) throws Exception {
        return new Site(
                home,
                AcdDialect.ASTERISK_AMI,
                acd,
                AcdDialect.ASTERISK_AMI.profile(),
                "switchover: { mode: manual, initial: east, fence: none, hold-down: 0s }");
    }
}
