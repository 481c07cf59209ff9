package org.tandemgw.gateway.relay;

import java.util.Arrays;

/** What passes in one direction of a leg: in all, and in the last minute, counted in slots of five seconds. One thread counts; any thread may read. */
final class FlowTally {
    private static final long SLOT_NS = 5_000_000_000L;
    private static final int SLOTS = 12;

    private final long[] slotBytes = new long[SLOTS];
    private final long[] slotChunks = new long[SLOTS];
    private long slot = Long.MIN_VALUE;
    private long minuteBytes;
    private long minuteChunks;

    private volatile long bytes;
    private volatile long chunks;
    private volatile int largest;
    private volatile long lastNs;
    private volatile boolean spoken;
    private volatile boolean stalled;
    private volatile long stalledSinceNs;
    private volatile long shownMinuteBytes;
    private volatile long shownMinuteChunks;

    void passed(int length, long nowNs) {
        turn(nowNs);
        final int at = Math.floorMod(slot, SLOTS);
        slotBytes[at] += length;
        slotChunks[at]++;
        minuteBytes += length;
        minuteChunks++;
        bytes = bytes + length;
        chunks = chunks + 1;
        largest = Math.max(largest, length);
        lastNs = nowNs;
        spoken = true;
    }

    /** Who should take it takes no more for now, or takes it again. */
    void stalled(boolean now, long nowNs) {
        if (now && !stalled) {
            stalledSinceNs = nowNs;
        }
        stalled = now;
    }

    /** Forgets what is more than a minute old, and shows the rest. */
    void turn(long nowNs) {
        final long now = Math.floorDiv(nowNs, SLOT_NS);
        if (now - slot >= SLOTS || slot == Long.MIN_VALUE) {
            Arrays.fill(slotBytes, 0);
            Arrays.fill(slotChunks, 0);
            minuteBytes = 0;
            minuteChunks = 0;
            slot = now;
        }
        while (slot < now) {
            slot++;
            final int at = Math.floorMod(slot, SLOTS);
            minuteBytes -= slotBytes[at];
            minuteChunks -= slotChunks[at];
            slotBytes[at] = 0;
            slotChunks[at] = 0;
        }
        shownMinuteBytes = minuteBytes;
        shownMinuteChunks = minuteChunks;
    }

    /** As it stands; {@code nowNs} by the clock that counted. Any thread. */
    RelayLegStatus.Flow shown(long nowNs) {
        return new RelayLegStatus.Flow(
                bytes,
                chunks,
                largest,
                shownMinuteBytes,
                shownMinuteChunks,
                spoken ? Math.max(0, (nowNs - lastNs) / 1_000_000) : null,
                stalled ? Math.max(0, (nowNs - stalledSinceNs) / 1_000_000) : 0);
    }
}
