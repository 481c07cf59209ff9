package org.tandemgw.gateway.leg;

import java.util.Random;

/** When to dial again: at most 250 ms after the first failure, doubling to 5 s, with jitter. Pure. */
final class Redial {
    static final long FIRST_MS = 250;
    static final long LONGEST_MS = 5_000;

    private final Random random;
    private int failures;

    Redial(Random random) {
        this.random = random;
    }

    /** Another attempt has failed or another session has ended: how long to wait, in ms. */
    long nextDelayMs() {
        final long ceiling = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        failures++;
        return ceiling / 2 + random.nextInt((int) (ceiling / 2) + 1);
    }

    /** A session has proved to be good: the next failure is a first one. */
    void succeeded() {
        failures = 0;
    }
}
