package org.tandemgw.gateway.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.Outline;
import org.tandemgw.profiles.yaml.Problems;

/** The manual page tandem.yaml(5), from the reference configuration: its keys and what its comments say of them. */
final class ConfigurationPage {
    private static final Pattern ALTERNATIVE = Pattern.compile("#= (\\S+) +(.*)");
    private static final Pattern OF_THE_FILE =
            Pattern.compile("# (The reference|A test keeps|Keys that cannot|Five lines).*");
    private static final Pattern FREE_NAMES = Pattern.compile("(network\\.net-test|switches\\[]\\.circuits)\\..*");

    private final List<String> lines;
    private final Map<String, Integer> lineOf = new LinkedHashMap<>();

    private ConfigurationPage(byte[] reference) {
        lines = new String(reference, StandardCharsets.UTF_8).lines().toList();
        Outline.of("reference.yaml", reference, new Problems(), new Outline.Shown() {
            @Override
            public String key(String pattern, String key, int line) {
                final String path = FREE_NAMES.matcher(pattern).replaceAll("$1.NAME");
                // The first that is explained; the reference shows some keys twice.
                if (!lineOf.containsKey(path) || comment(lineOf.get(path)).isEmpty()) {
                    lineOf.put(path, line);
                }
                return key;
            }

            @Override
            public String value(String pattern, String text) {
                return text;
            }
        });
    }

    static String of(byte[] reference, String version) {
        return new ConfigurationPage(reference).page(version);
    }

    private String page(String version) {
        final Roff page = new Roff("tandem.yaml", "5", version, "the configuration of tandem");
        page.heading("Description");
        lines.stream()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.length() > 2 && !OF_THE_FILE.matcher(line).matches())
                .forEach(line -> page.paragraph(line.substring(2)));
        page.paragraph(
                "Places in lists are written [] here; tandem check FILE says what is wrong with a file, and what follows from a good one.");
        page.heading("Keys");
        keys(page);
        page.heading("Files");
        page.item("/etc/tandem/tandem.yaml", "where tandem looks if none is named and ./tandem.yaml is not there");
        page.heading("See also");
        page.paragraph("tandem(1)");
        return page.toString();
    }

    /** In the order of the file. Keys that one comment explains stand together: those of one line. */
    private void keys(Roff page) {
        final Map<Integer, List<String>> byLine = new TreeMap<>();
        lineOf.forEach((path, line) ->
                byLine.computeIfAbsent(line, l -> new ArrayList<>()).add(path));
        final int begin = lines.indexOf("");
        for (int i = begin; i < lines.size(); i++) {
            final Matcher alternative = ALTERNATIVE.matcher(lines.get(i));
            if (alternative.matches()) {
                page.item(alternative.group(1), alternative.group(2));
            } else if (lines.get(i).startsWith("# ")) {
                page.paragraph(lines.get(i).substring(2));
            } else if (byLine.containsKey(i + 1)) {
                final List<String> heads = byLine.get(i + 1);
                heads.forEach(head -> page.sameItem(head, head.equals(heads.get(0))));
                page.itemText(comment(i + 1));
            }
        }
    }

    /** What stands behind a line, and alone on those that follow. */
    private String comment(int line) {
        final StringBuilder comment = new StringBuilder(behind(lines.get(line - 1)));
        for (int i = line; i < lines.size() && lines.get(i).matches(" +#.*"); i++) {
            comment.append(' ').append(behind(lines.get(i)));
        }
        return comment.toString().strip();
    }

    private static String behind(String line) {
        final int at = line.indexOf(" #");
        return at < 0 ? "" : line.substring(at + 2).strip();
    }
}
