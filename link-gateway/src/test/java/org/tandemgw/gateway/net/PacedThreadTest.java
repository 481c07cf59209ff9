package org.tandemgw.gateway.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

/** When a thread that moves frames takes what there is, and when it lets some more come first. */
class PacedThreadTest {
    private static final long MS = 1_000_000;
    private static final long SHORT_NS = PacedSelect.MUCH_NS / 10;

    private long nowNs = 7;
    private long naps;
    private final PacedSelect pace = new PacedSelect(() -> nowNs, ns -> {
        naps++;
        nowNs += ns;
    });

    @Test
    void shouldTakeALoneFrameAtOnce() throws Exception {
        for (int frame = 0; frame < 100; frame++) {
            nowNs += 3 * MS;
            assertEquals(SelectStrategy.SELECT, pace.calculateStrategy(() -> 0, false));
        }
        assertEquals(0, naps);
    }

    @Test
    void shouldWakeUpAThousandTimesASecondHoweverManyFramesCome() throws Exception {
        final long everyNs = MS / 20;
        long frames = 0;
        int passes = 0;
        while (nowNs < 1_000 * MS) {
            final long came = nowNs / everyNs;
            final boolean ready = came > frames;
            if (pace.calculateStrategy(() -> ready ? 1 : 0, false) == SelectStrategy.SELECT) {
                nowNs = Math.max(nowNs, (nowNs / everyNs + 1) * everyNs);
            }
            passes++;
            frames = nowNs / everyNs;
            nowNs += SHORT_NS;
        }
        assertTrue(passes > 900 && passes <= 1_001, "passes: " + passes);
        assertTrue(frames >= 19_000, "frames: " + frames);
    }

    @Test
    void shouldNotWaitBehindAPassThatHadMuchToDo() throws Exception {
        pace.calculateStrategy(() -> 1, true);
        for (int pass = 0; pass < 100; pass++) {
            nowNs += PacedSelect.MUCH_NS;
            assertEquals(1, pace.calculateStrategy(() -> 1, false));
        }
        assertEquals(0, naps);
    }

    @Test
    void shouldNotWaitWhileSomethingIsLeftToDo() throws Exception {
        for (int pass = 0; pass < 100; pass++) {
            nowNs += SHORT_NS;
            assertEquals(0, pace.calculateStrategy(() -> 0, true));
        }
        assertEquals(0, naps);
    }
}
