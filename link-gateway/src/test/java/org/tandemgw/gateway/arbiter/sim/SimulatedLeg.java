package org.tandemgw.gateway.arbiter.sim;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;

/** One connection from the ACD to the arbiter: lags, swaps neighbours, loses what is in flight when cut. */
public final class SimulatedLeg {
    private final int leg;
    private final SimulatedAcd acd;
    private final SplittableRandom random;
    private final int maxLagFrames;
    private final int swapPercent;
    private final byte[] payload = new byte[16];
    private boolean connected;
    private boolean stalled;
    private int next;
    private int sessionFrom;
    private int held = -1;
    private int lagFrames;
    private int lagTarget;
    private int toDrop;
    private boolean toDamage;
    public int swaps;
    public final BitSet delivered = new BitSet();
    public final BitSet withheld = new BitSet();

    public SimulatedLeg(int leg, SimulatedAcd acd, SplittableRandom random, int maxLagFrames, int swapPercent) {
        this.leg = leg;
        this.acd = acd;
        this.random = random;
        this.maxLagFrames = maxLagFrames;
        this.swapPercent = swapPercent;
    }

    public boolean isConnected() {
        return connected;
    }

    /** The index of the frame that comes next. */
    public int next() {
        return held >= 0 ? held : next;
    }

    /** Connects; the ACD begins with frame {@code from}. */
    public void connect(LineArbiter arbiter, int from, long nowNs) {
        connected = true;
        stalled = false;
        next = from;
        sessionFrom = from;
        held = -1;
        toDrop = 0;
        toDamage = false;
        lagFrames = random.nextInt(maxLagFrames + 1);
        lagTarget = lagFrames;
        arbiter.connected(leg, nowNs, nowNs);
    }

    /** Cuts: what is in flight is gone. */
    public void cut(LineArbiter arbiter, long nowNs) {
        connected = false;
        if (arbiter.leg(leg).state() != LegState.UP) {
            // Of what a hunting leg had buffered an equal text may be in the list: only the other leg can bring it.
            for (int i = sessionFrom; i <= next && i < acd.sent(); i++) {
                if (!acd.isUnique(i)) {
                    delivered.clear(i);
                }
            }
        }
        arbiter.disconnected(leg, nowNs, nowNs, "cut");
    }

    /** Half open: connected and nothing comes, though TCP would deliver it later. */
    public void stall(boolean stall) {
        stalled = stall;
    }

    /** The ACD leaves out the next frames on this leg. */
    public void drop(int frames) {
        toDrop = frames;
    }

    /** The next frame arrives with other bytes. */
    public void damage() {
        toDamage = true;
    }

    /** Brings everything that has been sent long enough ago. */
    public void deliver(LineArbiter arbiter, long nowNs) {
        if (!connected || stalled) {
            return;
        }
        drift();
        while (next < acd.sent() - lagFrames) {
            deliverOne(arbiter, nowNs);
        }
    }

    /** Brings everything. */
    public void flush(LineArbiter arbiter, long nowNs) {
        while (connected && !stalled && (next < acd.sent() || held >= 0)) {
            deliverOne(arbiter, nowNs);
        }
    }

    /** True if nothing is on its way. */
    public boolean hasAll() {
        return !connected || next >= acd.sent() && held < 0;
    }

    /** Brings what comes next, however long ago it was sent. */
    public void deliverNext(LineArbiter arbiter, long nowNs) {
        deliverOne(arbiter, nowNs);
    }

    private void deliverOne(LineArbiter arbiter, long nowNs) {
        if (toDrop > 0 && held < 0) {
            toDrop--;
            withheld.set(next);
            next++;
            return;
        }
        final int index;
        if (held >= 0) {
            index = held;
            held = -1;
        } else if (swapPercent > 0 && next + 1 < acd.sent() && random.nextInt(100) < swapPercent) {
            held = next;
            index = next + 1;
            next += 2;
            swaps++;
        } else {
            index = next++;
        }
        final int content = toDamage ? -1 - index : acd.content(index);
        (toDamage ? withheld : delivered).set(index);
        StreamOracle.encode(index, toDamage, payload);
        toDamage = false;
        arbiter.frame(
                leg,
                SimulatedAcd.keyHi(content),
                SimulatedAcd.keyLo(content),
                false,
                payload,
                0,
                payload.length,
                -1,
                nowNs,
                nowNs);
    }

    private void drift() {
        if (lagFrames == lagTarget) {
            if (random.nextInt(256) == 0) {
                lagTarget = random.nextInt(maxLagFrames + 1);
            }
        } else if (lagFrames < lagTarget) {
            lagFrames += random.nextInt(2);
        } else {
            lagFrames -= Math.min(lagFrames - lagTarget, random.nextInt(4));
        }
    }
}
