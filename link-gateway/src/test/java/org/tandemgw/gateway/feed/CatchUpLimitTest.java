package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many old records a server that is behind is given. */
class CatchUpLimitTest {
    private static final long MS = 1_000_000L;

    private final AtomicLong readable = new AtomicLong();
    private long nowNs = 77;

    /** Permits taken in so many seconds by somebody who asks each 20 ms, while records come at this rate. */
    private long taken(CatchUpLimit limit, int seconds, long liveRate) {
        long count = 0;
        for (int i = 0; i < seconds * 50; i++) {
            nowNs += 20 * MS;
            readable.addAndGet(liveRate / 50);
            limit.fill(nowNs);
            while (limit.take()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void shouldGiveAsManyAsTheLimitSays() {
        assertEquals(500_000, taken(new CatchUpLimit(50_000, readable::get, nowNs), 10, 5_000), 1_000);
    }

    @Test
    void shouldGiveAsManyAsComeWhereTheLimitIsLess() {
        final CatchUpLimit limit = new CatchUpLimit(100, readable::get, nowNs);
        taken(limit, 2, 5_000);
        assertEquals(50_000, taken(limit, 10, 5_000), 500);
        taken(limit, 2, 0);
        assertEquals(1_000, taken(limit, 10, 0), 10, "and the limit again when nothing comes");
    }

    @Test
    void shouldGiveNoBurstAfterALongSilence() {
        final CatchUpLimit limit = new CatchUpLimit(1_000, readable::get, nowNs);
        nowNs += 3_600_000 * MS;
        limit.fill(nowNs);
        int count = 0;
        while (limit.take()) {
            count++;
        }
        assertEquals(100, count);
    }

    @Test
    void shouldGiveOneASecondWhereOneIsAllowed() {
        final long count = taken(new CatchUpLimit(1, readable::get, nowNs), 20, 0);
        assertTrue(count >= 19 && count <= 20, "it gave " + count);
    }
}
