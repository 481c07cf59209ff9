package org.tandemgw.gateway.switchover.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Healthy spans are left out of a simulated life to live more of it: nothing may depend on that. */
@Timeout(300)
class SkippedSpansTest {
    private static final int LIVES = 40;
    private static final int EPISODES = 5;

    @Test
    void shouldDecideTheSameWithAndWithoutThem() {
        final long first = Long.getLong("tandem.seed", 500_000);
        long leftOut = 0;
        for (long seed = first; seed < first + LIVES; seed++) {
            final SimTally tally = new SimTally();
            final SimLife skipping = live(seed, true, tally);
            final SimLife whole = live(seed, false, new SimTally());
            assertEquals(
                    String.join("\n", whole.trace.decided()),
                    String.join("\n", skipping.trace.decided()),
                    "seed " + seed);
            leftOut += tally.of("looks left out");
        }
        assertTrue(leftOut > 1_000 * LIVES, "only " + leftOut + " looks were left out");
    }

    private static SimLife live(long seed, boolean skip, SimTally tally) {
        final SimLife life = new SimLife(seed, SimSites::random, new SimOptions(SimCore.TRUE, skip, true, 0));
        new SimEpisodes(life).run(EPISODES);
        life.tandem.tally(tally);
        return life;
    }
}
