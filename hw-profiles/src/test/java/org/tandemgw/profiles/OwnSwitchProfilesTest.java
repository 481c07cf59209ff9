package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.profiles.SwitchProfile.Evidence;
import org.tandemgw.profiles.yaml.Problems;

/** A site describes a trunk switch that only it has; what could move trunks by mistake is refused when the file is read. */
class OwnSwitchProfilesTest {

    private static final String RELAYS = """
            name: relays
            title: Relays of our own
            evidence: [ "CONFIRMED: we built it" ]
            hazards: [ "none known" ]
            models: [ R2 ]
            transports: { evidence: captured, serial: on }
            frame: { select: "S{card}{position}\\n", query: "Q{card}\\n" }
            cards: { first: 1, last: 2 }
            positions: { A: "0", B: "1" }
            reply:
              patterns:
                - { name: pair, evidence: captured, per: reply, match: '(?<row>[01x]{2})' }
                - { name: one, match: '(?<card>\\d)=(?<position>[01x])' }
                - { name: wait, means: busy, match: 'WAIT' }
              words: { "0": A, "1": B, x: absent }
            timing: { first-byte: 500ms }
            verify: none
            """;

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void shouldReadWhatASiteWrites() throws IOException {
        final SwitchProfile relays = load(RELAYS).trunkSwitch("relays").orElseThrow();

        assertTrue(problems.isGood(), problems::toString);
        assertFalse(relays.readBack());
        assertEquals(
                List.of("pair", "one", "wait"),
                relays.reply().patterns().stream()
                        .map(SwitchProfile.ReplyPattern::name)
                        .toList());
        assertEquals(Map.of("0", "A", "1", "B", "X", "absent"), relays.reply().words());
        assertEquals(Evidence.CAPTURED, relays.evidence().get("reply.patterns pair"));
        assertTrue(relays.assumed().contains("reply.patterns one"), "nothing said is the careful answer");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "S{card}{position} | S{card} | frame.select | never a toggle",
                "S{card}{position} | S{position} | frame.select | names one card",
                "Q{card} | Q{card}{position} | frame.query | must not name one",
                "Q{card} | Q | frame.query | names one card",
                "B: \"1\" | B: \"0\" | positions.B | is a toggle",
                "last: 2 | last: 0 | cards.last | highest card",
                "serial: on | serial: off | transports | serial: on",
                "serial: on | serial: on, snmp: on | transports.snmp | a profile of its own",
                "'(?<row>[01x]{2})' | '(?<row>[01x]{2}' | reply.patterns[1].match | single quotes",
                "'(?<row>[01x]{2})' | '[01x]{2}' | reply.patterns[1].match | (?<position>",
                "'(?<row>[01x]{2})' | '(?<row>..)(?<position>.)' | reply.patterns[1].match | (?<position>",
                "name: one | name: pair | reply.patterns[2].name | choose another",
                "x: absent | x: gone | reply.words.x | in capitals",
                "x: absent | A: absent, a: absent | reply.words.a | keep one",
                "\"1\": B | \"1\": A | reply.words | no move can be proved",
                "first-byte: 500ms | first-byte: 4s | timing.first-byte | whole-reply the longer one",
                "means: busy | means: idle | reply.patterns[3].means | password-wrong",
                "verify: none | verify: never | verify | read-back, none",
            })
    void shouldRefuseWhatCouldGoWrong(String good, String bad, String key, String remedy) throws IOException {
        assertTrue(RELAYS.contains(good), good);
        final HwProfiles profiles = load(RELAYS.replace(good, bad));
        assertTrue(
                problems.errors().stream()
                        .anyMatch(problem -> problem.key().equals(key)
                                && (problem.wrong() + " " + problem.remedy()).contains(remedy)),
                problems::toString);
        assertTrue(profiles.trunkSwitch("relays").isEmpty());
    }

    private HwProfiles load(String text) throws IOException {
        Files.createDirectories(folder.resolve("switch"));
        Files.writeString(folder.resolve("switch").resolve("relays.yaml"), text);
        return HwProfiles.load(Optional.of(folder), problems);
    }
}
