package org.tandemgw.gateway.net;

import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How a thread that moves frames waits for more. A frame that comes alone is taken at once. Where they come by the thousand a second the thread would wake
 * up for each, and most of its time would go into falling asleep: then it takes what came within a beat of a millisecond together. A pass that had much
 * to do is followed by the next one at once, and so is one that left something to do.
 *
 * <p>One per event loop, used by its thread.
 */
public final class PacedSelect implements SelectStrategy {
    /** The strategy of each loop of a group. */
    public static final SelectStrategyFactory FACTORY = () -> new PacedSelect(System::nanoTime, LockSupport::parkNanos);

    /** Short beside what people and servers notice, long beside what waking up takes. */
    static final long BEAT_NS = 1_000_000;
    /** A pass that took so long had a batch of its own. */
    static final long MUCH_NS = BEAT_NS / 4;

    private final LongSupplier nanoTime;
    private final LongConsumer nap;
    private long waitedNs;
    private long begunNs;
    private boolean beginKnown;

    PacedSelect(LongSupplier nanoTime, LongConsumer nap) {
        this.nanoTime = nanoTime;
        this.nap = nap;
        this.waitedNs = nanoTime.getAsLong() - BEAT_NS;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (!hasTasks) {
            final long nowNs = nanoTime.getAsLong();
            final long restNs = waitedNs + BEAT_NS - nowNs;
            if (restNs > 0 && !(beginKnown && nowNs - begunNs >= MUCH_NS)) {
                nap.accept(restNs);
            }
        }
        final int ready = selectNow.get();
        waitedNs = nanoTime.getAsLong();
        begunNs = waitedNs;
        beginKnown = hasTasks || ready > 0;
        return beginKnown ? ready : SELECT;
    }
}
