package org.tandemgw.gateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tandemgw.gateway.simulate.Case;

/**
 * What a shell has to know, as patterns of a {@code case}, the same for every shell: where a line stands is the words of its verb with slashes before them, as in
 * {@code /journal/cat}.
 */
final class CompletionCases {
    /** What labels of the help stand for; other labels are numbers and texts, which nobody can complete. */
    private static final Map<String, String> NAMES =
            Map.of("ACD", "names acds", "SERVER", "names servers", "FILE", "files", "FOLDER", "files");

    private static final Map<String, String> WORDS = Map.of(
            "MODE",
            "auto manual held",
            "LEG",
            "1 2",
            "DIRECTION",
            "from-acd to-acd",
            "POSITION",
            "A B",
            "FAULT",
            Arrays.stream(Case.values()).map(Case::toString).collect(Collectors.joining(" ")));

    private final List<VerbTree.Node> nodes;

    CompletionCases(List<VerbTree.Node> nodes) {
        this.nodes = nodes;
    }

    static String place(VerbTree.Node node) {
        return "/" + String.join("/", node.path());
    }

    List<VerbTree.Node> nodes() {
        return nodes;
    }

    /** Every {@code /verb} and {@code /verb/part}. */
    List<String> places() {
        return nodes.stream().map(CompletionCases::place).toList();
    }

    /** Every {@code /verb --option} that is followed by a value, with what that can be: {@code files}, {@code names acds}, {@code words a b}, or nothing. */
    List<String[]> values() {
        final List<String[]> values = new ArrayList<>();
        for (final VerbTree.Node node : nodes) {
            for (final VerbTree.Option option : node.options()) {
                if (option.label() != null) {
                    for (final String name : option.names()) {
                        values.add(new String[] {place(node) + " " + name, what(node, option.label())});
                    }
                }
            }
        }
        return values;
    }

    /** Every {@code /verb n} with what the argument there can be; {@code /verb *} where it and all behind it are alike. */
    List<String[]> arguments() {
        final List<String[]> arguments = new ArrayList<>();
        for (final VerbTree.Node node : nodes) {
            for (int i = 0; i < node.arguments().size(); i++) {
                final VerbTree.Argument each = node.arguments().get(i);
                final String what = what(node, each.label());
                if (!what.isEmpty()) {
                    arguments.add(new String[] {place(node) + (each.many() ? " *" : " " + i), what});
                }
            }
        }
        return arguments;
    }

    private static String what(VerbTree.Node node, String label) {
        if (label.equals("NAME") && node.path().size() > 1) {
            return switch (node.path().get(0)) {
                case "trunks" -> "names switches";
                case "profiles" -> "names profiles";
                default -> "";
            };
        }
        if (!VerbTree.wordsOf(label).isEmpty()) {
            return "words " + String.join(" ", VerbTree.wordsOf(label));
        }
        final String bare = label.replaceAll("[^A-Z].*", "");
        return NAMES.containsKey(bare) ? NAMES.get(bare) : WORDS.containsKey(bare) ? "words " + WORDS.get(bare) : "";
    }
}
