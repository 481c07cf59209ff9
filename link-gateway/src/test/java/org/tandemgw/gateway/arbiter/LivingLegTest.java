package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.sim.LivingLegRun;
import org.tandemgw.gateway.arbiter.sim.Mix;

/** Legs are cut thousands of times; as long as one that is up remains, the stream is perfect and nothing is excused. */
class LivingLegTest {
    private static final int FRAMES_PER_MIX = 640_000;
    private static final int CUT_EVERY = 1_000;
    private static final long FIXED_SEED = 20_261_121L;

    @Test
    void shouldLoseAndRepeatNothingWhileOneLegLives() {
        final long seed = Long.getLong("tandem.seed", FIXED_SEED);
        runAllMixes(seed, FRAMES_PER_MIX, 5_000_000, 2_500);
    }

    @Test
    void shouldDoSoWithAFreshSeed() {
        final long seed =
                Long.getLong("tandem.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        runAllMixes(seed, 60_000, 400_000, 200);
    }

    @Test
    @Tag("slow")
    void shouldDoSoTenTimesAsLong() {
        final long seed =
                Long.getLong("tandem.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        for (int i = 0; i < 10; i++) {
            runAllMixes(seed + i, FRAMES_PER_MIX, 5_000_000, 2_500);
        }
    }

    private static void runAllMixes(long seed, int framesPerMix, int leastFrames, int leastCuts) {
        int cuts = 0;
        long forced = 0;
        for (final Mix mix : Mix.values()) {
            final LivingLegRun run =
                    new LivingLegRun(mix, framesPerMix, CUT_EVERY, seed, ArbiterSettings.defaults()).run();
            System.out.println(run);
            final String what = run + " -Dtandem.seed=" + seed;
            assertEquals(0, run.oracle.lost + run.oracle.lostDull, what);
            assertEquals(0, run.oracle.extra + run.oracle.extraDull, what);
            assertEquals(0, run.oracle.disordered, what);
            assertEquals(0, run.oracle.gaps, what);
            assertEquals(0, run.oracle.discontinuities, what);
            cuts += run.cuts;
            forced += run.forcedEnds();
        }
        assertTrue(framesPerMix * Mix.values().length >= leastFrames, "too few frames");
        assertTrue(cuts >= leastCuts, "only " + cuts + " cuts");
        assertTrue(forced * 100 <= cuts, forced + " forced ends in " + cuts + " cuts");
    }
}
