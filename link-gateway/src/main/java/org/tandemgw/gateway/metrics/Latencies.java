package org.tandemgw.gateway.metrics;

import java.util.Map;
import org.tandemgw.gateway.time.LatencyCounts;

/**
 * One histogram with its labels.
 *
 * @param name of the metric, in the words of docs/metrics.md
 */
public record Latencies(Name name, Map<String, String> labels, LatencyCounts counts) {
    /** Which way of a frame was timed. */
    public enum Name {
        /** From the first byte's arrival until it was in the journal. */
        ARRIVAL_TO_JOURNAL(
                "tandem_arrival_to_journal_seconds",
                "From a frame's arrival until it is in the journal: it survives the end of the process."),
        /** From the arrival until a server's socket took it. */
        ARRIVAL_TO_SERVER(
                "tandem_arrival_to_server_seconds",
                "From a frame's arrival until the socket of a connected server has taken it; with sync: group that is after it was synced.");

        final String metric;
        final String help;

        Name(String metric, String help) {
            this.metric = metric;
            this.help = help;
        }
    }
}
