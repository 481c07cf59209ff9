package org.tandemgw.gateway.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real shells offer when somebody presses the tab key: every verb, part and option that there is, and no other. */
class ShellCompletionTest {
    private static final String CONFIGURATION =
            "data: d\nacds: [ { name: acd1 }, { name: acd2 } ]\nservers: [ { name: cms-east }, { name: cms-west } ]\n"
                    + "switches: [ { name: trunks } ]\n";

    /** Asks a bash for the words that would be offered, one line for each line of its input. */
    private static final String ASK_BASH = """
            . ./script
            compopt() { :; }
            while IFS= read -r line; do
                read -r -a COMP_WORDS <<< "$line"
                [[ $line == *' ' ]] && COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _tandem
                echo "${COMPREPLY[*]}"
            done
            """;

    /** The same of a zsh; what its own functions would show is printed. */
    private static final String ASK_ZSH = """
            compdef() { : }
            _describe() { local -a all; all=(${(P)@[-1]}); offered+=(${all%%:*}) }
            compadd() { offered+=(${(P)2}) }
            _files() { offered+=(FILES) }
            . ./script
            while IFS= read -r line; do
                words=(${(z)line})
                [[ $line == *' ' ]] && words+=('')
                CURRENT=$#words
                offered=()
                _tandem
                print -r -- $offered
            done
            """;

    @TempDir
    Path folder;

    private List<VerbTree.Node> nodes;

    @BeforeEach
    void make() throws IOException {
        nodes = VerbTree.nodes();
        Files.writeString(folder.resolve("tandem.yaml"), CONFIGURATION);
    }

    @Test
    void shouldKnowEveryVerb() {
        assertEquals(
                List.copyOf(Tandem.table().keySet()),
                nodes.stream()
                        .filter(node -> node.path().size() == 1)
                        .map(VerbTree.Node::words)
                        .toList());
        assertTrue(nodes.stream().filter(node -> node.path().size() == 2).count() > 15, nodes::toString);
    }

    @Test
    void shouldOfferInBashWhatThereIs() throws Exception {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("completion", "bash"));
        final Map<String, Set<String>> offered = ask("/bin/bash", List.of(), ASK_BASH, shell.out());
        assertAll(offered);
        assertEquals(Set.of("ask.sh"), offered.get("tandem support-bundle a"));
    }

    @Test
    void shouldOfferInZshWhatThereIs() throws Exception {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("completion", "zsh"));
        final Map<String, Set<String>> offered = ask("/usr/bin/zsh", List.of("-f"), ASK_ZSH, shell.out());
        assertAll(offered);
        assertEquals(Set.of("FILES"), offered.get("tandem support-bundle a"));
    }

    private void assertAll(Map<String, Set<String>> offered) {
        assertTrue(offered.get("tandem ").containsAll(Tandem.table().keySet()), offered.get("tandem ")::toString);
        for (final VerbTree.Node node : nodes) {
            final Set<String> options = new TreeSet<>();
            node.options().forEach(option -> options.addAll(option.names()));
            assertEquals(options, offered.get("tandem " + node.words() + " -"), node.words());
            if (!node.subs().isEmpty()) {
                assertEquals(new TreeSet<>(node.subs()), offered.get("tandem " + node.words() + " "), node.words());
            }
        }
        assertEquals(Set.of("auto", "held", "manual"), offered.get("tandem mode "));
        assertEquals(Set.of("1", "2"), offered.get("tandem -c tandem.yaml leg busy-out acd1 "));
        assertEquals(Set.of("acd1", "acd2"), offered.get("tandem leg --debug busy-out "));
        assertEquals(Set.of("cms-east", "cms-west"), offered.get("tandem switch --reason x "));
        assertEquals(Set.of("trunks"), offered.get("tandem trunks query "));
        assertEquals(Set.of(), offered.get("tandem switch --reason "));
    }

    /** What is offered for each of the lines. */
    private Map<String, Set<String>> ask(String program, List<String> options, String ask, String script)
            throws Exception {
        final boolean must = "all".equals(System.getenv("TANDEM_TESTS"));
        assumeTrue(must || Files.isExecutable(Path.of(program)), program + " is missing");
        final List<String> lines = new ArrayList<>(List.of(
                "tandem ",
                "tandem mode ",
                "tandem -c tandem.yaml leg busy-out acd1 ",
                "tandem leg --debug busy-out ",
                "tandem switch --reason x ",
                "tandem switch --reason ",
                "tandem trunks query ",
                "tandem support-bundle a"));
        nodes.forEach(
                node -> Collections.addAll(lines, "tandem " + node.words() + " -", "tandem " + node.words() + " "));
        Files.writeString(folder.resolve("script"), script);
        Files.writeString(
                folder.resolve("ask.sh"),
                "tandem() { grep -v data tandem.yaml | case $* in *acds) echo acd1; echo acd2 ;;"
                        + " *servers) echo cms-east; echo cms-west ;; *switches) echo trunks ;; esac; }\n" + ask);
        Files.write(folder.resolve("lines"), lines);
        final List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.add("ask.sh");
        final Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(folder.resolve("lines").toFile())
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, SECONDS));
        final List<String> answers = said.lines().toList();
        assertEquals(lines.size(), answers.size(), said);
        final Map<String, Set<String>> offered = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final Set<String> words =
                    new TreeSet<>(Arrays.asList(answers.get(i).strip().split(" +")));
            words.remove("");
            offered.put(lines.get(i), words);
        }
        return offered;
    }

    @Test
    void shouldNameWhatTheSiteHas() {
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("completion", "names", "acds"));
        assertEquals("acd1\nacd2\n", shell.out());
        assertEquals(0, shell.type("completion", "names", "profiles"));
        assertTrue(shell.out().contains("asterisk-ami\n"), shell.out());
        assertEquals(2, shell.type("completion"));
    }
}
