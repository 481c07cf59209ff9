package org.tandemgw.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tandemgw.benchmarks.calls.RecoveryBench;
import org.tandemgw.benchmarks.endtoend.EndToEndBench;
import org.tandemgw.benchmarks.endtoend.ProfileBench;
import org.tandemgw.benchmarks.growth.GrowthBench;
import org.tandemgw.benchmarks.intake.IntakeBench;
import org.tandemgw.benchmarks.snmp.SnmpBench;
import org.tandemgw.benchmarks.start.StartBench;
import org.tandemgw.benchmarks.trunks.SelectionBench;
import org.tandemgw.benchmarks.trunks.SwitchoverBench;

/**
 * {@code ./tandem bench [--smoke] [--large] [GROUP ...]}: runs groups of benchmarks one after the other, all of them if none is named, prints each figure beside its peer of the same run, and
 * keeps the results in {@code target/bench/GROUP.json} (of smoke runs in {@code target/bench/smoke}). {@code ./tandem bench page} makes docs/performance.md of them.
 */
public final class Bench {
    /** One group. The answer is 0 if all that had to come came; a goal that is missed is told in the figures. */
    private interface Rig {
        int run(boolean smoke) throws IOException, InterruptedException;
    }

    /** Kept, or the level is forgotten: gateways within this process say what goes wrong, and nothing else. */
    private static final Logger TANDEM = Logger.getLogger("org.tandemgw");

    private static final Map<String, Rig> GROUPS = groups();
    private static final String USAGE = "usage: tandem bench [--smoke] [--large] [GROUP ...]\n"
            + "  groups: " + String.join(", ", GROUPS.keySet())
            + "; a part of a JMH benchmark's name; none: all groups\n"
            + "  --smoke: seconds for each group, to see that it works; --large: journals of 50 GB as well\n"
            + "  tandem bench page: docs/performance.md from the results of the last full runs";

    private Bench() {}

    private static Map<String, Rig> groups() {
        final Map<String, Rig> groups = new LinkedHashMap<>();
        groups.put("intake", IntakeBench::run);
        groups.put("end-to-end", EndToEndBench::run);
        groups.put("catch-up", smoke -> Microbenchmarks.run("catch-up", "CatchUpBenchmark", smoke));
        groups.put("recovery", RecoveryBench::run);
        groups.put("switchover", SwitchoverBench::run);
        groups.put("switch", SelectionBench::run);
        groups.put("start-up", StartBench::run);
        groups.put("growth", GrowthBench::run);
        groups.put("snmp", SnmpBench::run);
        groups.put("journal", smoke -> Microbenchmarks.run("journal", "JournalAppendBenchmark", smoke));
        groups.put("calltable", smoke -> Microbenchmarks.run("calltable", "CallTableBenchmark", smoke));
        groups.put("profile", ProfileBench::run);
        return groups;
    }

    /** The names of all groups. */
    static List<String> names() {
        return List.copyOf(GROUPS.keySet());
    }

    /** Status 0 if all ran, 1 if one failed, 2 for bad usage. */
    public static void main(String[] arguments) throws IOException {
        TANDEM.setLevel(Level.SEVERE);
        final List<String> wanted = new ArrayList<>();
        boolean smoke = false;
        for (final String argument : arguments) {
            switch (argument) {
                case "--smoke" -> smoke = true;
                case "--large" -> System.setProperty("tandem.bench.large", "true");
                case "--help", "-h" -> {
                    System.out.println(USAGE);
                    System.exit(0);
                }
                default -> wanted.add(argument);
            }
        }
        if (wanted.stream().anyMatch(each -> each.startsWith("-"))) {
            System.out.println(USAGE);
            System.exit(2);
        }
        if (wanted.equals(List.of("page"))) {
            Page.write(Path.of(System.getProperty("tandem.root", ".")));
            return;
        }
        int status = 0;
        for (final String each : wanted.isEmpty() ? names() : wanted) {
            status |= group(each, smoke);
        }
        System.exit(status);
    }

    private static int group(String name, boolean smoke) {
        try {
            for (final Map.Entry<String, Rig> each : GROUPS.entrySet()) {
                if (plain(each.getKey()).equals(plain(name))) {
                    return each.getValue().run(smoke);
                }
            }
            return Microbenchmarks.run(name, plain(name), smoke);
        } catch (IOException | RuntimeException e) {
            System.out.println("bench: " + name + ": " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(java.util.Locale.ROOT);
    }
}
