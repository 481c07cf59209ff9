package org.tandemgw.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tandemgw.benchmarks.rig.Figure;
import org.tandemgw.benchmarks.rig.Figures;

/**
 * docs/performance.md: people write the text, this writes the tables, between {@code <!-- figures GROUP -->} (or {@code <!-- goals -->}) and {@code <!-- end -->}. The results it shows are kept beside it, in docs/figures, so that
 * a table can be checked.
 */
final class Page {
    private static final Pattern PLACE =
            Pattern.compile("(<!-- (figures ([a-z-]+)|goals) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    private Page() {}

    /** Takes over the results of full runs, and makes the tables anew. */
    static void write(Path root) throws IOException {
        final Path kept = Files.createDirectories(root.resolve("docs/figures"));
        for (final String group : Bench.names()) {
            final Path file = Figures.file(group, false);
            if (!Files.exists(file)) {
                System.out.println("bench: " + group + ": no new results");
            } else if (Boolean.TRUE.equals(
                    JSON.std.mapFrom(Files.readString(file)).get("smoke"))) {
                System.out.println("bench: " + group + ": the last run was a smoke run; not taken");
            } else {
                Files.copy(file, kept.resolve(group + ".json"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        final Path page = root.resolve("docs/performance.md");
        Files.writeString(page, filledIn(Files.readString(page), kept));
        System.out.println("written: " + page);
    }

    /** The page with its tables as the results in this folder have them. */
    static String filledIn(String page, Path kept) throws IOException {
        final Map<String, Map<String, Object>> results = results(kept);
        final Matcher place = PLACE.matcher(page);
        final StringBuilder out = new StringBuilder();
        while (place.find()) {
            final String table = place.group(3) == null ? goals(results) : table(results.get(place.group(3)));
            place.appendReplacement(out, Matcher.quoteReplacement(place.group(1) + table + place.group(4)));
        }
        return place.appendTail(out).toString();
    }

    private static Map<String, Map<String, Object>> results(Path kept) throws IOException {
        final Map<String, Map<String, Object>> results = new TreeMap<>();
        if (Files.isDirectory(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                for (final Path file : files.toList()) {
                    final Map<String, Object> result = JSON.std.mapFrom(Files.readString(file));
                    results.put(result.get("group").toString(), result);
                }
            }
        }
        return results;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> figures(Map<String, Object> result) {
        return (List<Map<String, Object>>) result.get("figures");
    }

    private static String table(Map<String, Object> result) {
        if (result == null) {
            return "Not measured yet.\n";
        }
        final StringBuilder out =
                new StringBuilder("| figure | | | ratio | to | goal |\n|---|---:|---|---:|---|---|\n");
        for (final Map<String, Object> each : figures(result)) {
            out.append("| ")
                    .append(each.get("figure"))
                    .append(each.get("breaks") instanceof Number breaks ? Figure.remark(breaks.longValue()) : "")
                    .append(" | ");
            out.append(number(each, "value"))
                    .append(" | ")
                    .append(each.get("unit"))
                    .append(" | ");
            out.append(number(each, "ratio")).append(" | ");
            out.append(each.containsKey("peer") ? each.get("peer") + " (" + number(each, "peerValue") + ")" : "");
            out.append(" | ").append(goal(each)).append(" |\n");
        }
        final Map<?, ?> machine = (Map<?, ?>) result.get("machine");
        return out.append("\n`./tandem bench ")
                .append(result.get("group"))
                .append("`, ")
                .append(result.get("at"))
                .append(", ")
                .append(result.get("seconds"))
                .append(" s; ")
                .append(machine.get("processors"))
                .append(" x ")
                .append(machine.get("processor"))
                .append(", ")
                .append(machine.get("memory"))
                .append(", ")
                .append(machine.get("system"))
                .append(", ")
                .append(machine.get("fileSystem"))
                .append("; ")
                .append(machine.get("java"))
                .append("; commit ")
                .append(machine.get("commit"))
                .append("; load ")
                .append(machine.get("loadBefore"))
                .append(" before.\n")
                .toString();
    }

    private static String goals(Map<String, Map<String, Object>> results) {
        final StringBuilder out =
                new StringBuilder("| group | figure | | ratio | to | goal |\n|---|---|---:|---:|---|---|\n");
        for (final Map.Entry<String, Map<String, Object>> group : results.entrySet()) {
            for (final Map<String, Object> each : figures(group.getValue())) {
                if (each.containsKey("goal")) {
                    out.append("| ")
                            .append(group.getKey())
                            .append(" | ")
                            .append(each.get("figure"))
                            .append(" | ");
                    out.append(number(each, "value"))
                            .append(' ')
                            .append(each.get("unit"))
                            .append(" | ");
                    out.append(number(each, "ratio")).append(" | ");
                    out.append(each.containsKey("peer") ? each.get("peer").toString() : "");
                    out.append(" | ").append(goal(each)).append(" |\n");
                }
            }
        }
        return results.isEmpty() ? "Not measured yet.\n" : out.toString();
    }

    private static String goal(Map<String, Object> figure) {
        return !figure.containsKey("goal")
                ? ""
                : figure.get("goal") + (Boolean.TRUE.equals(figure.get("met")) ? ": met" : ": **not met**");
    }

    private static String number(Map<String, Object> figure, String key) {
        return figure.get(key) instanceof Number number ? Figure.number(number.doubleValue()) : "";
    }
}
