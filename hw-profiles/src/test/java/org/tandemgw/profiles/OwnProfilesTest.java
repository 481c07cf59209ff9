package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.profiles.AcdProfile.LocalRule;
import org.tandemgw.profiles.AcdProfile.Range;
import org.tandemgw.profiles.AcdProfile.Step;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Problems;

/** A site describes a protocol that only it knows, without code. */
class OwnProfilesTest {

    private static final String FRONTDESK = """
            name: frontdesk
            title: The front desk's own feed
            evidence: [ "CONFIRMED: we wrote it" ]
            hazards: [ "none known" ]
            framing:
              delimiter: "\\x03\\r"
              keep: off
              maximum: 4KiB
            identity:
              skip:
                - { offset: 0, length: 8 }
                - { offset: 12, length: 2 }
            local:
              - { starts-with: "HB" }
              - { equals: "BYE" }
            session:
              dial: on
              listen: off
              steps:
                - { expect: "login:", timeout: 3s }
                - { send: "{user} {secret}\\r" }
            keep-alive: { send: "HB\\x03\\r", every: 15s }
            silence: 45s
            on-pause: closes
            """;

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder.resolve("acd"));
    }

    @Test
    void shouldLoadAProfileWithEveryKindOfRule() throws IOException {
        AcdProfile profile = load("frontdesk", FRONTDESK).acd("frontdesk").orElseThrow();

        assertTrue(problems.isGood(), problems::toString);
        assertEquals(Optional.of(new Framing.Delimiter(Bytes.parse("\u0003\r"), false, 4_096)), profile.framing());
        assertEquals(
                List.of(new Range(0, 8), new Range(12, 2)), profile.identity().skip());
        assertEquals(
                List.of(
                        new LocalRule(LocalRule.Kind.STARTS_WITH, Bytes.parse("HB")),
                        new LocalRule(LocalRule.Kind.EQUALS, Bytes.parse("BYE"))),
                profile.local());
        assertEquals(
                List.of(
                        new Step(Step.Kind.EXPECT, Bytes.parse("login:"), Duration.ofSeconds(3)),
                        new Step(Step.Kind.SEND, Bytes.parse("{user} {secret}\r"), Duration.ZERO)),
                profile.session().steps());
        assertTrue(profile.session().needsCredentials());
        assertFalse(profile.session().acdMayDial());
        assertEquals(
                Optional.of(new AcdProfile.KeepAlive(Bytes.parse("HB\u0003\r"), Duration.ofSeconds(15))),
                profile.keepAlive());
        assertEquals(AcdProfile.OnPause.CLOSES, profile.onPause());
    }

    @ParameterizedTest(name = "size {0}, {1}, counts {2}, adjust {3}: add {4}")
    @CsvSource({"2,little,rest,0,5", "2,big,frame,0,0", "1,big,frame,-2,-2", "4,little,rest,1,8"})
    void shouldWorkOutWhatALengthFieldCounts(int size, String endian, String counts, int adjust, int add)
            throws IOException {
        String profile = """
                name: own
                title: t
                evidence: [ "ASSUMPTION: e" ]
                hazards: [ h ]
                identity: { by: content-and-place }
                framing: { length: { offset: 3, size: %d, endian: %s, counts: %s, adjust: %d } }
                """.formatted(size, endian, counts, adjust);
        Framing framing =
                load("own", profile).acd("own").orElseThrow().framing().orElseThrow();
        ByteOrder order = endian.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        assertEquals(new Framing.LengthField(3, size, order, add, 65_534), framing);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "delimiter: \"\\x03\\r\" | delimiter: \"12345\" | framing.delimiter | not 1 to 4 bytes",
                "delimiter: \"\\x03\\r\" | delimiter: \"\\u20ac\" | framing.delimiter | not one byte",
                "keep: off | length: { size: 4 } | framing | either a delimiter or a length",
                "maximum: 4KiB | maximum: 1MiB | framing.maximum | too large",
                "offset: 12 | offset: 7 | identity.skip[2].offset | overlaps",
                "{ equals: \"BYE\" } | { equals: a, starts-with: b } | local[2] | either starts-with or equals",
                "dial: on | dial: off | session | lets nobody dial",
                "on-pause: closes | on-pause: sleeps | on-pause | not one of the words",
                "silence: 45s | silence: 45 | silence | duration with a unit",
                "name: frontdesk | name: backdesk | name | differs from the name of its file",
                "keep-alive | keepalive | keepalive | not a known key",
                "title | titel | title | is missing",
            })
    void shouldSayWhatIsWrongWithAProfile(String good, String bad, String key, String wrong) throws IOException {
        assertTrue(FRONTDESK.contains(good), good);
        HwProfiles profiles = load("frontdesk", FRONTDESK.replace(good, bad));
        assertTrue(
                problems.errors().stream()
                        .anyMatch(p -> p.key().equals(key)
                                && p.wrong().contains(wrong)
                                && !p.remedy().isEmpty()),
                problems::toString);
        assertTrue(profiles.acd("frontdesk").isEmpty());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "session: { snapshot: [Originate] } | session.snapshot[1] | not a list that may be asked for",
                "session: { login: sha } | session.login | not one of the words",
                "session: { events: \"call\\r\\nAction: x\" } | session.events | ",
                "session: { steps: [ { expect: x } ] } | session.steps | does not go with a codec",
                "local: [ { equals: x } ] | local | does not go with a codec",
                "identity: { skip: [ { offset: 0, length: 1 } ] } | identity.skip | does not go with a codec",
                "keep-alive: { send: x } | keep-alive.send | does not go with a codec",
            })
    void shouldLetNobodyAddToWhatACodecKnows(String line, String key, String wrong) throws IOException {
        String profile = """
                name: own
                title: t
                evidence: [ "ASSUMPTION: e" ]
                hazards: [ h ]
                framing: { codec: asterisk-ami }
                %s
                """.formatted(line);
        HwProfiles loaded = load("own", line.startsWith("identity") ? profile : profile + "identity: {}\n");
        assertTrue(
                problems.errors().stream()
                        .anyMatch(p -> p.key().equals(key)
                                && (wrong == null || p.wrong().contains(wrong))),
                problems::toString);
        assertTrue(loaded.acd("own").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login: plain, events: ALL, snapshot: [CoreShowChannels] | session.snapshot",
                "login: plain, events: \"call,agent\" | session.events",
                "login: plain, events: \"ALL\\n\\napi shutdown\" | session.events",
                "login: md5, events: ALL | session.login",
                "login: plain, events: \"CHANNEL_CREATE CUSTOM callcenter::info\", snapshot: [show channels as json] | ",
            })
    void shouldNotMixTheLoginsOfTwoCodecs(String session, String key) throws IOException {
        HwProfiles loaded = load("own", """
                name: own
                title: t
                evidence: [ "ASSUMPTION: e" ]
                hazards: [ h ]
                framing: { codec: freeswitch-esl }
                identity: {}
                session: { %s }
                """.formatted(session));
        assertEquals(key == null, loaded.acd("own").isPresent(), problems::toString);
        assertTrue(
                key == null
                        || problems.errors().stream()
                                .anyMatch(problem -> problem.key().equals(key)),
                problems::toString);
    }

    @Test
    void shouldNotLogInWithoutACodec() throws IOException {
        load("frontdesk", FRONTDESK.replace("  steps:", "  login: md5\n  steps:"));
        assertTrue(problems.toString().contains("a login that only a codec knows"), problems::toString);
    }

    @Test
    void shouldLoadTheExampleOfTheManual() throws IOException {
        String manual = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "configuration.md"));
        int marker = manual.indexOf("<!-- tested: frontdesk.yaml -->");
        int start = manual.indexOf("```yaml\n", marker) + "```yaml\n".length();
        AcdProfile profile = load("frontdesk", manual.substring(start, manual.indexOf("```", start)))
                .acd("frontdesk")
                .orElseThrow();
        assertTrue(problems.isGood(), problems::toString);
        assertEquals(Optional.of(new Framing.LengthField(0, 2, ByteOrder.LITTLE_ENDIAN, 0, 4_096)), profile.framing());
    }

    @Test
    void shouldNotLetAFolderReplaceAShippedProfile() throws IOException {
        load("opaque-line", FRONTDESK.replace("frontdesk", "opaque-line"));
        assertTrue(problems.toString().contains("already the name of a shipped profile"), problems::toString);
    }

    @Test
    void shouldSayThatAFolderHoldsNoProfiles() {
        HwProfiles.load(Optional.of(folder.resolve("acd")), problems);
        assertTrue(problems.toString().contains("none of the folders acd, switch and server"), problems::toString);
    }

    private HwProfiles load(String name, String text) throws IOException {
        Files.writeString(folder.resolve("acd").resolve(name + ".yaml"), text);
        return HwProfiles.load(Optional.of(folder), problems);
    }
}
