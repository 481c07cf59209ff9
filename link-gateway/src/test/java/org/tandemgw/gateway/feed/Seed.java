package org.tandemgw.gateway.feed;

import java.util.Random;

/** Randomness that can be replayed: {@code -Dtandem.seed=N}. */
final class Seed {
    final long value = Long.getLong("tandem.seed", System.nanoTime());

    Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "replay with -Dtandem.seed=" + value;
    }
}
