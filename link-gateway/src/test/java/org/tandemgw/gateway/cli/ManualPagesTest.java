package org.tandemgw.gateway.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.profiles.yaml.Outline;
import org.tandemgw.profiles.yaml.Problems;

/** What {@code man tandem} and {@code man tandem.yaml} show: every verb, option and key that there is, and no other. */
class ManualPagesTest {
    private static final Path MAN = Path.of("/usr/bin/man");
    private static final Path REFERENCE = Path.of(System.getProperty("tandem.root"), "docs", "reference.yaml");

    @TempDir
    Path folder;

    @Test
    void shouldDescribeEveryVerbAndOption() throws Exception {
        final String page = shown("1");
        for (final VerbTree.Node node : VerbTree.nodes()) {
            final Matcher section = Pattern.compile("(?ms)^   tandem " + node.words() + "$(.*?)(?=^   tandem |^[A-Z])")
                    .matcher(page);
            assertTrue(section.find(), node.words() + " is missing");
            final Set<String> described = new TreeSet<>();
            final Matcher option =
                    Pattern.compile("(?m)^ +(-[^\\s,]+(?:, -[^\\s,]+)*)").matcher(section.group(1));
            while (option.find()) {
                described.addAll(List.of(option.group(1).split(", ")));
            }
            if (node.help() == null) {
                final Set<String> options = new TreeSet<>();
                node.options().forEach(each -> options.addAll(each.names()));
                assertEquals(options, described, node.words());
            }
        }
        assertEquals(
                VerbTree.nodes().size(),
                Pattern.compile("(?m)^   tandem ").matcher(page).results().count(),
                "no other verb");
    }

    @Test
    void shouldExplainEveryKeyAndNoOther() throws Exception {
        final String page = shown("5");
        final Set<String> keys = new TreeSet<>();
        Outline.of(REFERENCE, new Problems(), new Outline.Shown() {
            @Override
            public String key(String pattern, String key, int line) {
                keys.add(pattern.replaceAll("(net-test|circuits)\\..*", "$1.NAME"));
                return key;
            }

            @Override
            public String value(String pattern, String text) {
                return text;
            }
        });
        final Matcher alternative = Pattern.compile("(?m)^#= (\\S+)").matcher(Files.readString(REFERENCE));
        while (alternative.find()) {
            keys.add(alternative.group(1));
        }
        final Set<String> described = new TreeSet<>();
        final Matcher head = Pattern.compile("(?m)^ {7}([A-Za-z0-9.\\[\\]-]+)(?= |$)")
                .matcher(page.substring(page.indexOf("\nKEYS"), page.indexOf("\nFILES")));
        while (head.find()) {
            described.add(head.group(1));
        }
        described.removeIf(word -> !keys.contains(word) && !word.contains("[]"));
        assertEquals(keys, described);
        assertTrue(page.contains("exactly two, leg 1 and leg 2"), page);
    }

    /** As on a terminal of 80 columns; {@code man} finds nothing to warn of. */
    private String shown(String section) throws Exception {
        final boolean must = "all".equals(System.getenv("TANDEM_TESTS"));
        assumeTrue(must || Files.isExecutable(MAN), "man is missing");
        final OnTheConsole shell = new OnTheConsole(folder, null);
        assertEquals(0, shell.type("man", section), shell.err());
        final Path file = Files.write(folder.resolve("page." + section), shell.outBytes());
        final Path warnings = folder.resolve("warnings");
        final ProcessBuilder man = new ProcessBuilder(MAN.toString(), "--warnings", "-P", "cat", "-l", file.toString())
                .redirectError(warnings.toFile());
        man.environment().putAll(Map.of("LC_ALL", "C", "MANWIDTH", "80", "GROFF_NO_SGR", "1"));
        final Process process = man.start();
        // Bold is a letter over itself where there is no terminal.
        final String page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceAll(".\\x08", "")
                .replaceAll("\\x1b\\[[0-9;]*m", "");
        assertTrue(process.waitFor(60, SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(warnings));
        assertEquals("", Files.readString(warnings));
        return page;
    }
}
