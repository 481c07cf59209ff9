package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.profiles.SwitchProfile.Evidence;
import org.tandemgw.profiles.SwitchProfile.Meaning;
import org.tandemgw.profiles.yaml.Bytes;
import org.tandemgw.profiles.yaml.Problems;

/** What is shipped about trunk switches: commands to the byte, answers as data, and what each part rests on. */
class ShippedSwitchesTest {

    private final HwProfiles profiles = HwProfiles.load(Optional.empty(), new Problems());
    private final SwitchProfile k16 = profiles.trunkSwitch("dataprobe-k16").orElseThrow();
    private final SwitchProfile nbs = profiles.trunkSwitch("blackbox-nbs-snmp").orElseThrow();
    private final SwitchProfile esl = profiles.trunkSwitch("esl-7183").orElseThrow();

    @Test
    void shouldCarryThePublicCommandsToTheByte() {
        assertEquals(
                "\\x1b{password}\\x01{card}\\x02{position}\\r",
                k16.frame().select().toString());
        assertEquals(
                "\\x1b{password}\\x01{card}\\x02Q\\r",
                k16.frame().query().orElseThrow().toString());
        assertEquals(9_100, k16.transports().port());
        assertEquals(16, k16.cards().last());
        assertEquals(Bytes.parse("\u0001\u0002\r\u001b"), k16.password().forbidden());
        assertEquals(Bytes.parse("\u0010"), esl.frame().query().orElseThrow());
        assertEquals(Bytes.parse("\u0002"), esl.positions().get("B"));
        assertTrue(nbs.frame().query().orElseThrow().toString().startsWith("get 1.3.6.1.4.1.9477.1.4.3.1.2."));
        assertTrue(k16.readBack() && nbs.readBack() && esl.readBack());
    }

    @Test
    void shouldSayOfEveryPartWhatItRestsOn() {
        for (final String name : profiles.names(ProfileAbout.Kind.SWITCH)) {
            final String text = profiles.trunkSwitch(name).orElseThrow().about().text();
            for (final String section : List.of("transports", "password", "frame", "cards", "reply", "timing")) {
                assertTrue(text.contains("\n" + section + ":\n  evidence: "), name + ": " + section);
            }
            assertEquals(
                    text.lines()
                            .filter(line -> line.strip().startsWith("- name: "))
                            .count(),
                    text.lines()
                            .filter(line -> line.startsWith("      evidence: "))
                            .count(),
                    name + ": a pattern without evidence");
        }
        assertEquals(Evidence.MANUAL, k16.evidence().get("frame"));
        assertTrue(k16.assumed().containsAll(List.of("reply.patterns line", "reply", "timing")));
    }

    @Test
    void shouldTrustNoSumOfManyCards() {
        assertFalse(k16.reply().aggregateStatusTrusted() || nbs.reply().aggregateStatusTrusted());
    }

    @ParameterizedTest(name = "{0}: {1} is card {2} at {3}, by {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dataprobe-k16 | 7 B | 7 | B | line",
                "dataprobe-k16 | 07 b | 7 | B | line",
                "dataprobe-k16 | 5 NONE | 5 | absent | line",
                "dataprobe-k16 | 16 A | 16 | A | line",
                "dataprobe-k16 | B | | B | bare",
                "dataprobe-k16 | none | | absent | bare",
                "blackbox-nbs-snmp | 1.3.6.1.4.1.9477.1.4.3.1.2.18 B | 18 | B | port",
                "blackbox-nbs-snmp | error noSuchName | | absent | no-such-port",
                "esl-7183 | Position: A | | A | position",
                "esl-7183 | Position: OFFLINE | | OFFLINE | position",
            })
    void shouldReadEachKnownForm(String profile, String line, String card, String position, String pattern) {
        final SwitchProfile.Reply reply =
                profiles.trunkSwitch(profile).orElseThrow().reply();
        final SwitchProfile.ReplyPattern first = reply.patterns().stream()
                .filter(each -> each.means() == Meaning.POSITION)
                .filter(each -> each.match().matcher(line).matches())
                .findFirst()
                .orElseThrow();
        assertEquals(pattern, first.name());
        final Matcher matched = first.match().matcher(line);
        assertTrue(matched.matches());
        assertEquals(position, reply.words().get(matched.group("position").toUpperCase(Locale.ROOT)));
        if (card != null) {
            assertEquals(card, matched.group("card"));
        }
    }

    @Test
    void shouldReadARowOfSixteenCharacters() {
        final SwitchProfile.ReplyPattern bitmap = k16.reply().patterns().stream()
                .filter(each -> each.wholeReply()
                        && each.match().matcher("AAAB--B---------").matches())
                .findFirst()
                .orElseThrow();
        assertEquals("bitmap", bitmap.name());
        assertEquals("absent", k16.reply().words().get("-"));
    }

    /** Why a person confirms what the box is: what asks one kind of box, moves another. */
    @Test
    void shouldShowThatTheQueryOfOneMakeMovesAnother() {
        final String query = new String(k16.frame().query().orElseThrow().toArray(), StandardCharsets.ISO_8859_1);
        for (final String position : List.of("A", "B")) {
            final String moves = new String(esl.positions().get(position).toArray(), StandardCharsets.ISO_8859_1);
            assertTrue(query.contains(moves), "it moves an esl-7183 to " + position);
        }
        assertTrue(esl.about().hazards().get(0).contains("dataprobe-k16 moves this box"));
    }
}
