package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AcdSettings;
import org.tandemgw.gateway.emulate.AcdSimulator;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.time.SystemClock;

/** A real {@code tandem run} with two associations of one switching function. */
@Timeout(600)
class CstaSiteTest {
    /** One leg's thread that gets no processor must not look like a leg that is dead: the other one is never far ahead. */
    private static final int FEW = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = AcdDialect.class,
            names = {"CSTA_XML", "CSTA_XML_SWITCH_FIRST"})
    void shouldGiveBothServersWhatTheAcdSaidThroughCuts(AcdDialect csta) throws Exception {
        final long seed = Long.getLong("tandem.seed", 20_261_122L);
        final int swaps = csta == AcdDialect.CSTA_XML ? 20 : 0;
        final AcdSettings settings = AcdSettings.listening(csta, seed)
                .traffic(2_000, 0)
                .asterisk(new AmiSettings("tandem", Site.PASSWORD, true, false))
                .manners(swaps, 0)
                .queue(FEW, true)
                .oracle(500_000, false);
        try (AcdSimulator acd = new AcdSimulator(settings, csta.traffic(settings), new SystemClock())) {
            final Site site = new Site(folder, csta, acd);
            try (Site.Running running = site.run();
                    TwoServers servers = new TwoServers(site, acd)) {
                servers.awaitConnected();
                await().until(() -> acd.leg(1).connected() && acd.leg(2).connected());
                acd.resume();
                awaitBothUp(site, seed);
                for (int cut = 0; cut < 6; cut++) {
                    final int leg = 1 + cut % 2;
                    final long before = acd.leg(leg).connections();
                    if (cut % 3 == 2) {
                        acd.leg(leg).truncate(); // in the middle of a message
                    } else {
                        acd.leg(leg).cut(cut % 3 == 0);
                    }
                    await().until(() -> acd.leg(leg).connections() > before);
                    awaitBothUp(site, seed);
                }
                acd.stop();
                await().until(() -> acd.leg(1).drained() && acd.leg(2).drained());
                final long produced = acd.oracle().produced();
                servers.awaitSequence(produced);
                final StreamComparison.Verdict verdict = servers.verdict();
                assertTrue(verdict.proved(), verdict + " seed " + seed);
                assertEquals(produced, verdict.received(), "seed " + seed);
                assertEquals(List.of(), verdict.breaks(), "seed " + seed);
                assertEquals(0, site.acd().get("gaps"), "seed " + seed);
                assertEquals(0, site.acd().get("discontinuities"), "seed " + seed);
                for (final Map<String, Object> leg : site.legs()) {
                    assertTrue((Integer) leg.get("localFrames") > 20, "snapshots: " + leg);
                }
                assertFalse(site.logs().contains(Site.PASSWORD));
                assertTrue(site.logs().contains("connections at 33 devices"), site.logs());
                assertEquals(0, running.terminate());
            }
        }
    }

    private static void awaitBothUp(Site site, long seed) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertEquals(List.of("up", "up"), site.legStates(), "seed " + seed));
    }
}
