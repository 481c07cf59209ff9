package org.tandemgw.benchmarks.rig;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run of one group: printed as a table, and kept in {@code target/bench/GROUP.json}, those of smoke runs in {@code target/bench/smoke}. One thread. */
public final class Figures {
    private final String group;
    private final boolean smoke;
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final long beganNs = System.nanoTime();
    private final Map<String, Object> machine = Machine.here();
    private final List<Figure> figures = new ArrayList<>();

    /** @param smoke whether the run only shows that the rig works */
    public Figures(String group, boolean smoke) {
        this.group = group;
        this.smoke = smoke;
    }

    /** Where the results of a group are. A smoke run leaves those of a full one alone. */
    public static Path file(String group, boolean smoke) {
        final Path all = Path.of(System.getProperty("tandem.root", "."), "target", "bench");
        return (smoke ? all.resolve("smoke") : all).resolve(group + ".json");
    }

    /** A figure that is compared with nothing. */
    public void add(String what, double value, String unit) {
        add(what, value, unit, "", Double.NaN, Goal.NONE);
    }

    /** A figure with a goal of its own. */
    public void add(String what, double value, String unit, Goal goal) {
        add(what, value, unit, "", Double.NaN, goal);
    }

    /** A figure beside its peer; where the peer is not on this machine, its value is NaN. */
    public void add(String what, double value, String unit, String peer, double peerValue, Goal goal) {
        add(what, value, unit, peer, peerValue, goal, Figure.UNCOUNTED);
    }

    /** The same, and in how many places of what was measured frames were missing, double or out of order. */
    public void add(String what, double value, String unit, String peer, double peerValue, Goal goal, long breaks) {
        final boolean alone = Double.isNaN(peerValue);
        figures.add(new Figure(
                what,
                value,
                unit,
                alone ? "" : peer,
                alone ? 0 : peerValue,
                alone && goal.ofRatio() ? Goal.NONE : goal,
                breaks));
    }

    /** Prints them and writes them down. */
    public void end() throws IOException {
        final int seconds = (int) ((System.nanoTime() - beganNs) / 1_000_000_000L);
        System.out.printf(
                "%n%s: %s, %s x %s, commit %s, load before %s, %d s%s%n",
                group,
                machine.get("java"),
                machine.get("processors"),
                machine.get("processor"),
                machine.get("commit"),
                machine.get("loadBefore"),
                seconds,
                smoke ? "; a smoke run: the figures mean nothing" : "");
        System.out.printf("%-62s %12s %-12s %10s  %s%n", "", "", "", "ratio", "to");
        for (final Figure each : figures) {
            print(each);
        }
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("group", group);
        all.put("at", at.toString());
        all.put("smoke", smoke);
        all.put("seconds", seconds);
        all.put("machine", machine);
        machine.put("loadAfter", Machine.load());
        all.put("figures", figures.stream().map(Figure::toMap).toList());
        final Path file = file(group, smoke);
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all) + "\n");
        System.out.println("results: " + file);
    }

    private static void print(Figure each) {
        System.out.printf(
                Locale.ROOT,
                "%-62s %12s %-12s %10s  %s%s%s%n",
                each.what(),
                Figure.number(each.value()),
                each.unit(),
                each.peer().isEmpty() ? "" : Figure.number(each.ratio()),
                each.peer().isEmpty() ? "" : each.peer() + " (" + Figure.number(each.peerValue()) + ")",
                !each.goal().isSet()
                        ? ""
                        : "; goal " + each.goal()
                                + (each.goal().isMetBy(each.value(), each.ratio()) ? ": met" : ": NOT met"),
                Figure.remark(each.breaks()));
    }

    /** The one in the middle. */
    public static double median(List<Double> values) {
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
