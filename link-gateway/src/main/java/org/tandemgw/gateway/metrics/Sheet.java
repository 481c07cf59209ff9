package org.tandemgw.gateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collects figures of one moment, each under its name. One thread. */
final class Sheet {
    private static final String TOTAL = "_total";

    private final MetricSnapshots.Builder all = MetricSnapshots.builder();
    private final Set<String> series = new HashSet<>();
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

    /** A figure that goes up and down. {@code labels}: name, value, name, value … Null is left out: nobody knows it. */
    void gauge(String name, String help, Number value, String... labels) {
        final GaugeSnapshot.Builder gauge = gauges.computeIfAbsent(
                name, any -> GaugeSnapshot.builder().name(name).help(help));
        if (value != null && isFirst(name, labels)) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .value(value.doubleValue())
                    .labels(Labels.of(labels))
                    .build());
        }
    }

    void gauge(String name, String help, boolean value, String... labels) {
        gauge(name, help, value ? 1 : 0, labels);
    }

    /** A figure that only rises while the process lives; its name ends with _total. */
    void counter(String name, String help, long value, String... labels) {
        final CounterSnapshot.Builder counter = counters.computeIfAbsent(name, any -> CounterSnapshot.builder()
                .name(name.substring(0, name.length() - TOTAL.length()))
                .help(help));
        if (isFirst(name, labels)) {
            counter.dataPoint(CounterDataPointSnapshot.builder()
                    .value(value)
                    .labels(Labels.of(labels))
                    .build());
        }
    }

    /** What this is: {@code tandem_info}, always 1. */
    void info(String help, String... labels) {
        all.metricSnapshot(InfoSnapshot.builder()
                .name("tandem")
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(labels))
                        .build())
                .build());
    }

    /** Two managers at one address, say: the second is left out, as Prometheus takes no figure twice. */
    private boolean isFirst(String name, String... labels) {
        return series.add(name + " " + String.join(" ", labels));
    }

    /** One of several words: 1 for the one that holds, 0 for the others, under the label {@code state}. */
    <E extends Enum<E>> void states(String name, String help, Class<E> words, E holds, String... labels) {
        for (final E each : words.getEnumConstants()) {
            gauge(name, help, each == holds, with(labels, "state", each.toString()));
        }
    }

    static String[] with(String[] labels, String... more) {
        final String[] all = Arrays.copyOf(labels, labels.length + more.length);
        System.arraycopy(more, 0, all, labels.length, more.length);
        return all;
    }

    MetricSnapshots snapshots() {
        gauges.values().forEach(each -> all.metricSnapshot(each.build()));
        counters.values().forEach(each -> all.metricSnapshot(each.build()));
        return all.build();
    }
}
