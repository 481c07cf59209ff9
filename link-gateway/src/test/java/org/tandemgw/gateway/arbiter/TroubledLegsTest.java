package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.sim.Mix;
import org.tandemgw.gateway.arbiter.sim.TroubledRun;
import org.tandemgw.gateway.arbiter.sim.TroubledRun.Trouble;

/** Cuts of both legs, restarts, resends, half-open legs, damage and frames left out: every hole is marked, nothing repeats. */
class TroubledLegsTest {
    private static final int FRAMES = 20_000;
    private static final int TROUBLE_EVERY = 1_500;

    @Test
    void shouldMarkEveryHoleWhateverHappens() {
        run(Long.getLong("tandem.seed", 20_261_121L), 4, 0);
    }

    /** What was once lost or repeated without a mark. */
    @Test
    void shouldMarkWhatWasNotMarkedOnce() {
        final Set<Trouble> all = EnumSet.allOf(Trouble.class);
        final Set<Trouble> cutAndHalfOpen = EnumSet.of(Trouble.CUT, Trouble.HALF_OPEN);
        runOnce(all, Mix.CALLS_LATE, 739_518_693_365L);
        runOnce(all, Mix.EVERYTHING_AT_ONCE, 739_518_693_365L);
        runOnce(all, Mix.CALLS_SWAPPED, 7_100_034);
        runOnce(all, Mix.MOSTLY_HEARTBEATS, 7_100_034);
        runOnce(cutAndHalfOpen, Mix.EVERYTHING_AT_ONCE, 7_100_009);
        runOnce(cutAndHalfOpen, Mix.CALLS_SWAPPED, 7_100_170);
        runOnce(EnumSet.of(Trouble.RESTART), Mix.EVERYTHING_AT_ONCE, 7_100_243);
        runOnce(EnumSet.of(Trouble.CUT), Mix.CALLS_SWAPPED, 500_233);
        runOnce(EnumSet.of(Trouble.CUT), Mix.SOME_HEARTBEATS_LATE, 7_000_044);
        runOnce(EnumSet.of(Trouble.SOURCE_DROP), Mix.EVERYTHING_AT_ONCE, 500_136);
        runOnce(EnumSet.of(Trouble.SOURCE_DROP), Mix.MOSTLY_HEARTBEATS, 7_100_016);
    }

    /**
     * A resend that begins with two heartbeats and then has what no leg had brought before an older gap: nobody can know that
     * it is old until it comes to what was brought. From there on it is marked.
     */
    @Test
    void shouldMarkARepeatBehindWhatAnOlderGapHid() {
        final TroubledRun run = new TroubledRun(
                        Mix.MANY_HEARTBEATS,
                        FRAMES,
                        TROUBLE_EVERY,
                        EnumSet.allOf(Trouble.class),
                        7_100_030,
                        ArbiterSettings.defaults())
                .run();
        assertEquals(0, run.oracle.lost + run.oracle.extra + run.oracle.looseGaps(), run.toString());
        assertTrue(run.oracle.disordered < 200, run.toString());
    }

    private static void runOnce(Set<Trouble> kind, Mix mix, long seed) {
        final TroubledRun run =
                new TroubledRun(mix, FRAMES, TROUBLE_EVERY, kind, seed, ArbiterSettings.defaults()).run();
        assertTrue(run.isClean(), kind + " " + run);
    }

    @Test
    @Tag("slow")
    void shouldMarkEveryHoleForManySeeds() {
        run(Long.getLong("tandem.seed", ThreadLocalRandom.current().nextLong(1L << 40)), 100, 3);
    }

    private static void run(long firstSeed, int seeds, int lateTolerated) {
        final List<Set<Trouble>> kinds = new ArrayList<>();
        for (final Trouble trouble : Trouble.values()) {
            kinds.add(EnumSet.of(trouble));
        }
        kinds.add(EnumSet.of(Trouble.CUT, Trouble.CUT_BOTH));
        kinds.add(EnumSet.of(Trouble.CUT, Trouble.HALF_OPEN));
        kinds.add(EnumSet.allOf(Trouble.class));
        int runs = 0;
        int late = 0;
        for (final Set<Trouble> kind : kinds) {
            long frames = 0;
            int heartbeats = 0;
            int gaps = 0;
            int discontinuities = 0;
            for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                for (final Mix mix : Mix.values()) {
                    final TroubledRun run =
                            new TroubledRun(mix, FRAMES, TROUBLE_EVERY, kind, seed, ArbiterSettings.defaults()).run();
                    runs++;
                    final String what = kind + " " + run + " -Dtandem.seed=" + seed;
                    assertEquals(0, run.oracle.lost + run.oracle.extra + run.oracle.looseGaps(), what);
                    if (!run.isClean()) {
                        late++;
                        System.out.println(what);
                    }
                    frames += FRAMES;
                    heartbeats += run.oracle.lostDull + run.oracle.extraDull;
                    gaps += run.oracle.gaps;
                    discontinuities += run.oracle.discontinuities;
                }
            }
            System.out.printf(
                    "%s: %,d frames, %d gaps, %d discontinuities, %d heartbeats taken for their neighbours, seeds from %d%n",
                    kind, frames, gaps, discontinuities, heartbeats, firstSeed);
            if (kind.equals(EnumSet.of(Trouble.PAUSE_OF_ACD))) {
                assertEquals(0, gaps + discontinuities, kind.toString());
            }
            // A heartbeat that one leg's source left out or damaged may be taken for the next equal one: rare, never a
            // call.
            assertTrue(heartbeats * 10_000L <= frames, kind + " " + heartbeats);
        }
        // What is known to remain: docs/adr/0004-arbitration-by-place.md.
        assertTrue(late <= lateTolerated, late + " of " + runs + " runs, seeds from " + firstSeed);
    }
}
