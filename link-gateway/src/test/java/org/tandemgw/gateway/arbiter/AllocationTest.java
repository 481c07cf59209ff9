package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.sim.SimulatedAcd;

/** With both legs up, arbitration leaves nothing for the garbage collector. */
class AllocationTest {
    private static final int FRAMES = 200_000;

    @Test
    void shouldAllocateNothingPerFrameWhileBothLegsAreUp() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final CountingSink sink = new CountingSink();
        final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), sink);
        arbiter.connected(1, 0, 0);
        bring(arbiter, 1, 0, 100);
        arbiter.connected(2, 0, 0);
        bring(arbiter, 2, 50, 100);
        for (int warm = 1; warm <= 3; warm++) {
            bringBoth(arbiter, warm * FRAMES);
        }
        long least = Long.MAX_VALUE;
        for (int again = 4; again <= 6; again++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            bringBoth(arbiter, again * FRAMES);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(LegState.UP, arbiter.leg(1).state());
        assertEquals(LegState.UP, arbiter.leg(2).state());
        assertEquals(100L + 6L * FRAMES, sink.frames);
        assertEquals(0, least, "bytes for " + 2 * FRAMES + " frames");
    }

    private static void bringBoth(LineArbiter arbiter, int from) {
        for (int i = from; i < from + FRAMES; i += 10) {
            bring(arbiter, 1, i, i + 10);
            bring(arbiter, 2, i, i + 10);
            arbiter.tick(i, i);
        }
    }

    private static void bring(LineArbiter arbiter, int leg, int from, int to) {
        for (int i = from; i < to; i++) {
            arbiter.frame(
                    leg, SimulatedAcd.keyHi(i), SimulatedAcd.keyLo(i), false, CountingSink.BYTES, 0, 256, -1, i, i);
        }
    }

    private static final class CountingSink implements StreamSink {
        static final byte[] BYTES = new byte[256];
        long frames;

        @Override
        public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long sequence) {
            frames++;
        }

        @Override
        public void gap(long fromNs, long toNs, int legs, String why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void discontinuity(long atNs, int legs, String why) {
            throw new IllegalStateException(why);
        }
    }
}
