package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.calls.CallDecoder;
import org.tandemgw.profiles.AcdProfile;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/** Rules that wait for a number of calls, at a site where nobody can count them. */
class UncountedCallsTest {
    private static final String RULES = """
            switchover:
              fail-back: idle
              drill: { every: 30d, at: "Sun 03:00" }
            """;

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    private List<Problem> warnings(String text) throws IOException {
        final ConfigurationFile.Result result = site.read(text);
        assertTrue(result.problems().isGood(), () -> result.problems().toString());
        return result.problems().warnings().stream()
                .filter(each -> each.wrong().contains("cannot be counted"))
                .toList();
    }

    private static String counted(String name) {
        return "  - name: " + name + "\n    profile: csta-xml\n    devices: [\"8000\"]\n"
                + "    legs: [ { connect: \"10.1.1.11:5038\" }, { connect: \"10.2.1.11:5038\" } ]\n";
    }

    private static String details(String text) {
        return text.replace("opaque-line", "avaya-cdr")
                .replaceAll("connect: \"10.(\\d).1.10:", "listen: \"127.0.0.$1:");
    }

    @Test
    void shouldBeWarnedOfWithTheKeyTheAcdAndWhatToDo() throws IOException {
        for (final String text : List.of(SiteFolder.SMALLEST, details(SiteFolder.SMALLEST))) {
            final List<Problem> all = warnings(text + RULES);
            assertEquals(
                    List.of("switchover.fail-back", "switchover.drill.calls-at-most"),
                    all.stream().map(Problem::key).toList());
            assertTrue(all.get(0).wrong().contains("acd1 (" + (text.contains("cdr") ? "avaya-cdr" : "opaque-line")));
            assertTrue(all.get(0).remedy().contains("02:00-04:00"));
            assertTrue(all.get(1).remedy().contains("tandem switch"));
        }
    }

    /** One ACD of which nobody knows is enough: it is the number of the site that counts. */
    @Test
    void shouldBeWarnedOfAlsoBesideAnAcdThatTells() throws IOException {
        final String both = SiteFolder.SMALLEST.replace("servers:\n", counted("acd2") + "servers:\n") + RULES;
        final List<Problem> all = warnings(both);
        assertEquals(2, all.size(), all::toString);
        assertTrue(all.get(0).wrong().contains("of acd1 (opaque-line) cannot"), all::toString);
    }

    @Test
    void shouldNotBeSpokenOfWhereTheyComeTrueOrAreNotThere() throws IOException {
        final String legs = SiteFolder.SMALLEST.substring(
                SiteFolder.SMALLEST.indexOf("  - name: acd1"), SiteFolder.SMALLEST.indexOf("servers:"));
        assertEquals(List.of(), warnings(SiteFolder.SMALLEST.replace(legs, counted("acd1")) + RULES));
        assertEquals(List.of(), warnings(SiteFolder.SMALLEST));
        assertEquals(List.of(), warnings(SiteFolder.SMALLEST + "switchover: { fail-back: \"02:00-04:00\" }\n"));
    }

    @Test
    void shouldBeKnownOfEachProfileAsItsDecoderKnowsIt() {
        final HwProfiles shipped = HwProfiles.load(Optional.empty(), new Problems());
        for (final String name : shipped.names(ProfileAbout.Kind.ACD)) {
            final AcdProfile profile = shipped.acd(name).orElseThrow();
            assertEquals(
                    CallDecoder.of(profile, List.of())
                            .filter(decoder -> !decoder.apply(event -> {}).tellsOnlyOfEnds())
                            .isPresent(),
                    profile.tellsOfCallsInFlight(),
                    name);
        }
    }
}
