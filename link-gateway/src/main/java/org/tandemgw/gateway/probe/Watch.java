package org.tandemgw.gateway.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.time.Clock;

/** One probe, or one place in the network, watched: the next look begins some time after the last one has ended, never two at once on one path. On the loop only. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final EventLoop loop;
    private final Clock clock;
    private final Rhythm rhythm;
    private final long timeoutMs;
    private final Looker main;
    private final Looker second;
    private final BiConsumer<Boolean, Look> told;
    private ScheduledFuture<?> next;
    private Attempt looking;
    private Attempt lookingSecond;
    private boolean again;
    private long pauseMs;
    private boolean closed;

    /**
     * Looks at nothing before {@link #start}.
     *
     * @param second the second path, or null
     * @param told whether it was the second path, and what was seen
     */
    Watch(
            EventLoop loop,
            Clock clock,
            Rhythm rhythm,
            long timeoutMs,
            Looker main,
            Looker second,
            BiConsumer<Boolean, Look> told) {
        this.loop = loop;
        this.clock = clock;
        this.rhythm = rhythm;
        this.timeoutMs = timeoutMs;
        this.main = main;
        this.second = second;
        this.told = told;
    }

    void start(long firstMs) {
        next = loop.schedule(this::look, firstMs, TimeUnit.MILLISECONDS);
    }

    /** Out of the rhythm, both paths: now, or at once after the look that is under way, which may have begun before what the caller wants to know of. */
    void lookNow() {
        if (looking != null) {
            again = true;
        } else if (!closed) {
            look();
        }
        lookAtSecond();
    }

    private void look() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        again = false;
        looking = attempt(main, this::looked);
    }

    private void looked(Look look) {
        looking = null;
        told.accept(false, look);
        pauseMs = rhythm.pauseMs(look.sight(), TimeUnit.MICROSECONDS.toMillis(look.tookMicros()));
        if (look.sight().hard() || look.sight().silence()) {
            lookAtSecond();
        }
        goOn();
    }

    private void lookAtSecond() {
        if (second != null && lookingSecond == null && !closed) {
            lookingSecond = attempt(second, look -> {
                lookingSecond = null;
                told.accept(true, look);
                goOn();
            });
        }
    }

    /** The pause begins when both paths have been looked at. */
    private void goOn() {
        if (looking == null && lookingSecond == null && next == null && !closed) {
            next = loop.schedule(this::look, again ? 0 : pauseMs, TimeUnit.MILLISECONDS);
        }
    }

    private Attempt attempt(Looker looker, Consumer<Look> over) {
        final Attempt attempt = new Attempt(loop, clock, timeoutMs, over);
        loop.execute(() -> {
            try {
                if (!attempt.isOver()) {
                    looker.look(attempt);
                }
            } catch (RuntimeException | OutOfMemoryError e) { // no more threads is an OutOfMemoryError, too
                LOG.warn("a look cannot be begun", e);
                attempt.over(Sight.NOT_ASKED, "we could not ask: " + e);
            }
        });
        return attempt;
    }

    void close() {
        closed = true;
        for (final Attempt each : new Attempt[] {looking, lookingSecond}) {
            if (each != null) {
                each.abandon();
            }
        }
        if (next != null) {
            next.cancel(false);
        }
        main.close();
        if (second != null) {
            second.close();
        }
    }
}
