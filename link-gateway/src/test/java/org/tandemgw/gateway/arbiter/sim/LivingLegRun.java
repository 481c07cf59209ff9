package org.tandemgw.gateway.arbiter.sim;

import java.util.SplittableRandom;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;

/** Traffic of one mix over two legs that are cut again and again, never the last one that is up. One seed, one clock. */
public final class LivingLegRun {
    private static final long FRAME_NS = 1_000_000L;

    private final Mix mix;
    private final int frames;
    private final int cutEvery;
    private final SplittableRandom random;
    private final SimulatedAcd acd;
    private final SimulatedLeg[] legs;
    private final int[] reconnectAt = {0, 0};
    private final LineArbiter arbiter;

    public final StreamOracle oracle = new StreamOracle();
    public int cuts;

    public LivingLegRun(Mix mix, int frames, int cutEvery, long seed, ArbiterSettings settings) {
        this.mix = mix;
        this.frames = frames;
        this.cutEvery = cutEvery;
        random = new SplittableRandom(seed);
        acd = new SimulatedAcd(random.split(), mix.dullPercent);
        legs = new SimulatedLeg[] {newLeg(1), newLeg(2)};
        arbiter = new LineArbiter(settings, oracle);
    }

    /** Runs to the end and judges. */
    public LivingLegRun run() {
        int nextCut = cutEvery;
        legs[0].connect(arbiter, 0, 0);
        for (int step = 1; step <= frames; step++) {
            final long nowNs = step * FRAME_NS;
            acd.send();
            for (int i = 0; i < 2; i++) {
                if (!legs[i].isConnected()
                        && step >= reconnectAt[i]
                        && arbiter.leg(2 - i).state() == LegState.UP) {
                    legs[i].connect(arbiter, acd.sent(), nowNs);
                }
                legs[i].deliver(arbiter, nowNs);
            }
            if (step >= nextCut && tryCut(step, nowNs)) {
                nextCut = step + 1 + random.nextInt(2 * cutEvery);
            }
            if (step % 20 == 0) {
                arbiter.settled();
            }
            if (step % 50 == 0) {
                arbiter.tick(nowNs, nowNs);
            }
        }
        legs[0].flush(arbiter, frames * FRAME_NS);
        legs[1].flush(arbiter, frames * FRAME_NS);
        oracle.judge(acd, 0, null);
        return this;
    }

    public int swaps() {
        return legs[0].swaps + legs[1].swaps;
    }

    public long forcedEnds() {
        return arbiter.leg(1).forcedEnds() + arbiter.leg(2).forcedEnds();
    }

    public long jumps() {
        return arbiter.leg(1).jumps() + arbiter.leg(2).jumps();
    }

    @Override
    public String toString() {
        return String.format(
                "%-20s %,9d frames %,5d cuts %,7d swaps %d lost %d extra %d disordered %d gaps %d discontinuities %d forced ends %d jumps%s",
                mix,
                frames,
                cuts,
                swaps(),
                oracle.lost + oracle.lostDull,
                oracle.extra + oracle.extraDull,
                oracle.disordered,
                oracle.gaps,
                oracle.discontinuities,
                forcedEnds(),
                jumps(),
                oracle.first.isEmpty() ? "" : " (first: " + oracle.first + ")");
    }

    private boolean tryCut(int step, long nowNs) {
        final int victim = random.nextInt(2);
        if (!legs[victim].isConnected() || arbiter.leg(2 - victim).state() != LegState.UP) {
            return false;
        }
        legs[victim].cut(arbiter, nowNs);
        reconnectAt[victim] = step + 1 + random.nextInt(400);
        cuts++;
        return true;
    }

    private SimulatedLeg newLeg(int leg) {
        return new SimulatedLeg(leg, acd, random.split(), mix.maxLagFrames, mix.swapPercent);
    }
}
