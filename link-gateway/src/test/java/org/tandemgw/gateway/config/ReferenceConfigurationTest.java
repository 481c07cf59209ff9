package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.tandemgw.profiles.yaml.Problem;

/** docs/reference.yaml is the manual of the configuration: it must be true, and every mistake made in it must be told. */
class ReferenceConfigurationTest {

    /** Sections whose keys are names of the site's own. */
    private static final Set<String> FREE_NAMES = Set.of("network.net-test", "switches[].circuits");

    private static final Pattern ALTERNATIVE = Pattern.compile("(?m)^#= (\\S+) .*$");
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*):( |$)");

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @Test
    void shouldPassItsOwnCheck() throws IOException {
        ConfigurationFile.Result result = site.read(SiteFolder.reference());
        assertTrue(result.problems().isGood(), () -> result.problems().toString());
        assertTrue(result.configuration().isPresent());
    }

    @Test
    void shouldHoldEveryKeyThatTheProgramKnowsAndNoOther() throws IOException {
        String reference = SiteFolder.reference();
        SortedSet<String> written = new TreeSet<>();
        collect(new Load(LoadSettings.builder().build()).loadFromString(reference), "", written);
        Matcher alternatives = ALTERNATIVE.matcher(reference);
        while (alternatives.find()) {
            written.add(alternatives.group(1));
        }
        assertEquals(String.join("\n", site.read(reference).askedKeys()), String.join("\n", written));
    }

    @Test
    void shouldSayPreciselyWhatIsWrongWhenAnyKeyIsMisspelt() throws IOException {
        List<String> lines = SiteFolder.reference().lines().toList();
        int misspelt = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher key = KEY.matcher(codeOf(lines.get(i)));
            while (key.find()) {
                String wrong = key.group(1) + "zz";
                boolean free = lines.get(i).matches(" *(cms-(east|west)|[12]):.*");
                List<String> changed = new ArrayList<>(lines);
                changed.set(
                        i,
                        lines.get(i).substring(0, key.start())
                                + wrong
                                + lines.get(i).substring(key.end(1)));
                List<Problem> errors =
                        site.read(String.join("\n", changed)).problems().errors();
                int line = i + 1;
                assertTrue(
                        free && !errors.isEmpty()
                                || errors.stream()
                                        .anyMatch(p -> p.line() == line
                                                && p.key().endsWith(wrong)
                                                && p.wrong().equals("is not a known key")
                                                && p.remedy().contains(key.group(1))),
                        () -> "line " + line + " with " + wrong + " gave " + errors);
                misspelt++;
            }
        }
        assertTrue(misspelt > 150, "only " + misspelt + " keys were tried");
    }

    @Test
    void shouldBeGoodOrSayPreciselyWhatIsMissingWhenAnyLineIsDeleted() throws IOException {
        List<String> lines = SiteFolder.reference().lines().toList();
        int refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (codeOf(lines.get(i)).isBlank()) {
                continue;
            }
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, "");
            ConfigurationFile.Result result = site.read(String.join("\n", changed));
            String deleted = lines.get(i);
            result.problems()
                    .errors()
                    .forEach(problem -> assertTrue(
                            problem.line() > 0
                                    && !problem.wrong().isBlank()
                                    && !problem.remedy().isBlank(),
                            () -> "without " + deleted + ": " + problem.oneLine()));
            refused += result.configuration().isPresent() ? 0 : 1;
        }
        assertTrue(refused > 30, "only " + refused + " deletions were refused");
    }

    /** The line up to its comment, and nothing of a comment line. */
    private static String codeOf(String line) {
        int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static void collect(Object value, String path, SortedSet<String> written) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                String name = FREE_NAMES.contains(path) ? "*" : key.toString();
                String at = path.isEmpty() ? name : path + "." + name;
                written.add(at);
                collect(inner, at, written);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, path + "[]", written));
        }
    }
}
