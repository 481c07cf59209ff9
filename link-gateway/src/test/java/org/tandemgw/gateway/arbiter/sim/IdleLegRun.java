package org.tandemgw.gateway.arbiter.sim;

import java.util.SplittableRandom;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;

/**
 * A feed that is busy, slow and idle by turns, over two legs that lag by time and are cut again and again, at any moment,
 * never the last one that is up. One seed, one clock.
 */
public final class IdleLegRun {
    private static final long MS = 1_000_000L;
    private static final int[] PERIODS_MS = {1, 5, 100, 700, 2_000, 10_000};

    private final SplittableRandom random;
    private final SimulatedAcd acd;
    private final SimulatedLeg[] legs;
    private final LineArbiter arbiter;
    private final int frames;
    private final int cutEvery;
    private final int maxLagMs;
    private final long[] sentNs;
    private final long[] lagNs = new long[2];
    private final long[] reconnectNs = {0, 0};

    public final StreamOracle oracle = new StreamOracle();
    public int cuts;

    /** {@code maxLagMs}: how long a frame may be on its way on a leg. */
    public IdleLegRun(Mix mix, int frames, int cutEvery, int maxLagMs, long seed) {
        this.frames = frames;
        this.cutEvery = cutEvery;
        this.maxLagMs = maxLagMs;
        random = new SplittableRandom(seed);
        acd = new SimulatedAcd(random.split(), mix.dullPercent);
        legs = new SimulatedLeg[] {
            new SimulatedLeg(1, acd, random.split(), 0, mix.swapPercent),
            new SimulatedLeg(2, acd, random.split(), 0, mix.swapPercent)
        };
        arbiter = new LineArbiter(ArbiterSettings.defaults(), oracle);
        sentNs = new long[frames];
    }

    /** Runs to the end and judges. */
    public IdleLegRun run() {
        long nowNs = 0;
        long nextSendNs = 0;
        long settledNs = 0;
        int periodMs = 1;
        legs[0].connect(arbiter, 0, 0);
        while (acd.sent() < frames) {
            // In small steps while anything is on its way, else on to the next event.
            nowNs += isAllIn() ? Math.max(MS, Math.min(nextSendNs - nowNs, 50 * MS)) : MS;
            if (nowNs >= nextSendNs) {
                sentNs[acd.send()] = nowNs;
                if (random.nextInt(200) == 0) {
                    periodMs = PERIODS_MS[random.nextInt(PERIODS_MS.length)];
                }
                nextSendNs = nowNs + periodMs * MS;
            }
            for (int i = 0; i < 2; i++) {
                turn(i, nowNs);
            }
            cutSometimes(nowNs, Math.max(1, Math.min(periodMs, 50)));
            if (nowNs - settledNs >= 20 * MS) {
                settledNs = nowNs;
                arbiter.settled();
            }
            arbiter.tick(nowNs, nowNs);
        }
        legs[0].flush(arbiter, nowNs);
        legs[1].flush(arbiter, nowNs);
        oracle.judge(acd, 0, null);
        return this;
    }

    public long forcedEnds() {
        return arbiter.leg(1).forcedEnds() + arbiter.leg(2).forcedEnds();
    }

    @Override
    public String toString() {
        return String.format(
                "%,d frames %,d cuts %d lost %d (heartbeats %d) extra %d (heartbeats %d) disordered %d gaps %d discontinuities (first: %s)",
                frames,
                cuts,
                oracle.lost,
                oracle.lostDull,
                oracle.extra,
                oracle.extraDull,
                oracle.disordered,
                oracle.gaps,
                oracle.discontinuities,
                oracle.first);
    }

    private boolean isAllIn() {
        return legs[0].hasAll() && legs[1].hasAll();
    }

    private void turn(int i, long nowNs) {
        if (!legs[i].isConnected()) {
            if (nowNs < reconnectNs[i] || arbiter.leg(2 - i).state() != LegState.UP) {
                return;
            }
            legs[i].connect(arbiter, acd.sent(), nowNs);
            lagNs[i] = random.nextInt(maxLagMs + 1) * MS;
        }
        if (random.nextInt(512) == 0) {
            lagNs[i] = random.nextInt(maxLagMs + 1) * MS;
        }
        while (legs[i].isConnected() && !legs[i].hasAll() && sentNs[legs[i].next()] + lagNs[i] <= nowNs) {
            legs[i].deliverNext(arbiter, nowNs);
        }
    }

    private void cutSometimes(long nowNs, int stepMs) {
        final int victim = random.nextInt(2);
        if (random.nextInt(Math.max(2, cutEvery / stepMs)) == 0
                && legs[victim].isConnected()
                && arbiter.leg(2 - victim).state() == LegState.UP) {
            legs[victim].cut(arbiter, nowNs);
            reconnectNs[victim] = nowNs + random.nextInt(random.nextBoolean() ? 400 : 8_000) * MS;
            cuts++;
        }
    }
}
