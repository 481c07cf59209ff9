package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} is started, stopped, killed and started twice: rows A18, A21, D10. */
@Timeout(600)
class StartAndStopTest {
    @TempDir
    private Path folder;

    @Test
    void shouldEndWithStatusZeroOnSigterm() throws Exception {
        final Site site = idle();
        try (Site.Running running = site.run()) {
            assertEquals(0, running.terminate());
        }
        assertFalse(Files.exists(site.data().resolve("tandem.sock")), "nothing answers any more");
    }

    @Test
    void shouldRefuseASecondRunOnTheSameDataAndNameTheFirst() throws Exception {
        final Site site = idle();
        try (Site.Running running = site.run()) {
            Files.writeString(
                    site.file(),
                    Files.readString(site.file())
                            .replace(":" + site.eastPort(), ":" + Site.freePort())
                            .replace(":" + site.westPort(), ":" + Site.freePort()));
            final Site.Ended second = site.tandem("run", site.file().toString());
            assertEquals(2, second.status(), second.err());
            assertTrue(second.err().contains("process " + running.process().pid()), second.err());
            assertEquals("", second.out());
        }
    }

    @Test
    void shouldNameWhoHoldsAPort() throws Exception {
        final Site site = idle();
        try (ServerSocket holder = new ServerSocket(site.westPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            final Site.Ended refused = site.tandem("run", site.file().toString());
            assertEquals(2, refused.status(), refused.err());
            assertTrue(
                    refused.err().contains("127.0.0.1:" + holder.getLocalPort())
                            && refused.err()
                                    .contains(
                                            "process " + ProcessHandle.current().pid()),
                    refused.err());
        }
    }

    @Test
    void shouldStartWithoutAnAddressThatIsNotThereYet() throws Exception {
        final Site site = idle();
        Files.writeString(
                site.file(),
                Files.readString(site.file()).replace("127.0.0.1:" + site.westPort(), "192.0.2.9:" + site.westPort()));
        try (Site.Running running = site.run()) {
            await().until(() -> site.alarms().contains("addressMissing west"));
            assertEquals(0, running.terminate());
        }
    }

    @Test
    void shouldWriteExactlyOneGapPerRestartAndGoOnWithTheSameSequences() throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 5).traffic(1_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (TwoServers servers = new TwoServers(site, acd)) {
                for (int run = 0; run < 4; run++) {
                    try (Site.Running running = site.run()) {
                        servers.awaitConnected();
                        acd.resume();
                        final long before = servers.east().standing().frames();
                        await().until(() -> servers.east().standing().frames() > before + 300);
                        await().until(() -> site.legStates().equals(List.of("up", "up")));
                        if (run == 3) {
                            acd.stop();
                            await().until(() ->
                                    acd.leg(1).drained() && acd.leg(2).drained());
                            servers.awaitSequence(((Number) site.acd().get("sequence")).longValue());
                            assertEquals(3, site.acd().get("gaps"));
                            assertEquals(0, site.acd().get("discontinuities"), () -> servers.east()
                                    .notes()
                                    .toString());
                            final StreamComparison.Verdict verdict = servers.verdict();
                            assertTrue(verdict.proved(), verdict.toString());
                            assertEquals(3, verdict.breaks().size(), verdict.toString());
                            assertEquals(0, running.terminate());
                        } else if (run == 1) {
                            running.kill();
                        } else {
                            assertEquals(0, running.terminate());
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldKeepWhatOperatorsHaveTakenOutThroughARestart() throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 6).traffic(500, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run()) {
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                acd.resume();
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                assertDone(site.tandem(
                        "leg",
                        "busy-out",
                        "acd1",
                        "1",
                        "--reason",
                        "card is changed",
                        "--yes",
                        "-c",
                        site.file().toString()));
                await().until(() -> site.legStates().equals(List.of("busied-out", "up")));
                assertFalse(site.alarms().contains("legDown acd1/leg-1"), "an operator wanted it so");
                assertEquals(0, running.terminate());
            }
            try (Site.Running running = site.run()) {
                await().until(() -> site.legStates().equals(List.of("busied-out", "up")));
                final String file = site.file().toString();
                assertDone(site.tandem("-c", file, "leg", "release", "acd1", "1", "--reason", "done", "--yes"));
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                assertDone(site.tandem("-c", file, "acd", "pause", "acd1", "--reason", "window", "--yes"));
                await().until(() -> Boolean.TRUE.equals(site.acd().get("paused")));
                assertFalse(site.alarms().contains("linkLost acd1"));
                assertDone(site.tandem("-c", file, "leg", "busy-out", "acd1", "1", "--reason", "card", "--yes"));
                final Site.Ended released =
                        site.tandem("-c", file, "leg", "release", "acd1", "1", "--reason", "done", "--yes");
                assertDone(released);
                assertTrue(released.out().contains("when acd1 is resumed"), released.out());
                assertEquals(List.of("down", "down"), site.legStates(), "the ACD is paused");
                assertDone(site.tandem("-c", file, "acd", "resume", "acd1", "--reason", "done", "--yes"));
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                assertEquals(2, site.acd().get("gaps"), "the restart and the pause");
                final Site.Ended cat = site.tandem("-c", file, "journal", "cat", "acd1", "--from", "1", "--json");
                final List<String> marks = cat.out()
                        .lines()
                        .filter(line -> line.contains("\"kind\":\"mark\""))
                        .toList();
                assertEquals(2, marks.size(), marks.toString());
                assertTrue(marks.get(0).contains("window") && marks.get(1).contains("resume"), marks.toString());
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    void shouldRunOnTheNewestJavaThatIsInstalledToo() throws Exception {
        final Optional<Path> java = InstalledJava.newest();
        assumeTrue(java.isPresent(), "no Java newer than this one is installed");
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 7).traffic(2_000, 4_000);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run(java.get());
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                await().until(() -> site.legStates().equals(List.of("up", "up")));
                acd.resume();
                servers.awaitSequence(4_000);
                assertTrue(servers.verdict().proved());
                assertEquals(0, running.terminate());
            }
        }
    }

    private Site idle() throws Exception {
        return new Site(folder, "opaque-line", Site.freePort(), Site.freePort());
    }

    private static void assertDone(Site.Ended verb) {
        assertEquals(0, verb.status(), verb.out() + verb.err());
    }
}
