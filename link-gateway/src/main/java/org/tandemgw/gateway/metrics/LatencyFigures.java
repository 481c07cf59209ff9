package org.tandemgw.gateway.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.tandemgw.gateway.time.LatencyCounts;

/** Reads the counters of the threads that frames pass, when somebody asks. The metrics thread. */
final class LatencyFigures implements MultiCollector {
    private static final double NS_PER_S = 1e9;

    private final List<Latencies> all;

    LatencyFigures(List<Latencies> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public MetricSnapshots collect() {
        final MetricSnapshots.Builder figures = MetricSnapshots.builder();
        for (final Latencies.Name name : Latencies.Name.values()) {
            final HistogramSnapshot.Builder histogram =
                    HistogramSnapshot.builder().name(name.metric).help(name.help);
            for (final Latencies each : all) {
                if (each.name() == name) {
                    histogram.dataPoint(point(each));
                }
            }
            figures.metricSnapshot(histogram.build());
        }
        return figures.build();
    }

    private static HistogramDataPointSnapshot point(Latencies latencies) {
        final LatencyCounts.Reading reading = latencies.counts().read();
        final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        final long[] boundsNs = LatencyCounts.boundsNs();
        for (int i = 0; i < reading.counts().length; i++) {
            buckets.bucket(
                    i < boundsNs.length ? boundsNs[i] / NS_PER_S : Double.POSITIVE_INFINITY, reading.counts()[i]);
        }
        final Labels.Builder labels = Labels.builder();
        latencies.labels().forEach(labels::label);
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(reading.sumNs() / NS_PER_S)
                .labels(labels.build())
                .build();
    }
}
