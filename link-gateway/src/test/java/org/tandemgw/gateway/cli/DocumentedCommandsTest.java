package org.tandemgw.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever types what a page of the manual says finds the verb, its part and its options. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));
    private static final Set<String> OF_THE_SOURCE_TREE = Set.of("test", "bench", "install", "VERB");

    /** In code between backticks, or at the beginning of a line of a block. */
    private static final Pattern COMMAND = Pattern.compile("(?:`|(?m:^ *(?:\\. <\\()?))(?:\\./)?tandem ([^`\\n]+)");

    @Test
    void shouldHaveEveryVerbPartAndOptionThatTheManualNames() throws IOException {
        final Map<String, VerbTree.Node> nodes = new HashMap<>();
        VerbTree.nodes().forEach(node -> nodes.put(node.words(), node));
        final List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (final Path page : pages()) {
            final Matcher command = COMMAND.matcher(Files.readString(page));
            while (command.find()) {
                commands++;
                final String why = wrong(command.group(1).replaceFirst("\\s#.*| {2,}.*| > .*", ""), nodes);
                if (why != null) {
                    wrong.add(ROOT.relativize(page) + ": tandem " + command.group(1) + ": " + why);
                }
            }
        }
        assertTrue(commands > 200, commands + " commands found");
        assertEquals(List.of(), wrong);
    }

    private static String wrong(String line, Map<String, VerbTree.Node> nodes) {
        final List<String> words = Arrays.asList(line.strip().split("\\s+"));
        final List<String> plain =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        if (plain.isEmpty()
                || OF_THE_SOURCE_TREE.contains(plain.get(0))
                || !plain.get(0).matches("[a-z][a-z-]*")) {
            return null; // `tandem --help`, `tandem VERB --help`
        }
        VerbTree.Node node = nodes.get(plain.get(0));
        if (node == null) {
            return "there is no such verb";
        }
        if (!node.subs().isEmpty() && plain.size() > 1 && plain.get(1).matches("[a-z|-]+")) {
            for (final String part : plain.get(1).split("\\|")) {
                if (!node.subs().contains(part)) {
                    return node.arguments().isEmpty() ? "it has no part " + part : null;
                }
                node = nodes.get(plain.get(0));
            }
            node = nodes.get(plain.get(0) + " " + plain.get(1).split("\\|")[0]);
        }
        final VerbTree.Node of = node;
        return words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceFirst("[^a-z-].*", ""))
                .filter(word ->
                        of.options().stream().noneMatch(option -> option.names().contains(word)))
                .findFirst()
                .map(word -> "it has no option " + word)
                .orElse(null);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            pages.filter(page -> page.toString().endsWith(".md")), Stream.of(ROOT.resolve("README.md")))
                    .sorted()
                    .toList();
        }
    }
}
