package org.tandemgw.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.ProfileAbout;
import org.tandemgw.profiles.yaml.Problem;
import org.tandemgw.profiles.yaml.Problems;

/** A site describes its trunk switch: what is refused, what is said, and what the driver gets. */
class TrunkSwitchSectionTest {

    private static final String TRUNKS = """
            switches:
              - name: trunks
                profile: dataprobe-k16
                tcp: "10.1.1.140:9100"
                secret-file: kab.secret
                confirmed: "2026-11-21 jd"
                cards: [1, 2, 3]
                positions: { A: cms-east, B: cms-west }
            """;

    @TempDir
    Path folder;

    private SiteFolder site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFolder(folder);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp: \"10.1.1.140:9100\" | serial: { device: /dev/ttyS0, baud: 9601 } | serial.baud | 9600",
                "tcp: \"10.1.1.140:9100\" | serial: { device: ttyS0, baud: 9600 } | serial.device | /dev/ttyS0",
                "tcp: \"10.1.1.140:9100\" | serial: { device: /dev/ttyS0, baud: 9600, bits: 9 } | serial.bits | 7 to 8",
                "tcp: \"10.1.1.140:9100\" | serial: { device: /dev/ttyS0, baud: 9600, stop: 3 } | serial.stop | 1 to 2",
                "tcp: \"10.1.1.140:9100\" | serial: { device: /dev/ttyS0, baud: 9600, parity: mark } | serial.parity | none, even, odd",
                "tcp: \"10.1.1.140:9100\" | snmp: { target: \"10.1.1.140:161\", community-file: community.secret } | snmp | knows tcp:  serial:",
                "tcp: \"10.1.1.140:9100\" | on-partial: hold | | none of tcp, serial and snmp",
                "dataprobe-k16 | blackbox-nbs-snmp | tcp | knows snmp:",
                "cards: [1, 2, 3] | cards: [0] | cards | its cards are 1 to 16",
                "cards: [1, 2, 3] | cards: [1, 17] | cards | its cards are 1 to 16",
                "cards: [1, 2, 3] | cards: [2, 2] | cards | each card once",
                "cards: [1, 2, 3] | cards: [one] | cards[1] | card numbers",
                "B: cms-west | B: cms-south | positions.B | there are: cms-east, cms-west",
                "B: cms-west | B: cms-east | positions.B | one of the two",
                "confirmed: \"2026-11-21 jd\" | confirmed: off | confirmed | the day and who",
                "confirmed: \"2026-11-21 jd\" | confirmed: yes | confirmed | the day and who",
                "confirmed: \"2026-11-21 jd\" | confirmed: \"2026-11-21\" | confirmed | the day and who",
                "secret-file: kab.secret | dwell: 5s | secret-file | add the key",
                "secret-file: kab.secret | secret-file: gone.secret | secret-file | create",
            })
    void shouldRefuseWhatCannotBeUsed(String good, String bad, String key, String said) throws IOException {
        assertTrue(TRUNKS.contains(good), good);
        final Problems problems = read(TRUNKS.replace(good, bad)).problems();
        final String path = "switches[1]" + (key == null ? "" : "." + key);
        assertTrue(
                problems.errors().stream()
                        .anyMatch(problem -> problem.key().equals(path)
                                && problem.line() > 0
                                && (problem.wrong() + " " + problem.remedy()).contains(said)),
                problems::toString);
    }

    @Test
    void shouldRefuseAPasswordThatBreaksTheFrameAndNeverShowIt() throws IOException {
        for (final String password : List.of("PA\u0001SS", "PA\u001bSS", "PASS\u00e4", "")) {
            site.privateFile("kab.secret", password + "\n");
            final Problems problems = read(TRUNKS).problems();
            assertTrue(problems.toString().contains("switches[1].secret-file"), problems::toString);
            assertTrue(password.isEmpty() || !problems.toString().contains(password), "shown");
        }
    }

    @Test
    void shouldRefuseASecretThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("kab.secret"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(read(TRUNKS).problems().toString().contains("chmod 600"));
    }

    @Test
    void shouldKnowOnePathByItsOtherNames() throws IOException {
        final String tcp = "tcp: \"10.1.1.140:9100\"";
        for (final List<String> names : List.of(
                List.of("tcp: \"127.0.0.1:9100\"", "tcp: \"localhost:9100\""),
                List.of(
                        "serial: { device: /dev/null, baud: 9600 }",
                        "serial: { device: /dev/../dev/null, baud: 9600 }"))) {
            final String second = TRUNKS.replace("switches:\n", "")
                    .replace("name: trunks", "name: other")
                    .replace(tcp, names.get(1));
            final Problems problems =
                    read(TRUNKS.replace(tcp, names.get(0)) + second).problems();
            assertTrue(problems.toString().contains("is the way to another switch too"), problems::toString);
        }
    }

    @Test
    void shouldWarnOfAConfirmationFromADayThatHasNotBeen() throws IOException {
        for (final String day : List.of("9999-01-01", "2026-13-45")) {
            final Problems problems =
                    read(TRUNKS.replace("2026-11-21 jd", day + " jd")).problems();
            assertTrue(problems.warnings().toString().contains("is no day that has been"), () -> problems.warnings()
                    .toString());
        }
    }

    @Test
    void shouldRefuseTwoSwitchesOnOneBox() throws IOException {
        final String second = TRUNKS.replace("switches:\n", "").replace("name: trunks", "name: other");
        final Problems problems = read(TRUNKS + second).problems();
        assertTrue(problems.toString().contains("switches[2].tcp"), problems::toString);
        assertTrue(problems.toString().contains("one box is one switch"), problems::toString);
    }

    @Test
    void shouldSayWhatToWriteWhenNobodyHasConfirmedTheBox() throws IOException {
        final ConfigurationFile.Result result = read(TRUNKS.replace("    confirmed: \"2026-11-21 jd\"\n", ""));
        assertTrue(result.configuration().isPresent());
        final Problem warning = result.problems().warnings().stream()
                .filter(problem -> problem.key().equals("switches[1]"))
                .findFirst()
                .orElseThrow();
        assertTrue(warning.wrong().contains("not even a query"), warning::oneLine);
        assertTrue(warning.remedy().contains("confirmed: \""), warning::oneLine);
        assertTrue(result.configuration()
                .orElseThrow()
                .switches()
                .get(0)
                .confirmed()
                .isEmpty());
    }

    @Test
    void shouldAskForTheCardsOfABoxWithThousands() throws IOException {
        final String nbs = TRUNKS.replace("dataprobe-k16", "blackbox-nbs-snmp")
                .replace(
                        "tcp: \"10.1.1.140:9100\"",
                        "snmp: { target: \"10.1.1.140:161\", community-file: community.secret }")
                .replace("    secret-file: kab.secret\n", "");
        assertTrue(read(nbs).problems().isGood(), () -> "" + quietly(nbs));
        final Problems problems =
                read(nbs.replace("cards: [1, 2, 3]", "cards: all")).problems();
        assertTrue(problems.toString().contains("all of 1 to 4080"), problems::toString);
        final Problems mixed = read(nbs.replace("community-file: community.secret", "version: v3, user: noc"))
                .problems();
        assertTrue(mixed.toString().contains("snmp.auth-file"), mixed::toString);
    }

    @Test
    void shouldNeverPromiseAProofThatAProfileCannotGive() throws IOException {
        Files.createDirectories(folder.resolve("profiles").resolve("switch"));
        final ProfileAbout k16 = HwProfiles.load(Optional.empty(), new Problems())
                .trunkSwitch("dataprobe-k16")
                .orElseThrow()
                .about();
        Files.writeString(
                folder.resolve("profiles").resolve("switch").resolve("blind.yaml"),
                k16.text().replace("name: dataprobe-k16", "name: blind").replace("verify: read-back", "verify: none"));
        final ConfigurationFile.Result result = read("profiles: profiles\n" + TRUNKS.replace("dataprobe-k16", "blind"));
        assertTrue(
                result.problems().warnings().toString().contains("no selection is ever OK"),
                () -> result.problems().warnings().toString());
        assertEquals(
                BoxRules.Verify.NONE,
                SwitchRules.rules(result.configuration()
                                .orElseThrow()
                                .switches()
                                .get(0)
                                .profile())
                        .verify());
    }

    @Test
    void shouldPrintHazardsAndWhatIsAssumed() throws IOException {
        final Path file = site.write(SiteFolder.SMALLEST + TRUNKS);
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertEquals(Check.GOOD, Check.run(file, new PrintStream(printed, true, StandardCharsets.UTF_8), false));
        final String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("even this query moves trunks"), text);
        assertTrue(text.contains("reply.patterns line"), text);
        assertTrue(text.contains("9100/tcp"), text);
        assertFalse(text.contains("switches: \"[…]\": is checked but not acted on"), text);
    }

    @Test
    void shouldTurnEveryShippedProfileIntoRulesThatTheDriverTakes() {
        final HwProfiles profiles = HwProfiles.load(Optional.empty(), new Problems());
        for (final String name : profiles.names(ProfileAbout.Kind.SWITCH)) {
            final BoxRules rules = SwitchRules.rules(profiles.trunkSwitch(name).orElseThrow());
            assertEquals(name, rules.id());
            assertEquals(BoxRules.Verify.READ_BACK, rules.verify());
        }
    }

    private String quietly(String section) {
        try {
            return read(section).problems().toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private ConfigurationFile.Result read(String section) throws IOException {
        return site.read(SiteFolder.SMALLEST + section);
    }
}
