package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.CallTraffic;
import org.tandemgw.gateway.emulate.FrameSource;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.time.SystemClock;

/** Cables are pulled from a real {@code tandem run}: rows A1, A2, A3, A20. */
@Tag("chance")
@Timeout(600)
class PulledCableTest {
    private static final int FRAMES = Chance.isLongRun() ? 200_000 : 50_000;
    private static final int CUTS = Chance.isLongRun() ? 50 : 16;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepBothServersCompleteThroughManyCuts() throws Exception {
        final long seed = Chance.seed();
        final AcdSettings settings = AcdSettings.listening(AcdDialect.OPAQUE_LINE, seed)
                .traffic(8_000, 0)
                .manners(20, 0)
                .oracle(4 * FRAMES, false);
        try (AcdSimulator acd = new AcdSimulator(settings, new CallTraffic(seed)::next, new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                awaitBothConnected(acd);
                acd.resume();
                awaitBothUp(site, seed);
                for (int cut = 0; cut < CUTS; cut++) {
                    final int leg = 1 + cut % 2;
                    final long before = acd.leg(leg).connections();
                    acd.leg(leg).cut(cut % 3 == 0);
                    await().until(() -> acd.leg(leg).connections() > before);
                    awaitBothUp(site, seed);
                }
                await().until(() -> acd.oracle().produced() >= FRAMES);
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                final long produced = acd.oracle().produced();
                servers.awaitSequence(produced);
                await().until(() -> bothAtParity(site));

                final StreamComparison.Verdict verdict = servers.verdict();
                assertTrue(verdict.proved(), verdict + " seed " + seed);
                assertEquals(produced, verdict.received(), "seed " + seed);
                assertEquals(List.of(), verdict.breaks(), "seed " + seed);
                assertEquals(0, site.acd().get("gaps"), "seed " + seed);
                assertEquals(0, site.acd().get("discontinuities"), "seed " + seed);
                assertTrue(produced >= FRAMES && acd.leg(1).cuts() + acd.leg(2).cuts() >= CUTS);
                assertEquals(0, running.terminate());
            }
        }
    }

    /** Both have everything, as TCP says, and the status knows. */
    private static boolean bothAtParity(Site site) throws Exception {
        final Object sequence = site.acd().get("sequence");
        return site.feeds().stream()
                .allMatch(feed -> "atParity".equals(feed.get("parity"))
                        && Integer.valueOf(0).equals(feed.get("parityMs"))
                        && sequence.equals(feed.get("acknowledged"))
                        && sequence.equals(feed.get("hold")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque-line", "opaque-length"})
    void shouldWriteExactlyOneGapWhenBothCablesAreOut(String dialect) throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.of(dialect), 1).traffic(1_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, FrameSource.numbered(60), new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.of(dialect), acd);
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                awaitBothConnected(acd);
                acd.resume();
                awaitBothUp(site, 1);
                await().until(() -> acd.oracle().produced() > 500);

                acd.leg(1).refuse(true);
                acd.leg(2).refuse(true);
                acd.leg(1).cut(false);
                acd.leg(2).cut(false);
                await().until(() -> site.alarms().contains("linkLost acd1"));
                final long lastBefore = servers.east().standing().last();
                final long producedWhileDown = acd.oracle().produced();
                await().until(() -> acd.oracle().produced() > producedWhileDown + 300);
                acd.leg(2).refuse(false);
                await().until(() -> !site.alarms().contains("linkLost acd1"));
                acd.leg(1).refuse(false);
                awaitBothUp(site, 1);
                await().until(() -> site.alarms().contains("gap acd1"));
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                await().until(() -> ((Number) site.acd().get("sequence")).longValue() > lastBefore);
                servers.awaitSequence(((Number) site.acd().get("sequence")).longValue());

                assertEquals(1, site.acd().get("gaps"));
                assertEquals(0, site.acd().get("discontinuities"));
                assertEquals(1, servers.east().notes().size(), () -> servers.east()
                        .notes()
                        .toString());
                final StreamComparison.Verdict verdict = servers.verdict();
                assertTrue(verdict.proved(), verdict.toString());
                assertEquals(1, verdict.breaks().size(), verdict.toString());
                assertEquals(0, verdict.breaks().get(0).carried(), "nothing inside the gap was ever read");
                await().until(() -> !site.alarms().contains("gap acd1"));
                assertEquals(0, running.terminate());
            }
        }
    }

    @Test
    void shouldGoOnWithTheOtherLegWhenOneGoesSilentWithoutClosing() throws Exception {
        final AcdSettings settings =
                AcdSettings.listening(AcdDialect.OPAQUE_LINE, 3).traffic(1_000, 0);
        try (AcdSimulator acd = new AcdSimulator(settings, new CallTraffic(3)::next, new SystemClock())) {
            final Site site = new Site(folder, AcdDialect.OPAQUE_LINE, acd);
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                awaitBothConnected(acd);
                acd.resume();
                awaitBothUp(site, 3);
                await().until(() -> acd.oracle().produced() > 200);
                acd.leg(1).halfOpen(true);
                acd.leg(1).cut(true); // what comes back is accepted and says nothing
                final long then = acd.oracle().produced();
                await().until(() -> site.alarms().contains("legSilent acd1/leg-1"));
                await().until(() -> servers.west().standing().frames() > then + 1_000);
                acd.leg(1).halfOpen(false);
                awaitBothUp(site, 3);
                await().until(() -> !site.alarms().contains("legSilent acd1/leg-1"));
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                servers.awaitSequence(acd.oracle().produced());
                final StreamComparison.Verdict verdict = servers.verdict();
                assertTrue(verdict.proved(), verdict.toString());
                assertEquals(List.of(), verdict.breaks());
                assertEquals(0, running.terminate());
            }
        }
    }

    private static void awaitBothConnected(AcdSimulator acd) {
        await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
    }

    private static void awaitBothUp(Site site, long seed) {
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates(), "seed " + seed));
    }
}
