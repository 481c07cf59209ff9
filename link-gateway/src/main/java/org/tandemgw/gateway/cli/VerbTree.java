package org.tandemgw.gateway.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All verbs and their parts, as the command line itself knows them: what completion and manual are made of. */
final class VerbTree {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    /**
     * A verb, or a part of one.
     *
     * @param path its words, without {@code tandem}
     * @param brief one line
     * @param about what it does, in sentences
     * @param footer examples and exit status
     * @param subs the words that may follow
     * @param help what {@code --help} prints, of what has a command line of its own; else null
     */
    record Node(
            List<String> path,
            String brief,
            List<String> about,
            List<String> footer,
            List<Option> options,
            List<Argument> arguments,
            List<String> subs,
            String help) {
        String words() {
            return String.join(" ", path);
        }
    }

    /**
     * An option.
     *
     * @param label what follows it; null if nothing does
     */
    record Option(List<String> names, String label, String about) {}

    /** What is given without an option. */
    record Argument(String label, boolean many, String about) {}

    private VerbTree() {}

    /** In the order of the help, a verb before its parts. */
    static List<Node> nodes() {
        final Console silent = silent(new ByteArrayOutputStream());
        final List<Node> nodes = new ArrayList<>();
        Tandem.table().forEach((name, brief) -> {
            if (name.equals(EmulateVerb.NAME)) {
                emulators(brief, nodes);
            } else {
                add(List.of(name), brief, VerbRunner.described(Tandem.verb(name, silent)), nodes);
            }
        });
        return List.copyOf(nodes);
    }

    private static void add(List<String> path, String brief, CommandLine line, List<Node> nodes) {
        final CommandSpec spec = line.getCommandSpec();
        final List<String> subs = line.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        final List<String> about = List.of(spec.usageMessage().description());
        nodes.add(new Node(
                path,
                brief == null ? first(about) : brief,
                about,
                List.of(spec.usageMessage().footer()),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(option -> new Option(
                                List.of(option.names()),
                                option.arity().max() == 0 ? null : option.paramLabel(),
                                text(option.description(), option)))
                        .toList(),
                spec.positionalParameters().stream().map(VerbTree::argument).toList(),
                subs,
                null));
        for (final String sub : subs) {
            final List<String> below = new ArrayList<>(path);
            below.add(sub);
            add(List.copyOf(below), null, line.getSubcommands().get(sub), nodes);
        }
    }

    private static Argument argument(PositionalParamSpec each) {
        return new Argument(each.paramLabel(), each.arity().max() > 1, String.join(" ", each.description()));
    }

    private static String text(String[] lines, OptionSpec option) {
        final String value = option.defaultValueString();
        return String.join(" ", lines).replace("${DEFAULT-VALUE}", value == null ? "none" : value);
    }

    private static String first(List<String> sentences) {
        final String all = String.join(" ", sentences);
        final int end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }

    /** They read their own options; their help says which. */
    private static void emulators(String brief, List<Node> nodes) {
        nodes.add(new Node(
                List.of(EmulateVerb.NAME),
                brief,
                List.of(brief),
                List.of(),
                List.of(),
                List.of(),
                EmulateVerb.EMULATORS,
                null));
        for (final String each : EmulateVerb.EMULATORS) {
            final ByteArrayOutputStream printed = new ByteArrayOutputStream();
            Tandem.run(silent(printed), EmulateVerb.NAME, each, "--help");
            final String help = printed.toString(StandardCharsets.UTF_8);
            final Matcher options = OPTION.matcher(help);
            final List<String> names = new ArrayList<>();
            while (options.find()) {
                if (!names.contains(options.group())) {
                    names.add(options.group());
                }
            }
            nodes.add(new Node(
                    List.of(EmulateVerb.NAME, each),
                    each,
                    List.of(),
                    List.of(),
                    names.stream()
                            .map(name -> new Option(List.of(name), null, ""))
                            .toList(),
                    List.of(),
                    List.of(),
                    help));
        }
    }

    private static Console silent(ByteArrayOutputStream printed) {
        final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Console(out, out, null, Path.of(""), Map.of());
    }

    /** The words that a label stands for, where it names them: {@code auto|manual|held}. Empty otherwise. */
    static List<String> wordsOf(String label) {
        return label.contains("|") && label.matches("[a-z0-9|-]+") ? Arrays.asList(label.split("\\|")) : List.of();
    }
}
