package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A simulated contact centre and the table agree at every sequence: through transfers, conferences, changed ids, gaps, lists that
 * life overtakes, and restarts at any point.
 */
class DayOfAContactCentreTest {
    /** Days that are the same in each run of the quick tests; others are for the slow one. */
    private long seed = Long.getLong("tandem.seed", 20_261_122);

    @Test
    void shouldAgreeWithTheTruthForManyEvents() throws Exception {
        // C5, C6, C9: starts, segments and agents through any number of restarts.
        replayable(() -> {
            final OracleTable oracle = new OracleTable(seed);
            oracle.run(400_000, 5_000, 2_000);
            assertTrue(oracle.checkedSegments > oracle.segments / 3, oracle.checkedSegments + " of " + oracle.segments);
            for (final Count count : Count.values()) {
                final boolean rare = count == Count.GAVE_WAY || count.name().endsWith("KEPT") && count != Count.KEPT;
                assertTrue(rare || count == Count.LIVES_CUT || oracle.table.count(count) > 0, "never: " + count);
            }
        });
    }

    @Test
    void shouldGoOnAfterARestartAtAnyPoint() throws Exception {
        replayable(() -> {
            final OracleTable oracle = new OracleTable(seed);
            oracle.run(3_000, 1_000, 1_000);
            oracle.run(3_400, 1, 50);
        });
    }

    @Test
    @Tag("slow")
    void shouldAgreeWithTheTruthForTenMillionEvents() throws Exception {
        seed = Long.getLong("tandem.seed", System.nanoTime());
        replayable(() -> {
            for (int day = 0; day < 10; day++) {
                new OracleTable(seed + day).run(1_000_000, 2_000, 500);
            }
        });
    }

    private interface Story {
        void happens() throws Exception;
    }

    private void replayable(Story story) throws Exception {
        try {
            story.happens();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("replay with -Dtandem.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
