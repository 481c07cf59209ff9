package org.tandemgw.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.tandemgw.benchmarks.calls.RecoveryBench;
import org.tandemgw.benchmarks.endtoend.EndToEndBench;
import org.tandemgw.benchmarks.snmp.SnmpBench;
import org.tandemgw.benchmarks.trunks.SelectionBench;
import org.tandemgw.benchmarks.trunks.SwitchoverBench;

/**
 * {@code ./tandem bench [--smoke] [GROUP ...]}: runs the benchmarks whose names contain one of the groups, prints one table
 * with ratios to the peer of the same run, and keeps the raw results below {@code target/}. {@code ./tandem bench switch} is
 * {@link SelectionBench} alone, {@code ./tandem bench switchover} {@link SwitchoverBench}, {@code ./tandem bench recovery} {@link RecoveryBench},
 * {@code ./tandem bench snmp} {@link SnmpBench}.
 */
public final class Bench {
    /** Not JMH's kind: they wait for boxes, sockets, or other processes. */
    private interface Rig {
        int run(boolean smoke) throws IOException, InterruptedException;
    }

    private static final Map<String, Rig> RIGS = Map.of(
            "switch", SelectionBench::run,
            "switchover", SwitchoverBench::run,
            "recovery", RecoveryBench::run,
            "snmp", SnmpBench::run,
            "endtoend", EndToEndBench::run);

    private Bench() {}

    /** Status 0 if all ran, 1 if one failed, 2 for bad usage. */
    public static void main(String[] arguments) throws IOException {
        final List<String> groups = new ArrayList<>();
        boolean smoke = false;
        for (final String argument : arguments) {
            if (argument.equals("--smoke")) {
                smoke = true;
            } else if (argument.startsWith("-")) {
                System.out.println(
                        "usage: tandem bench [--smoke] [GROUP ...]   (a group is a part of a benchmark's name: intake, journal, catch-up, ...; switch: selections; switchover; recovery; snmp; end-to-end)");
                System.exit(argument.equals("--help") ? 0 : 2);
            } else {
                groups.add(argument.toLowerCase(Locale.ROOT).replace("-", ""));
            }
        }
        if (groups.size() == 1 && RIGS.containsKey(groups.get(0))) {
            System.exit(rig(RIGS.get(groups.get(0)), smoke));
        }
        final Path results = Path.of(System.getProperty("tandem.root", "."), "target", "bench.json");
        Files.createDirectories(results.getParent());
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(results.toString());
        if (smoke) {
            options.forks(1).warmupIterations(1).measurementIterations(1);
        }
        if (groups.isEmpty()) {
            options.include("org.tandemgw.benchmarks");
        }
        for (final String group : groups) {
            options.include("(?i).*" + group + ".*");
        }
        try {
            print(new Runner(options.build()).run(), results);
        } catch (RunnerException e) {
            System.out.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int rig(Rig rig, boolean smoke) throws IOException {
        try {
            return rig.run(smoke);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void print(Collection<RunResult> runs, Path results) {
        System.out.printf(
                "%nJava %s, %d processors, %s %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        System.out.printf("%-64s %14s %10s %12s %8s%n", "benchmark", "ns/frame", "+-", "B/frame", "ratio");
        String present = "";
        double peer = Double.NaN;
        for (final RunResult run : runs) {
            final String name = run.getParams().getBenchmark().replace("org.tandemgw.benchmarks.", "");
            final String group = name.substring(0, name.lastIndexOf('.'));
            if (!group.equals(present)) {
                present = group;
                peer = peerOf(group, runs);
            }
            final Result<?> time = run.getPrimaryResult();
            final Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    Locale.ROOT,
                    "%-64s %14.1f %10.1f %12.3f %8s%n",
                    name,
                    time.getScore(),
                    time.getScoreError(),
                    allocated == null ? Double.NaN : allocated.getScore(),
                    Double.isNaN(peer) ? "" : String.format(Locale.ROOT, "%.2f", time.getScore() / peer));
        }
        System.out.printf(
                "%nratio: to the benchmark named 'peer...' of the same class in this run. Raw results: %s%n", results);
    }

    private static double peerOf(String group, Collection<RunResult> runs) {
        return runs.stream()
                .filter(run -> run.getParams().getBenchmark().contains("." + group + ".peer"))
                .mapToDouble(run -> run.getPrimaryResult().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
