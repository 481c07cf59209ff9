package org.tandemgw.gateway.leg;

import java.util.Random;

/**
 * When to dial again: at most 250 ms after the first failure, doubling to 5 s, with jitter. An ACD that refused our login is left alone for longer:
 * many lock out whoever keeps asking. Pure.
 */
final class Redial {
    static final long FIRST_MS = 250;
    static final long LONGEST_MS = 5_000;
    static final long FIRST_REFUSED_MS = 5_000;
    static final long LONGEST_REFUSED_MS = 60_000;

    private final Random random;
    private int failures;
    private int refusals;
    private boolean refused;

    Redial(Random random) {
        this.random = random;
    }

    /** Another attempt has failed or another session has ended: how long to wait, in ms. */
    long nextDelayMs() {
        final long ceiling = refused
                ? Math.min(LONGEST_REFUSED_MS, FIRST_REFUSED_MS << Math.min(refusals++, 10))
                : Math.min(LONGEST_MS, FIRST_MS << Math.min(failures++, 10));
        refused = false;
        return ceiling / 2 + random.nextInt((int) (ceiling / 2) + 1);
    }

    /** A session has proved to be good: the next failure is a first one. */
    void succeeded() {
        failures = 0;
        refusals = 0;
    }

    /** The ACD has refused our login: the next delay is a long one. */
    void refused() {
        refused = true;
    }
}
