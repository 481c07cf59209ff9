package org.tandemgw.gateway.arbiter;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread writes and any thread reads; no fence, no allocation. */
final class Tally {
    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.setOpaque(value.getPlain() + more);
    }

    void set(long now) {
        value.setOpaque(now);
    }

    long get() {
        return value.getOpaque();
    }
}
