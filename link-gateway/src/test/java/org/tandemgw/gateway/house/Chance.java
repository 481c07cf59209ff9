package org.tandemgw.gateway.house;

/**
 * Where a test that uses chance begins. The quick run is the same each time, so that it fails for a reason and not for bad luck; the
 * long run ({@code ./tandem test slow}) tries something new each time, also with the quick tests tagged {@code chance}. Any test:
 * {@code -Dtandem.seed=N}.
 */
public final class Chance {
    private static final long FIXED = 20_261_121L;

    private Chance() {}

    /** The seed of this run. Whoever uses it tells it when a test fails. */
    public static long seed() {
        return Long.getLong("tandem.seed", isLongRun() ? System.nanoTime() : FIXED);
    }

    /** Whether this is the run of the slow tests. */
    public static boolean isLongRun() {
        return "slow".equals(System.getProperty("tandem.tests"));
    }
}
