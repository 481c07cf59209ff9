package org.tandemgw.gateway.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/alarms.md is what somebody reads at night: every alarm is there, and nothing that is none. */
class AlarmsPageTest {
    private static final Pattern SECTION = Pattern.compile(
            "^### (\\w+) · (\\w+) · (.+?)( · latched)?$\\n(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Map<String, AlarmName> NAMES =
            Arrays.stream(AlarmName.values()).collect(Collectors.toMap(AlarmName::toString, Function.identity()));

    private String page;

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "alarms.md"));
    }

    @Test
    void shouldSayOfEveryAlarmWhatItMeansItsEffectWhatToDoAndWhenItClears() {
        final Set<String> described = new TreeSet<>();
        final Matcher section = SECTION.matcher(page);
        while (section.find()) {
            final String heading = section.group().lines().findFirst().orElseThrow();
            final AlarmName name = NAMES.get(section.group(1));
            assertTrue(name != null, "no alarm of Tandem: " + heading);
            assertEquals(name.severity().toString(), section.group(2), heading);
            assertEquals(name.latched(), section.group(4) != null, heading);
            for (final String part : List.of("**Means** ", "**Effect** ", "**Do** ", "**Clears** ")) {
                assertTrue(section.group(5).lines().anyMatch(line -> line.startsWith(part)), heading + ": " + part);
            }
            described.add(name.toString());
        }
        assertEquals(
                page.lines().filter(line -> line.startsWith("### ")).count(), sections(), "headings of another form");
        final Set<String> expected = new TreeSet<>(NAMES.keySet());
        assertEquals(expected, described);
    }

    @Test
    void shouldGiveEveryAlarmANumberOfItsOwn() {
        final Map<Integer, AlarmName> codes = new TreeMap<>();
        for (final AlarmName name : AlarmName.values()) {
            assertEquals(null, codes.put(name.code(), name), name + " has the number of another one");
        }
    }

    private long sections() {
        return SECTION.matcher(page).results().count();
    }
}
