package org.tandemgw.gateway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of Prometheus' text format, written from its description. */
public final class Exposition {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*)\\})? (\\S+)");

    /** The value of each series, by its name and labels as they are written. */
    public final Map<String, Double> samples = new LinkedHashMap<>();

    /** The type of each metric. */
    public final Map<String, String> types = new HashMap<>();

    /** Reads it, or fails with the line that is wrong. */
    public Exposition(String text) {
        assertTrue(text.endsWith("\n"), "the last line ends");
        String metric = null;
        for (final String line : text.split("\n")) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                final String[] words = line.split(" ", 4);
                metric = words[2];
                if (words[1].equals("TYPE")) {
                    assertNull(types.put(metric, words[3]), "told twice: " + line);
                }
                continue;
            }
            final Matcher sample = SAMPLE.matcher(line);
            assertTrue(sample.matches(), "no sample: " + line);
            assertTrue(metric != null && sample.group(1).startsWith(metric), "without its type: " + line);
            final String value = sample.group(4);
            final double number =
                    switch (value) {
                        case "+Inf" -> Double.POSITIVE_INFINITY;
                        case "NaN" -> Double.NaN;
                        default -> Double.parseDouble(value);
                    };
            assertNull(
                    samples.put(sample.group(1) + (sample.group(2) == null ? "" : sample.group(2)), number),
                    "told twice: " + line);
        }
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                histogram(name);
            }
        });
    }

    /** Buckets rise, and the last one is the count. */
    private void histogram(String name) {
        final Map<String, Double> last = new HashMap<>();
        samples.forEach((series, value) -> {
            if (series.startsWith(name + "_bucket{")) {
                final String labels = series.replaceFirst("^[^{]*", "").replaceFirst(",?le=\"[^\"]*\"", "");
                assertTrue(value >= last.getOrDefault(labels, 0.0), series);
                last.put(labels, value);
            }
        });
        last.forEach((labels, value) ->
                assertEquals(samples.get(name + "_count" + (labels.equals("{}") ? "" : labels)), value, name + labels));
    }

    /** The value of a series; fails if there is none. */
    public double value(String series) {
        assertTrue(samples.containsKey(series), () -> series + " is not in " + samples.keySet());
        return samples.get(series);
    }
}
