package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.sim.IdleLegRun;
import org.tandemgw.gateway.arbiter.sim.Mix;

/** Legs that return at busy and at idle moments of a feed that is fast, slow and silent by turns; one leg always lives. */
class IdleFeedTest {
    private static final int FRAMES = 10_000;
    private static final int CUT_EVERY_MS = 1_000;
    private static final int[] LAGS_MS = {0, 20, 200, 900, 3_000};

    @Test
    void shouldLoseAndRepeatNothing() {
        runAll(Long.getLong("tandem.seed", 20_261_121L), 1);
    }

    @Test
    @Tag("slow")
    void shouldDoSoForManySeeds() {
        runAll(Long.getLong("tandem.seed", ThreadLocalRandom.current().nextLong(1L << 40)), 30);
    }

    private static void runAll(long firstSeed, int seeds) {
        long cuts = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            for (final int lagMs : LAGS_MS) {
                for (final Mix mix : Mix.values()) {
                    final IdleLegRun run = new IdleLegRun(mix, FRAMES, CUT_EVERY_MS, lagMs, seed).run();
                    final String what = mix + " lag " + lagMs + " ms " + run + " -Dtandem.seed=" + seed;
                    assertEquals(0, run.oracle.lost + run.oracle.lostDull, what);
                    assertEquals(0, run.oracle.extra + run.oracle.extraDull, what);
                    assertEquals(0, run.oracle.disordered, what);
                    assertEquals(0, run.oracle.gaps + run.oracle.discontinuities, what);
                    cuts += run.cuts;
                }
            }
        }
        System.out.printf("idle feeds: %,d cuts, seeds from %d%n", cuts, firstSeed);
        assertTrue(cuts >= 10_000L * seeds, cuts + " cuts");
    }
}
