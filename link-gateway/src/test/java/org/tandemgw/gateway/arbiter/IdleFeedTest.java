package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
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

    /** A lag that rises above a second at once looks like a leg that is half open: marked, and nothing lost. */
    @Test
    void shouldOnlyMarkWhatItTakesForHalfOpen() {
        for (final long seed : new long[] {1_098_079_085_885L, 1_098_079_085_962L}) {
            assertTrue(marks(new IdleLegRun(Mix.CALLS_ONLY, FRAMES, CUT_EVERY_MS, 3_000, seed), "seed " + seed) > 0);
        }
    }

    private static void runAll(long firstSeed, int seeds) {
        final long halfOpenMs = ArbiterSettings.defaults().halfOpenNs() / 1_000_000;
        final Set<Long> takenForHalfOpen = new TreeSet<>();
        long cuts = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            for (final int lagMs : LAGS_MS) {
                for (final Mix mix : Mix.values()) {
                    final String what = mix + " lag " + lagMs + " ms -Dtandem.seed=" + seed;
                    final IdleLegRun run = new IdleLegRun(mix, FRAMES, CUT_EVERY_MS, lagMs, seed);
                    if (marks(run, what) > 0) {
                        assertTrue(lagMs > halfOpenMs, what + " " + run);
                        takenForHalfOpen.add(seed);
                    }
                    cuts += run.cuts;
                }
            }
        }
        System.out.printf(
                "idle feeds: %,d cuts, seeds from %d, with a leg taken for half open: %s%n",
                cuts, firstSeed, takenForHalfOpen);
        assertTrue(cuts >= 10_000L * seeds, cuts + " cuts");
        // One seed in seventy: docs/adr/0004-arbitration-by-place.md.
        assertTrue(takenForHalfOpen.size() * 6 < seeds || takenForHalfOpen.isEmpty(), takenForHalfOpen.toString());
    }

    /** Runs it: nothing lost, repeated or out of order. Returns how many marks that need not be. */
    private static int marks(IdleLegRun run, String what) {
        run.run();
        assertEquals(0, run.oracle.lost + run.oracle.lostDull, () -> what + " " + run);
        assertEquals(0, run.oracle.extra + run.oracle.extraDull, () -> what + " " + run);
        assertEquals(0, run.oracle.disordered, () -> what + " " + run);
        assertEquals(0, run.oracle.looseGaps(), () -> what + " " + run);
        return run.oracle.gaps + run.oracle.discontinuities;
    }
}
