package org.tandemgw.gateway.switchover.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All chance of one simulated life. Two kinds: {@link #below} and its kin give the next number of a sequence; {@link #at} depends on
 * nothing but the seed, the source and the time, so that a look that is skipped changes no look after it.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final SplittableRandom sequence;

    Dice(long seed) {
        this.seed = mix(seed + GOLDEN);
        this.sequence = new SplittableRandom(this.seed);
    }

    int below(int bound) {
        return sequence.nextInt(bound);
    }

    /** From {@code from} to {@code to}, both included. */
    long between(long from, long to) {
        return from + sequence.nextLong(to - from + 1);
    }

    boolean oneIn(int n) {
        return sequence.nextInt(n) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(sequence.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[sequence.nextInt(choices.length)];
    }

    /** A number from 0 to {@code bound - 1} that belongs to this source at this time. */
    int at(int source, long atMs, int bound) {
        long mixed = mix(seed ^ mix(atMs * GOLDEN + source));
        return (int) Long.remainderUnsigned(mixed, bound);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
