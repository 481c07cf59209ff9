package org.tandemgw.benchmarks.trunks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.tandemgw.abswitch.emulator.SwitchEmulator;
import org.tandemgw.benchmarks.endtoend.LiveTraffic;
import org.tandemgw.benchmarks.endtoend.Load;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.LinkGateway;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.time.SystemClock;

/**
 * Frames at a fixed rate through switchovers, one right after the other, and through as much time without one, in turn: how late each frame is at the later of both servers, from when it was due. A switchover
 * must not hold up a frame.
 */
final class SwitchoverFrames {
    private static final int FRAMES_PER_SECOND = 5_000;
    private static final int SECONDS = 12;
    private static final int WARM_SECONDS = 6;
    private static final int ROUNDS = 3;
    private static final long PAUSE_MS = 100;
    private static final String[] QUANTILES = {"p50", "p99", "p99.9", "p99.99"};

    private SwitchoverFrames() {}

    static void measure(Figures figures, boolean smoke)
            throws IOException, InterruptedException, LinkGateway.CannotStartException {
        final List<double[]> with = new ArrayList<>();
        final List<double[]> without = new ArrayList<>();
        int switchovers = 0;
        for (int round = 0; round < (smoke ? 1 : ROUNDS); round++) {
            switchovers += run(smoke, true, with);
            run(smoke, false, without);
        }
        figures.add("switchovers under way with frames", switchovers, "");
        for (int i = 0; i < QUANTILES.length; i++) {
            figures.add(
                    String.format(
                            Locale.ROOT,
                            "frames through switchovers, %,d/s, due to server, %s",
                            FRAMES_PER_SECOND,
                            QUANTILES[i]),
                    median(with, i),
                    "us",
                    "the same without a switchover",
                    median(without, i),
                    Goal.NONE);
        }
    }

    private static double median(List<double[]> runs, int quantile) {
        return Figures.median(runs.stream().map(each -> each[quantile]).toList());
    }

    private static int run(boolean smoke, boolean switching, List<double[]> late)
            throws IOException, InterruptedException, LinkGateway.CannotStartException {
        final int seconds = smoke ? 2 : SECONDS;
        final int warm = smoke ? 1 : WARM_SECONDS;
        final Load load = Load.usual(FRAMES_PER_SECOND, Load.WARM_RATE * warm, FRAMES_PER_SECOND * seconds);
        final int[] servers = {Scratch.freePort(), Scratch.freePort()};
        try (Scratch scratch = new Scratch();
                SwitchEmulator box = new SwitchEmulator(0, null, 1, 1, 2, 3, SwitchoverBench.CARDS);
                LiveTraffic traffic = new LiveTraffic(load)) {
            SwitchoverBench.quickProfile(scratch.folder());
            final var site = SwitchoverBench.site(scratch, box.port(), traffic.legs(), servers);
            try (LinkGateway gateway = new LinkGateway(site, new SystemClock(), new Random(1))) {
                gateway.start();
                SwitchoverBench.awaitActive(gateway, "east");
                traffic.begin(servers[0], servers[1]);
                final CompletableFuture<double[]> result = CompletableFuture.supplyAsync(() -> result(traffic));
                final ControlClient client = new ControlClient(site.controlSocket(), SwitchoverBench.LIMIT_MS);
                int done = 0;
                while (switching && !result.isDone()) {
                    final String to = done % 2 == 0 ? "west" : "east";
                    final Answer answer = client.post("/v1/switch/" + to + "?forced", "bench", "bench");
                    if (!answer.ok()) {
                        throw new IOException("not switched: " + answer.message());
                    }
                    SwitchoverBench.awaitActive(gateway, to);
                    done++;
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                }
                late.add(result.get());
                return done;
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static double[] result(LiveTraffic traffic) {
        try {
            return traffic.lateUs();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
