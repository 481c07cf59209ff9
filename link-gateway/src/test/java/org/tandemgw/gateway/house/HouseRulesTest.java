package org.tandemgw.gateway.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the text of the project. */
class HouseRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("tandem.root"));

    @Test
    void shouldDescribeEveryReferenceRowThatATestCites() {
        final Pattern cited = Pattern.compile("\\brows? ((?:[A-D][0-9]{1,2}(?:, | and )?)+)");
        final Set<String> rows = new TreeSet<>();
        for (final Path test : sources("src/test")) {
            final Matcher matcher = cited.matcher(read(test));
            while (matcher.find()) {
                rows.addAll(List.of(matcher.group(1).split(", | and ")));
            }
        }
        assertTrue(rows.contains("A3"), "the rule finds citations: " + rows);
        final String table = read(ROOT.resolve("docs/reference-rows.md"));
        rows.removeIf(row -> table.contains("| " + row + " |"));
        assertEquals(Set.of(), rows, "cited by a test, absent from docs/reference-rows.md");
    }

    @Test
    void shouldSleepInNoTest() {
        final String sleeping = "Thread." + "sleep(";
        assertEquals(List.of(), containing(sources("src/test"), sleeping));
    }

    @Test
    void shouldReadTheClockOnlyWhereClocksAreMade() {
        final List<Path> main = sources("link-gateway/src/main").stream()
                .filter(file -> file.toString().contains("/frame/")
                        || file.toString().contains("/arbiter/")
                        || file.toString().contains("/leg/")
                        || file.toString().contains("/dialect/"))
                .toList();
        assertEquals(List.of(), containing(main, "System.nanoTime"));
        assertEquals(List.of(), containing(main, "System.currentTimeMillis"));
    }

    @Test
    void shouldKeepClassesSmall() {
        final List<String> large = sources("src/main").stream()
                .filter(file -> read(file).lines().count() > 500)
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertEquals(List.of(), large, "a class of this size has become the conductor of something: split it by role");
    }

    private static List<Path> sources(String part) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/" + part + "/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> containing(List<Path> files, String text) {
        return files.stream()
                .filter(file -> read(file).contains(text))
                .map(file -> ROOT.relativize(file).toString())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
