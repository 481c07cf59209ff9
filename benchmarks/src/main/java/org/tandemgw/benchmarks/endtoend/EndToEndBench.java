package org.tandemgw.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;

/**
 * {@code ./tandem bench end-to-end}: 256-byte frames over loopback TCP, from an ACD's two legs to two servers. ACD, servers and what stands between are
 * processes of their own. First as fast as they go, then open loop at fixed rates, latency counted from when each frame was due, not from when it was sent. Peers are what people
 * put there: haproxy and socat (each leg to one server: nothing merged, stored or filled), rsyslog (one leg to two servers, with queues on disk). All take turns.
 */
public final class EndToEndBench {
    private static final int FRAMES = 2_000_000;
    private static final int WARM_FRAMES = 1_000_000;
    private static final int SLOW_FRAMES = 10_000;
    private static final int SMOKE_FRAMES = 20_000;
    private static final int ROUNDS = 5;
    private static final int OPEN_ROUNDS = 3;
    private static final int SECONDS = 8;
    private static final int WARM_SECONDS = 8;
    private static final int[] RATES = {5_000, 50_000, 200_000};
    private static final int RATE_OF_LATENCY = 50_000;
    private static final int RATE_OF_CPU = 200_000;
    private static final String[] QUANTILES = {"p50", "p99", "p99.9", "p99.99"};
    private static final int P99 = 1;
    private static final double MOST_OF_CAPACITY = 0.9;

    private final boolean smoke;
    private final Figures figures;
    private final Map<Middle.Kind, Pass.Outcome> fast = new EnumMap<>(Middle.Kind.class);
    private final Breaks breaks = new Breaks();

    private EndToEndBench(boolean smoke) {
        this.smoke = smoke;
        this.figures = new Figures("end-to-end", smoke);
    }

    /** The exit status: 0 if every frame came through Tandem everywhere, once and in order. */
    public static int run(boolean smoke) throws IOException {
        return new EndToEndBench(smoke).measure();
    }

    private int measure() throws IOException {
        asFastAsTheyGo();
        for (final int rate : smoke ? new int[] {RATES[0]} : RATES) {
            openLoop(rate);
        }
        figures.end();
        return breaks.tell();
    }

    private void asFastAsTheyGo() throws IOException {
        final Map<Middle.Kind, List<Pass.Outcome>> all = new EnumMap<>(Middle.Kind.class);
        for (int round = 0; round < (smoke ? 1 : ROUNDS); round++) {
            for (final Middle.Kind kind : Middle.Kind.values()) {
                if (kind.isHere()) {
                    all.computeIfAbsent(kind, key -> new ArrayList<>()).add(Pass.of(kind, asFast(kind)));
                }
            }
        }
        all.forEach((kind, outcomes) -> {
            fast.put(kind, Pass.middleByRate(outcomes));
            breaks.add(kind, fast.get(kind).breaks());
        });
        for (final Middle.Kind kind : fast.keySet()) {
            final Middle.Kind peer =
                    kind == Middle.Kind.TANDEM_GROUP ? Middle.Kind.RSYSLOG_ASSISTED : Middle.Kind.HAPROXY;
            final Goal goal = kind == Middle.Kind.TANDEM_NONE
                    ? Goal.ratioAtLeast(0.7)
                    : kind == Middle.Kind.TANDEM_GROUP ? Goal.ratioAtLeast(20) : Goal.NONE;
            beside(kind.says, kind, peer, "frames/s", goal);
            if (kind == Middle.Kind.TANDEM_GROUP) {
                beside(kind.says, kind, Middle.Kind.RSYSLOG_DISK, "frames/s", goal);
                beside(kind.says, kind, Middle.Kind.HAPROXY, "frames/s", Goal.NONE);
            }
        }
    }

    private void beside(String what, Middle.Kind kind, Middle.Kind peer, String unit, Goal goal) {
        figures.add(
                what,
                fast.get(kind).framesPerSecond(),
                unit,
                kind == peer ? "" : peer.says,
                kind != peer && fast.containsKey(peer) ? fast.get(peer).framesPerSecond() : Double.NaN,
                goal,
                fast.get(kind).breaks());
    }

    private Load asFast(Middle.Kind kind) {
        if (smoke) {
            final int frames = kind == Middle.Kind.RSYSLOG_DISK ? SMOKE_FRAMES / 100 : SMOKE_FRAMES;
            return Load.usual(0, frames / 2, frames / 2);
        }
        return switch (kind) {
            case RSYSLOG_DISK -> Load.usual(0, SLOW_FRAMES / 4, SLOW_FRAMES);
            case RSYSLOG_ASSISTED -> Load.usual(0, 10 * SLOW_FRAMES, 40 * SLOW_FRAMES);
            default -> Load.usual(0, WARM_FRAMES, FRAMES);
        };
    }

    private void openLoop(int rate) throws IOException {
        final Map<Middle.Kind, List<Pass.Outcome>> all = new EnumMap<>(Middle.Kind.class);
        final Load load = smoke
                ? Load.usual(rate, rate / 2, rate / 2)
                : Load.usual(rate, Math.max(rate, Load.WARM_RATE) * WARM_SECONDS, rate * SECONDS);
        for (int round = 0; round < (smoke ? 1 : OPEN_ROUNDS); round++) {
            for (final Middle.Kind kind : fast.keySet()) {
                if (smoke ? kind.isShort() : MOST_OF_CAPACITY * fast.get(kind).framesPerSecond() > rate) {
                    all.computeIfAbsent(kind, key -> new ArrayList<>()).add(Pass.of(kind, load));
                }
            }
        }
        final Map<Middle.Kind, Pass.Outcome> middles = new EnumMap<>(Middle.Kind.class);
        all.forEach((kind, outcomes) -> middles.put(kind, Pass.medians(outcomes)));
        middles.forEach((kind, each) -> breaks.add(kind, each.breaks()));
        final Pass.Outcome peer = middles.get(Middle.Kind.HAPROXY);
        for (final Map.Entry<Middle.Kind, Pass.Outcome> each : middles.entrySet()) {
            final boolean own = each.getKey() == Middle.Kind.HAPROXY || peer == null;
            final String what = each.getKey().says + ", " + rate + " frames/s: ";
            for (int i = 0; i < QUANTILES.length; i++) {
                figures.add(
                        what + QUANTILES[i],
                        each.getValue().lateUs()[i],
                        "us",
                        Middle.Kind.HAPROXY.says,
                        own ? Double.NaN : peer.lateUs()[i],
                        rate == RATE_OF_LATENCY && i == P99 && each.getKey() == Middle.Kind.TANDEM_NONE
                                ? Goal.ratioAtMost(3)
                                : Goal.NONE,
                        each.getValue().breaks());
            }
            figures.add(
                    what + "processor time",
                    each.getValue().cpuUsPerFrame(),
                    "us/frame",
                    Middle.Kind.HAPROXY.says,
                    own ? Double.NaN : peer.cpuUsPerFrame(),
                    rate == RATE_OF_CPU && each.getKey() == Middle.Kind.TANDEM_NONE ? Goal.ratioAtMost(4) : Goal.NONE,
                    each.getValue().breaks());
        }
    }
}
