package org.tandemgw.benchmarks.trunks;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.BoxTiming;
import org.tandemgw.abswitch.CommandRecord;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchListener;
import org.tandemgw.abswitch.SwitchMemory;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.abswitch.SwitchSettings;
import org.tandemgw.abswitch.TrunkSwitch;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.abswitch.link.TcpPath;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * {@code ./tandem bench switch}: selections of one card of an emulated box over loopback TCP. Told are the driver's own share as it
 * reports it, the same measured from outside by {@link TimedPath}, and how late the machine is by itself. Goal: below 10 ms at the
 * median, on a machine that is idle.
 */
public final class SelectionBench {
    private static final int SELECTIONS = 60;
    private static final int WARM = 10;
    private static final int SMOKE = 12;
    private static final double GOAL_MS = 10;

    /** Of a selection of one card: the ends of three answers, a gap, and the settling. */
    private static final int WAITS = 5;

    private static final String PASSWORD = "PASS";

    private SelectionBench() {}

    /** The exit status: 0 if no selection failed, else 1. */
    public static int run(boolean smoke) throws IOException, InterruptedException {
        final Figures figures = new Figures("switch", smoke);
        final BoxRules rules = quick();
        final SwitchSettings settings =
                new SwitchSettings("bench", rules, PASSWORD, "the bench", false, List.of(1), Duration.ZERO, 1_000);
        final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        final List<Double> reported = new ArrayList<>();
        final List<Double> outside = new ArrayList<>();
        final List<Double> whole = new ArrayList<>();
        final List<Double> machine = new ArrayList<>();
        int failed = 0;
        try (SwitchEmulator box = new SwitchEmulator(0, null, 1, 1)) {
            final TimedPath path = new TimedPath(
                    new TcpPath(loops, new InetSocketAddress("127.0.0.1", box.port())), rules.timing(), 'Q');
            try (TrunkSwitch trunk =
                    TrunkSwitch.start(settings, List.of(path), new Forgets(), new Deaf(), Clock.systemUTC())) {
                trunk.query().join();
                final int count = smoke ? SMOKE : SELECTIONS;
                for (int i = 0; i < count; i++) {
                    TimeUnit.NANOSECONDS.sleep(
                            rules.timing().gap().multipliedBy(2).toNanos());
                    path.begin(System.nanoTime());
                    final Selected selected = trunk.select(new SelectOrder(
                                    i % 2 == 0 ? "B" : "A", List.of(1), i + 1, false, true, false, "bench", "bench"))
                            .join();
                    final Duration own = path.end(System.nanoTime());
                    failed += selected.overall() == Overall.OK ? 0 : 1;
                    if (i >= WARM || smoke) {
                        reported.add(ms(selected.ownShare()));
                        outside.add(ms(own));
                        whole.add(ms(selected.took()));
                        machine.add(lateness(rules.timing()));
                    }
                }
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        final String peer = "a bare thread that waits as often";
        final double bare = Figures.median(machine);
        figures.add("a selection of one card, all of it", Figures.median(whole), "ms");
        figures.add(
                "own share, as the driver reports it",
                Figures.median(reported),
                "ms",
                peer,
                bare,
                Goal.atMost(GOAL_MS));
        figures.add(
                "own share, measured from outside", Figures.median(outside), "ms", peer, bare, Goal.atMost(GOAL_MS));
        figures.add("own share, measured from outside, the worst", Collections.max(outside), "ms");
        figures.end();
        return failed == 0 ? 0 : 1;
    }

    /** The shipped rules with short pauses: they are not what is measured. */
    private static BoxRules quick() {
        final BoxRules k16 = SwitchRules.rules(HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow());
        final BoxTiming t = k16.timing();
        final Duration pause = Duration.ofMillis(25);
        return new BoxRules(
                k16.id(),
                k16.select(),
                k16.query(),
                k16.firstCard(),
                k16.lastCard(),
                k16.positions(),
                k16.otherPositions(),
                k16.forbiddenInPassword(),
                k16.replies(),
                k16.connection(),
                k16.verify(),
                new BoxTiming(
                        t.connect(),
                        t.firstByte(),
                        pause,
                        t.answer(),
                        pause,
                        pause,
                        t.readBack(),
                        t.retries(),
                        t.backoff(),
                        t.backoffMax(),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        t.afterMove(),
                        Duration.ofHours(1),
                        t.late()));
    }

    /** How late this machine wakes a thread that does nothing but wait as often as a selection does: no driver can do better. */
    private static double lateness(BoxTiming timing) throws InterruptedException {
        long lateNs = 0;
        for (int i = 0; i < WAITS; i++) {
            final long fromNs = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(timing.quiet().toNanos());
            lateNs += System.nanoTime() - fromNs - timing.quiet().toNanos();
        }
        return lateNs / 1e6;
    }

    private static double ms(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static final class Forgets implements SwitchMemory {
        @Override
        public Remembered load() {
            return Remembered.nothing();
        }

        @Override
        public void store(Remembered remembered) {
            // The disk is not what is measured.
        }
    }

    private static final class Deaf implements SwitchListener {
        @Override
        public void positionsChanged(SwitchPositions positions) {}

        @Override
        public void movedWithoutUs(int card, String from, String to) {}

        @Override
        public void reach(Reach reach, String why) {}

        @Override
        public void commandDone(CommandRecord done) {}
    }
}
