package org.tandemgw.gateway.emulate;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.tandemgw.gateway.time.Clock;

/**
 * Plays one ACD: produces one stream once and sends the same bytes on both legs, each with its own lag, swaps and
 * faults. Used by the demo, by tests over real sockets, and by {@code tandem emulate acd}. It does not begin to produce
 * before {@link #resume}. Any thread.
 */
public final class AcdSimulator implements AutoCloseable {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long BEHIND_AT_MOST_NS = NS_PER_SECOND;

    private final AcdSettings settings;
    private final FrameSource source;
    private final Clock clock;
    private final AcdOracle oracle;
    private final List<SimulatedLeg> legs;
    private final Thread producer;
    /** Held while a frame is made and counted, and no longer: a leg may keep its frame waiting. */
    private final Object making = new Object();

    private volatile int framesPerSecond;
    private volatile boolean producing;
    private volatile boolean closed;
    private long burst;

    /**
     * Opens both legs at once.
     *
     * @throws IOException if an address to listen on cannot be had
     */
    public AcdSimulator(AcdSettings settings, FrameSource source, Clock clock) throws IOException {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.framesPerSecond = settings.framesPerSecond();
        this.oracle = new AcdOracle(settings.remembered(), settings.keepBytes());
        final SimulatedLeg first = new SimulatedLeg(1, settings, source, oracle, clock);
        try {
            legs = List.of(first, new SimulatedLeg(2, settings, source, oracle, clock));
        } catch (IOException e) {
            first.close();
            throw e;
        }
        producer = new Thread(this::produceOn, "acd-produce");
        producer.setDaemon(true);
        producer.start();
    }

    /** Leg 1 or 2. */
    public SimulatedLeg leg(int number) {
        return legs.get(number - 1);
    }

    /** What was produced and carried. */
    public AcdOracle oracle() {
        return oracle;
    }

    /** A comparison of one receiver with this ACD, from its first frame on. */
    public StreamComparison comparison() {
        return new StreamComparison(oracle, settings.swapPerMille() == 0 ? 0 : 4);
    }

    /** Produces from now on. */
    public void resume() {
        producing = true;
        LockSupport.unpark(producer);
    }

    /** Produces nothing until {@link #resume}: when it returns, what was produced is final. What is queued still goes out. */
    public void stop() {
        synchronized (making) {
            producing = false;
        }
    }

    /** Frames per second from now on; 0: as fast as the legs take them. */
    public void rate(int perSecond) {
        framesPerSecond = perSecond;
        LockSupport.unpark(producer);
    }

    /** Produces so many frames at once, beside the pace. */
    public void burst(long frames) {
        synchronized (oracle) {
            burst += frames;
        }
        LockSupport.unpark(producer);
    }

    /** Whether all frames asked for by the settings exist. */
    public boolean finished() {
        return settings.frames() > 0 && oracle.produced() >= settings.frames();
    }

    private void produceOn() {
        try {
            long dueNs = clock.nanoTime();
            while (!closed) {
                final int rate = framesPerSecond;
                final long now = clock.nanoTime();
                if (takeBurst()) {
                    produce(true);
                } else if (!producing || finished()) {
                    LockSupport.parkNanos(NS_PER_SECOND / 50);
                    dueNs = clock.nanoTime();
                } else if (rate == 0) {
                    produce(false);
                } else if (dueNs - now > 0) {
                    LockSupport.parkNanos(dueNs - now);
                } else {
                    produce(false);
                    dueNs = Math.max(dueNs + NS_PER_SECOND / rate, now - BEHIND_AT_MOST_NS);
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private boolean takeBurst() {
        synchronized (oracle) {
            final boolean more = burst > 0;
            burst -= more ? 1 : 0;
            return more;
        }
    }

    private void produce(boolean asked) throws InterruptedException {
        final byte[] frame;
        final long number;
        synchronized (making) {
            if (!producing && !asked) {
                return;
            }
            frame = settings.dialect().frame(source.next());
            number = oracle.produced(frame, clock.nanoTime());
        }
        for (final SimulatedLeg leg : legs) {
            leg.offer(number, frame);
        }
    }

    /** Stops producing and closes both legs in an orderly way. */
    @Override
    public void close() {
        closed = true;
        producer.interrupt();
        legs.forEach(SimulatedLeg::close);
    }
}
