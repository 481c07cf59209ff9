package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The driver, its wires and a box that knows the truth, in simulated time: delays, losses, closes before, during and after the line end,
 * moves at the panel, power cycles, answers that come in the next exchange, stuck and missing cards, a box that is busy, mute or has
 * another password, one path or two, restarts and crashes of the driver.
 */
@Tag("chance")
class SwitchSimulationTest {
    private static final int LIVES = Integer.getInteger("tandem.lives", 250);

    @Test
    void shouldClaimNothingThatTheBoxContradictsAndSendNothingThatTheRulesForbid() {
        Long replay = Long.getLong("tandem.seed");
        // The quick run is the same each time, the long one tries something new.
        boolean isLongRun = "slow".equals(System.getProperty("tandem.tests"));
        long first = replay != null ? replay : isLongRun ? System.nanoTime() : 20_261_121L;
        for (int i = 0; i < (replay == null ? LIVES : 1); i++) {
            long seed = first + i;
            try {
                new SwitchSimulation(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e.getMessage() + "; replay with -Dtandem.seed=" + seed, e);
            }
        }
        System.out.println(SelectionOracle.selections + " selections from seed " + first + ", longest "
                + SelectionOracle.longestNs / 1_000_000_000 + " s: "
                + new java.util.TreeMap<>(SelectionOracle.OUTCOMES));
        assertTrue(replay != null || SelectionOracle.selections >= 4L * LIVES / 2);
    }
}
