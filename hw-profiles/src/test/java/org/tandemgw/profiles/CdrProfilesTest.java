package org.tandemgw.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.profiles.yaml.Problems;

/** What stands where in the records of call details: the forms of the makers' manuals, and a site's own. */
class CdrProfilesTest {
    private static final String OWN = """
            name: own
            title: t
            evidence: [ "ASSUMPTION: e" ]
            hazards: [ h ]
            framing: { codec: avaya-cdr, maximum: 200B }
            identity: {}
            session: { dial: off, listen: on }
            records:
              items: [ time 4, space, sec-dur 5, dialed-num 18, return, line-feed ]
            """;

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder.resolve("acd"));
    }

    // DEFINITY ECS R8.2 Administrator's Guide 555-233-506, tables of CDR data formats; columns there are counted from
    // 1.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "teleseer, time, 4, 4",
        "teleseer, duration, 8, 4",
        "teleseer, cond-code, 12, 1",
        "teleseer, code-dial, 13, 3",
        "teleseer, code-used, 16, 3",
        "teleseer, dialed-num, 19, 15",
        "teleseer, calling-num, 34, 5",
        "teleseer, acct-code, 39, 15",
        "teleseer, frl, 54, 1",
        "teleseer, ixc-code, 55, 1",
        "teleseer, in-crt-id, 56, 3",
        "teleseer, out-crt-id, 59, 3",
        "teleseer, feat-flag, 62, 1",
        "teleseer, auth-code, 63, 7",
        "teleseer, return, 77, 1",
        "teleseer, line-feed, 78, 1",
        "teleseer, null, 79, 3",
        "59-character, time, 1, 4",
        "59-character, duration, 5, 4",
        "59-character, cond-code, 9, 1",
        "59-character, dialed-num, 16, 15",
        "59-character, calling-num, 31, 5",
        "59-character, in-crt-id, 53, 3",
        "59-character, out-crt-id, 56, 3",
        "59-character, return, 59, 1",
        "59-character, null, 61, 3",
        "printer, duration, 6, 4",
        "printer, cond-code, 11, 1",
        "printer, code-used, 17, 3",
        "printer, dialed-num, 21, 15",
        "printer, calling-num, 37, 5",
        "printer, auth-code, 59, 7",
        "printer, frl, 70, 1",
        "printer, in-crt-id, 74, 3",
        "printer, out-crt-id, 78, 3",
        "printer, line-feed, 84, 1",
        "expanded, dialed-num, 23, 15",
        "expanded, calling-num, 39, 10",
        "expanded, auth-code, 66, 7",
        "expanded, frl, 77, 1",
        "expanded, in-crt-id, 79, 3",
        "expanded, in-trk-code, 92, 4",
        "expanded, ixc-code, 104, 3",
        "expanded, res_flag, 112, 1",
        "expanded, null, 149, 3",
        "int-isdn, dialed-num, 23, 15",
        "int-isdn, calling-num, 39, 10",
        "int-isdn, line-feed, 74, 1",
        "int-isdn, frl, 76, 1",
        "int-isdn, in-crt-id, 78, 3",
        "int-isdn, in-trk-code, 91, 4",
        "int-isdn, ixc-code, 103, 4",
        "int-isdn, res_flag, 112, 1",
        "int-isdn, ppm, 120, 5",
    })
    void shouldHaveTheColumnsOfTheManual(String form, String item, int column, int width) {
        CdrRecords.Item found = shipped("avaya-cdr-" + form).item(item).orElseThrow();
        assertEquals(column - 1, found.from());
        assertEquals(width, found.width());
    }

    @ParameterizedTest
    @CsvSource({
        "avaya-cdr-teleseer, true, 81",
        "avaya-cdr-59-character, true, 63",
        "avaya-cdr-printer, true, 87",
        "avaya-cdr-expanded, false, 151",
        "avaya-cdr-int-isdn, false, 136",
        "avaya-cdr, false, 96",
    })
    void shouldTurnTheDigitsOfCircuitsWhereTheFormDoes(String profile, boolean turned, int length) {
        CdrRecords records = shipped(profile);
        assertEquals(turned, records.circuits() == CdrRecords.Circuits.TENS_UNITS_HUNDREDS);
        assertEquals(length, records.items().get(records.items().size() - 1).to());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avaya-cdr",
                "avaya-cdr-teleseer",
                "avaya-cdr-59-character",
                "avaya-cdr-printer",
                "avaya-cdr-expanded",
                "avaya-cdr-int-isdn"
            })
    void shouldLetTheAcdDialInAndLogInNowhere(String name) {
        AcdProfile profile =
                HwProfiles.load(Optional.empty(), problems).acd(name).orElseThrow();
        assertEquals(Optional.of(new Framing.BuiltIn(Framing.Codec.AVAYA_CDR, 1_024)), profile.framing());
        assertTrue(profile.session().acdMayDial() && !profile.session().gatewayMayDial());
        assertFalse(profile.session().needsCredentials());
        assertTrue(profile.canMerge() && profile.nativeFeed() && !profile.relay());
        assertTrue(profile.about().hazards().stream().anyMatch(hazard -> hazard.contains("RSP")));
        assertEquals(
                CdrRecords.SessionDates.FIRST, profile.records().orElseThrow().sessionDates());
    }

    @Test
    void shouldKnowTheLineFeedWithinARecordFromTheOneThatEndsIt() {
        assertArrayEquals(new int[] {73}, shipped("avaya-cdr-int-isdn").innerLineFeeds());
        assertArrayEquals(new int[0], shipped("avaya-cdr").innerLineFeeds());
        assertArrayEquals(new byte[] {'\r', '\n'}, shipped("avaya-cdr").ending());
        assertArrayEquals(
                new byte[] {'\r', '\n', 0, 0, 0}, shipped("avaya-cdr-printer").ending());
        assertEquals(82, shipped("avaya-cdr-printer").textLength());
    }

    @Test
    void shouldReadTheFormOfASite() throws IOException {
        CdrRecords own = load(OWN + """
              circuits: tens-units-hundreds
              date-order: day-first
              date-record: spaced
              session-dates: all
              time-zone: Europe/Berlin
              no-call: ["6"]
              unanswered: [ E, "4" ]
              not-compared: [ dialed-num ]
            """).orElseThrow();
        assertTrue(problems.isGood(), problems::toString);
        assertEquals(
                new CdrRecords.Item("dialed-num", 10, 18),
                own.item("dialed-num").orElseThrow());
        assertEquals(CdrRecords.DateOrder.DAY_FIRST, own.dateOrder());
        assertEquals(CdrRecords.DateForm.SPACED, own.dateForm());
        assertEquals(CdrRecords.SessionDates.ALL, own.sessionDates());
        assertEquals(Optional.of(ZoneId.of("Europe/Berlin")), own.timeZone());
        assertEquals(Set.of("E", "4"), own.unanswered());
        assertEquals(Set.of("6"), own.noCall());
        assertEquals(Set.of("dialed-num"), own.notCompared());
    }

    @Test
    void shouldReadTheFormOfTheManual() throws IOException {
        String manual = Files.readString(Path.of(System.getProperty("tandem.root"), "docs", "avaya-cdr.md"));
        int marker = manual.indexOf("<!-- tested: own-cdr.yaml -->");
        int start = manual.indexOf("```yaml\n", marker) + "```yaml\n".length();
        Files.writeString(
                folder.resolve("acd").resolve("cm-billing.yaml"),
                manual.substring(start, manual.indexOf("```", start)));
        AcdProfile profile =
                HwProfiles.load(Optional.of(folder), problems).acd("cm-billing").orElseThrow();
        assertTrue(problems.isGood(), problems::toString);
        assertTrue(profile.records().orElseThrow().item("ucid").isPresent() && profile.nativeFeed());
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "time 4|tme 4|records.items[1]|no item that is known",
                "time 4|time four|records.items[1]|not a name and a length",
                "return, line-feed|return|records.items|does not end with a line feed",
                "line-feed|line-feed, feat-flag|records.items|does not end with a line feed",
                "sec-dur 5|reserved 5|records.items|neither duration nor sec-dur",
                "time 4|time 4, in-trk-code 33|records.items|in-trk-code with 33 columns, and at most 32",
                "time 4|time 4, ucid 64|records.items|ucid with 64 columns",
                "dialed-num 18|dialed-num 199|records.items|211 columns long",
                "items: [|circuits: backwards\\n  items: [|records.circuits|",
                "items: [|time-zone: Mars\\n  items: [|records.time-zone|no time zone",
                "items: [|no-call: [ \"66\" ]\\n  items: [|records.no-call[1]|not one capital letter or digit",
                "records:|recards:|records|is missing",
                "codec: avaya-cdr|delimiter: \"x\"|records|describes records of call details",
                "session: {|keep-alive: { send: x }\\nsession: {|keep-alive.send|does not go with a codec",
                "dial: off,|login: md5, dial: off,|session|a login that only a codec knows",
            })
    void shouldSayWhatIsWrongWithAForm(String what, String with, String key, String wrong) throws IOException {
        load(OWN.replace(what, with.replace("\\n", "\n")));
        assertTrue(
                problems.errors().stream()
                        .anyMatch(problem -> problem.key().equals(key)
                                && (wrong == null || problem.wrong().contains(wrong))
                                && !problem.remedy().isEmpty()),
                problems::toString);
    }

    private CdrRecords shipped(String name) {
        return HwProfiles.load(Optional.empty(), problems)
                .acd(name)
                .flatMap(AcdProfile::records)
                .orElseThrow();
    }

    private Optional<CdrRecords> load(String profile) throws IOException {
        Files.writeString(folder.resolve("acd").resolve("own.yaml"), profile);
        return HwProfiles.load(Optional.of(folder), problems).acd("own").flatMap(AcdProfile::records);
    }
}
