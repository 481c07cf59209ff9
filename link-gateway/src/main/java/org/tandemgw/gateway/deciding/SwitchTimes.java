package org.tandemgw.gateway.deciding;

import java.util.concurrent.TimeUnit;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.gateway.time.Clock;

/**
 * How long a switchover takes from the verdict to the last position read back, and how much of that is Tandem's own: neither the box,
 * nor its line, nor a configured pause, nor the demote. One switchover at a time; any thread.
 */
final class SwitchTimes {
    private static final double NS_PER_MS = 1e6;

    private final Clock clock;
    private long verdictNs;
    private long readBackNs;
    private long othersNs;
    private long demoteNs;
    private long driverNs;

    SwitchTimes(Clock clock) {
        this.clock = clock;
    }

    /** It was decided. */
    synchronized void verdict() {
        verdictNs = clock.nanoTime();
        readBackNs = 0;
        othersNs = 0;
        demoteNs = 0;
        driverNs = 0;
    }

    /** The demote took so long. */
    synchronized void demoted(double ms) {
        demoteNs = TimeUnit.MICROSECONDS.toNanos((long) (ms * 1_000));
    }

    /** A switch is done: the slowest one counts. */
    synchronized void selected(Selected selected) {
        readBackNs = clock.nanoTime();
        if (selected.took() != null && selected.ownShare() != null) {
            othersNs = Math.max(
                    othersNs, selected.took().minus(selected.ownShare()).toNanos());
            driverNs = Math.max(driverNs, selected.ownShare().toNanos());
        }
    }

    /** From the verdict to the last read-back; null if nothing was selected. */
    synchronized Double wholeMs() {
        return readBackNs == 0 ? null : (readBackNs - verdictNs) / NS_PER_MS;
    }

    /** What of that is ours; null if nothing was selected. */
    synchronized Double ownMs() {
        return readBackNs == 0 ? null : (readBackNs - verdictNs - othersNs - demoteNs) / NS_PER_MS;
    }

    /** What of ours is the driver's, its writes to the control file included; null if nothing was selected. */
    synchronized Double driverMs() {
        return readBackNs == 0 ? null : driverNs / NS_PER_MS;
    }
}
