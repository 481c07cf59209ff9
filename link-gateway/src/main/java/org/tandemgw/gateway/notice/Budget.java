package org.tandemgw.gateway.notice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many notifications may still go out: at most ten in any ten minutes. Pure. */
final class Budget {
    static final int MOST = 10;
    static final long WITHIN_NS = Duration.ofMinutes(10).toNanos();

    private final Deque<Long> spentNs = new ArrayDeque<>(MOST);

    int left(long nowNs) {
        while (!spentNs.isEmpty() && nowNs - spentNs.peekFirst() > WITHIN_NS) {
            spentNs.removeFirst();
        }
        return MOST - spentNs.size();
    }

    void spend(long nowNs) {
        spentNs.addLast(nowNs);
    }
}
