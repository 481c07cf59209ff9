package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The driver, its wires and a box that knows the truth, in simulated time: delays, losses, closes before, during and after the line end,
 * moves at the panel, power cycles, answers that come in the next exchange, stuck and missing cards, a box that is busy, mute or has
 * another password, one path or two, restarts and crashes of the driver.
 */
class SwitchSimulationTest {
    private static final int LIVES = Integer.getInteger("tandem.lives", 250);

    @Test
    void shouldClaimNothingThatTheBoxContradictsAndSendNothingThatTheRulesForbid() {
        Long replay = Long.getLong("tandem.seed");
        long first = replay == null ? System.nanoTime() : replay;
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
