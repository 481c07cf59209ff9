package org.tandemgw.gateway.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Every alarm has a test that raises and clears it: the list {@code alarm-causes.txt} names it, and how near to its real cause that is. */
class AlarmCausesTest {
    private static final Path TESTS = Path.of(System.getProperty("tandem.root"), "link-gateway", "src", "test");
    /** What was reached already: a change that makes it less needs a reason. */
    private static final int BY_REAL_CAUSE = 43;

    private record Row(String alarm, String how, String type, String method) {}

    private final List<Row> rows = new ArrayList<>();

    @BeforeEach
    void readTheList() throws IOException {
        for (final String line : Files.readAllLines(TESTS.resolve("resources").resolve("alarm-causes.txt"))) {
            if (!line.startsWith("#")) {
                final String[] words = line.split("[ #]");
                assertEquals(4, words.length, line);
                rows.add(new Row(words[0], words[1], words[2], words[3]));
            }
        }
    }

    @Test
    void shouldNameATestForEveryAlarm() {
        final Set<String> expected = Arrays.stream(AlarmName.values())
                .map(AlarmName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, rows.stream().map(Row::alarm).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(expected.size(), rows.size(), "one line each");
    }

    @Test
    void shouldNameTestsThatThereAreAndThatKnowTheAlarm() throws Exception {
        for (final Row row : rows) {
            final String name = "org.tandemgw.gateway." + row.type();
            final List<Method> methods = Arrays.stream(Class.forName(name).getDeclaredMethods())
                    .filter(method -> method.getName().equals(row.method()))
                    .filter(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(TestFactory.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .toList();
            assertEquals(1, methods.size(), row.toString());
            assertTrue(row.how().equals("decided") ? inScripts(row) : inSource(name, row), row.toString());
        }
    }

    @Test
    void shouldNotFallBehindWhatWasReached() {
        final Set<String> kinds = Set.of("site", "raised", "decided", "by-hand");
        assertTrue(kinds.containsAll(rows.stream().map(Row::how).toList()));
        assertTrue(rows.stream().filter(row -> row.how().equals("site")).count() >= BY_REAL_CAUSE);
    }

    private static boolean inSource(String type, Row row) throws IOException {
        final String source = Files.readString(TESTS.resolve("java").resolve(type.replace('.', '/') + ".java"));
        final String constant = row.alarm().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        final boolean latched = row.how().equals("by-hand") && source.contains("latch(");
        return latched || source.contains(row.alarm()) || source.contains(constant) || source.contains("conditions()");
    }

    private static boolean inScripts(Row row) throws IOException {
        try (var scripts = Files.list(TESTS.resolve("resources").resolve("scenarios"))) {
            for (final Path script : scripts.toList()) {
                if (Files.readString(script).contains("alarm " + row.alarm() + " ")) {
                    return true;
                }
            }
        }
        return false;
    }
}
