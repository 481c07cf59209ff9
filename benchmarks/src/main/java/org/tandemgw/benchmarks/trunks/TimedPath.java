package org.tandemgw.benchmarks.trunks;

import java.time.Duration;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;
import org.tandemgw.abswitch.PathKind;

/**
 * Watches a path from outside the driver: how much later than it could have been each step of the driver was. It knows the
 * profile's pauses, and takes the times at which the box answered for the box's. One selection at a time.
 */
final class TimedPath implements BoxPath {
    private final BoxPath path;
    private final BoxTiming timing;
    private final byte command;
    private long mayActNs;
    private long ownNs;
    private boolean commanded;

    /**
     * Around a path.
     *
     * @param command the last byte but one of a frame that is a query: everything else is a command
     */
    TimedPath(BoxPath path, BoxTiming timing, char command) {
        this.path = path;
        this.timing = timing;
        this.command = (byte) command;
    }

    /** A selection is ordered now. */
    synchronized void begin(long nowNs) {
        ownNs = 0;
        mayActNs = nowNs;
    }

    /** It is over now; what it took of our own. */
    synchronized Duration end(long nowNs) {
        late(nowNs, 0);
        return Duration.ofNanos(ownNs);
    }

    private void late(long nowNs, long pauseNs) {
        ownNs += Math.max(0, nowNs - mayActNs - pauseNs);
    }

    @Override
    public String describe() {
        return path.describe();
    }

    @Override
    public PathKind kind() {
        return path.kind();
    }

    @Override
    public void open(PathEvents events) {
        path.open(new Timed(events));
    }

    @Override
    public void send(byte[] bytes) {
        synchronized (this) {
            late(System.nanoTime(), 0);
            commanded = bytes[bytes.length - 2] != command;
        }
        path.send(bytes);
    }

    @Override
    public void close() {
        path.close();
    }

    private final class Timed implements PathEvents {
        private final PathEvents events;

        Timed(PathEvents events) {
            this.events = events;
            synchronized (TimedPath.this) {
                late(System.nanoTime(), 0);
            }
        }

        @Override
        public void opened() {
            synchronized (TimedPath.this) {
                mayActNs = System.nanoTime();
            }
            events.opened();
        }

        @Override
        public void sent() {
            events.sent();
        }

        @Override
        public void received(byte[] bytes) {
            synchronized (TimedPath.this) {
                // The driver may go on when it has been quiet for long enough, and after the pause that is due then.
                final Duration pause = commanded ? longer(timing.settle(), timing.gap()) : timing.gap();
                mayActNs = System.nanoTime() + timing.quiet().toNanos() + pause.toNanos();
            }
            events.received(bytes);
        }

        @Override
        public void closed(PathEnd end, String text) {
            events.closed(end, text);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
