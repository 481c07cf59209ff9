package org.tandemgw.abswitch;

import java.util.ArrayDeque;

/**
 * Frames on one line whose answer has not come and may still come: each brings one answer at most, and none later than the profile's
 * {@code timing.late}. While n are owed, n + 1 agreeing answers are needed before one of them is known to be new.
 */
final class Owed {
    private final ArrayDeque<Long> sentAtNs = new ArrayDeque<>();
    private final long lateNs;

    Owed(long lateNs) {
        this.lateNs = lateNs;
    }

    void sent(long nowNs) {
        forget(nowNs);
        sentAtNs.addLast(nowNs);
    }

    /** An answer came; to which frame does not matter. */
    void came() {
        sentAtNs.pollFirst();
    }

    /** How many may still come. Bounded, since frames are sent a gap apart and are forgotten. */
    int count(long nowNs) {
        forget(nowNs);
        return sentAtNs.size();
    }

    private void forget(long nowNs) {
        while (!sentAtNs.isEmpty() && nowNs - sentAtNs.peekFirst() > lateNs) {
            sentAtNs.pollFirst();
        }
    }
}
