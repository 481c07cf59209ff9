package org.tandemgw.gateway.arbiter.sim;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;

/** Everything that can befall two legs, in any order: here holes are allowed, but none that is not marked, and no repeat. */
public final class TroubledRun {
    /** What can happen. */
    public enum Trouble {
        CUT,
        CUT_BOTH,
        SOURCE_DROP,
        DAMAGE,
        HALF_OPEN,
        RESTART,
        RESEND,
        PAUSE_OF_ACD
    }

    private static final long FRAME_NS = 1_000_000L;
    private static final int QUIET_END = 6_000;
    private static final int AFTERMATH = 100;

    private final Mix mix;
    private final int frames;
    private final int troubleEvery;
    private final Trouble[] troubles;
    private final long seed;
    private final ArbiterSettings settings;
    private final SplittableRandom random;
    private final SimulatedAcd acd;
    private final SimulatedLeg[] legs;
    private final int[] reconnectAt = {0, 0};
    private final int[] resumeAt = {-1, -1};
    private final int[] resendFrom = {-1, -1};
    private final Map<Trouble, Integer> happened = new EnumMap<>(Trouble.class);
    private LineArbiter arbiter;
    private long nowNs;

    public final StreamOracle oracle = new StreamOracle();

    public TroubledRun(
            Mix mix, int frames, int troubleEvery, Set<Trouble> troubles, long seed, ArbiterSettings settings) {
        this.mix = mix;
        this.frames = frames;
        this.troubleEvery = troubleEvery;
        this.troubles = troubles.toArray(new Trouble[0]);
        this.seed = seed;
        this.settings = settings;
        random = new SplittableRandom(seed);
        acd = new SimulatedAcd(random.split(), mix.dullPercent);
        legs = new SimulatedLeg[] {newLeg(1), newLeg(2)};
        arbiter = new LineArbiter(settings, oracle);
    }

    /** Runs to the end and judges. */
    public TroubledRun run() {
        for (int step = 1; step <= frames; step++) {
            nowNs += FRAME_NS;
            acd.send();
            for (int i = 0; i < 2; i++) {
                if (!legs[i].isConnected() && step >= reconnectAt[i]) {
                    legs[i].connect(arbiter, resendFrom[i] >= 0 ? resendFrom[i] : acd.sent(), nowNs);
                    resendFrom[i] = -1;
                }
                if (step == resumeAt[i]) {
                    legs[i].stall(false);
                }
                legs[i].deliver(arbiter, nowNs);
            }
            if (step < frames - QUIET_END && random.nextInt(troubleEvery) == 0) {
                trouble(troubles[random.nextInt(troubles.length)], step);
            }
            if (step % 20 == 0) {
                arbiter.settled();
            }
            if (step % 50 == 0) {
                arbiter.tick(nowNs, nowNs);
            }
        }
        finish();
        final BitSet excused = new BitSet();
        excused.or(legs[0].withheld);
        excused.or(legs[1].withheld);
        excused.andNot(legs[0].delivered);
        excused.andNot(legs[1].delivered);
        oracle.judge(acd, oracle.firstIndex(), excused);
        return this;
    }

    /** True if nothing is lost without a mark, nothing repeated, nothing out of order, and each gap is exact. */
    public boolean isClean() {
        return oracle.lost + oracle.extra + oracle.disordered + oracle.looseGaps() == 0;
    }

    @Override
    public String toString() {
        return String.format(
                "%s %,d frames %s lost %d (heartbeats %d) extra %d disordered %d loose gaps %d; gaps %d discontinuities %d (first: %s) seed %d",
                mix,
                frames,
                happened,
                oracle.lost,
                oracle.lostDull + oracle.extraDull,
                oracle.extra,
                oracle.disordered,
                oracle.looseGaps(),
                oracle.gaps,
                oracle.discontinuities,
                oracle.first,
                seed);
    }

    private void trouble(Trouble trouble, int step) {
        final int victim = random.nextInt(2);
        happened.merge(trouble, 1, Integer::sum);
        switch (trouble) {
            case CUT -> cut(victim, step, -1);
            case CUT_BOTH -> {
                cut(victim, step, -1);
                cut(1 - victim, step, -1);
            }
            case SOURCE_DROP -> legs[victim].drop(1 + random.nextInt(12));
            case DAMAGE -> legs[victim].damage();
            case HALF_OPEN -> {
                legs[victim].stall(true);
                resumeAt[victim] = step + 100 + random.nextInt(8_000);
            }
            case RESTART -> restart(step, -1);
            case RESEND -> restart(step, oneOfTheLast(2_000));
            default -> nowNs += 1_000_000L * random.nextInt(120_000);
        }
    }

    /** A frame that the stream has: the ACD resends from there. */
    private int oneOfTheLast(int count) {
        final int[] entries = oracle.entries();
        return entries.length == 0
                ? -1
                : Math.max(-1, entries[entries.length - 1 - random.nextInt(Math.min(count, entries.length))]);
    }

    private void cut(int victim, int step, int from) {
        if (legs[victim].isConnected()) {
            legs[victim].cut(arbiter, nowNs);
            reconnectAt[victim] = step + 1 + random.nextInt(2_000);
            resendFrom[victim] = from;
        }
    }

    private void restart(int step, int from) {
        cut(0, step, from);
        cut(1, step, from);
        arbiter = new LineArbiter(settings, oracle);
        final int[] entries = oracle.entries();
        for (int i = Math.max(0, entries.length - settings.historyFrames()); i < entries.length; i++) {
            if (entries[i] >= 0) {
                final int content = acd.content(entries[i]);
                arbiter.restore(SimulatedAcd.keyHi(content), SimulatedAcd.keyLo(content));
            } else if (entries[i] != StreamOracle.DAMAGED) {
                arbiter.restoreBreak();
            }
        }
        arbiter.restored(oracle.lastAtNs(), entries.length > 0);
    }

    private void finish() {
        for (int i = 0; i < 2; i++) {
            legs[i].stall(false);
            legs[i].flush(arbiter, nowNs);
        }
        arbiter.settled();
        for (int i = 0; i < 200; i++) {
            nowNs += 1_000 * FRAME_NS;
            arbiter.tick(nowNs, nowNs);
        }
        // A mark is written with the frame that comes after it.
        for (int i = 0; i < AFTERMATH; i++) {
            acd.send();
        }
        legs[0].flush(arbiter, nowNs);
        legs[1].flush(arbiter, nowNs);
    }

    private SimulatedLeg newLeg(int leg) {
        return new SimulatedLeg(leg, acd, random.split(), mix.maxLagFrames, mix.swapPercent);
    }
}
