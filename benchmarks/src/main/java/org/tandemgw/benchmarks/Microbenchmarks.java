package org.tandemgw.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.tandemgw.benchmarks.rig.Figures;
import org.tandemgw.benchmarks.rig.Goal;

/** Those of JMH's kind: one process each, one thread. The peer of a class is its method whose name begins with {@code peer}. */
final class Microbenchmarks {
    private Microbenchmarks() {}

    /** Runs those whose name has this in it, whatever the case. */
    static int run(String group, String part, boolean smoke) throws IOException {
        final Figures figures = new Figures(group, smoke);
        final Path raw = Figures.file(group + "-jmh", smoke);
        Files.createDirectories(raw.getParent());
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("(?i)org\\.tandemgw\\.benchmarks\\..*" + part + ".*")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(raw.toString());
        if (smoke) {
            options.forks(1).warmupIterations(1).measurementIterations(1);
        }
        try {
            final Collection<RunResult> runs = new Runner(options.build()).run();
            runs.forEach(run -> add(figures, run, runs));
            figures.end();
            return 0;
        } catch (RunnerException e) {
            System.out.println("bench: " + group + ": " + e.getMessage());
            return 1;
        }
    }

    private static void add(Figures figures, RunResult run, Collection<RunResult> runs) {
        final Result<?> time = run.getPrimaryResult();
        final String own = group(run);
        final RunResult peer = runs.stream()
                .filter(each -> group(each).equals(own) && name(each).startsWith("peer"))
                .findFirst()
                .orElse(run);
        final String parameters = run.getParams().getParamsKeys().stream()
                .map(key -> ", " + key + " " + run.getParams().getParam(key))
                .collect(Collectors.joining());
        figures.add(
                name(run) + parameters,
                time.getScore(),
                time.getScoreUnit().replace("/op", ""),
                name(peer),
                peer == run ? Double.NaN : peer.getPrimaryResult().getScore(),
                Goal.NONE);
        final Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated != null) {
            figures.add(name(run) + parameters + ": allocated", allocated.getScore(), "B");
        }
    }

    private static String group(RunResult run) {
        final String name = run.getParams().getBenchmark();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String name(RunResult run) {
        final String name = run.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
