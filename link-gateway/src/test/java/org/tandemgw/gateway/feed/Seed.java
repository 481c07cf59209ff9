package org.tandemgw.gateway.feed;

import java.util.Random;
import org.tandemgw.gateway.house.Chance;

/** Randomness that can be replayed: {@code -Dtandem.seed=N}. */
final class Seed {
    final long value = Chance.seed();

    Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "replay with -Dtandem.seed=" + value;
    }
}
