package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.emulate.CdrCall;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.profiles.CdrRecords;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallText;

/** What records of call details say of calls. */
class CdrCallsTest {
    private static final long ARRIVED_NS = ns("2026-11-21T09:15:42Z");

    private record Told(CallEventKind kind, String text, long acdNs, long agoNs, long sequence) {}

    private static long ns(String instant) {
        final Instant at = Instant.parse(instant);
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    private static List<Told> told(CdrRecords records, String line, long arrivedNs) {
        final List<Told> all = new ArrayList<>();
        final CdrCallDecoder decoder = new CdrCallDecoder(
                records,
                event -> all.add(
                        new Told(event.kind(), event.toString(), event.acdNs(), event.agoNs(), event.sequence())));
        final byte[] bytes = ("#" + line + "#").getBytes(StandardCharsets.ISO_8859_1);
        decoder.decode(bytes, 1, bytes.length - 2, 77, arrivedNs);
        return all;
    }

    private static List<Told> told(String form, String line) {
        return told(CdrForm.of(form, true).records(), line, ARRIVED_NS);
    }

    private static List<String> texts(List<Told> all) {
        return all.stream().map(Told::text).toList();
    }

    // Columns:  1234567890123456789012345678901234567890123456789012345678901234567890123456789
    private static final String TELESEER =
            "   091500129   301           4711 4005               0 231                  \r\n";

    @Test
    void shouldReadARecordOfTheFormTeleseer() {
        final List<Told> all = told("teleseer", TELESEER);
        assertEquals(
                List.of(
                        "77 BORN CALL=cdr-77 CALLING=4005 CALLED=4711 TRUNK=in-123",
                        "77 CONNECTED CALL=cdr-77",
                        "77 CLEARED CALL=cdr-77 CAUSE=9"),
                texts(all));
        final long lastedNs = TimeUnit.SECONDS.toNanos(72); // one minute and two tenths
        assertEquals(ARRIVED_NS - lastedNs, all.get(0).acdNs());
        assertEquals(lastedNs, all.get(0).agoNs());
        assertEquals(lastedNs, all.get(1).agoNs());
        assertEquals(ARRIVED_NS, all.get(2).acdNs());
        assertEquals(0, all.get(2).agoNs());
    }

    @Test
    void shouldTurnTheDigitsOfACircuitOnlyWhereTheFormDoes() {
        final CdrRecords turned = CdrForm.of("teleseer", true).records();
        final CdrRecords asRead = new CdrRecords(
                turned.items(),
                CdrRecords.Circuits.HUNDREDS_TENS_UNITS,
                turned.dateOrder(),
                turned.dateForm(),
                turned.sessionDates(),
                turned.timeZone(),
                turned.noCall(),
                turned.unanswered(),
                turned.notCompared());
        assertTrue(texts(told(asRead, TELESEER, ARRIVED_NS)).get(0).endsWith("TRUNK=in-231"));
    }

    @ParameterizedTest(name = "condition {0}")
    @CsvSource({
        "0,BORN CONNECTED CLEARED",
        "4,BORN CONNECTED CLEARED",
        "7,BORN CONNECTED CLEARED",
        "9,BORN CONNECTED CLEARED",
        "A,BORN CONNECTED CLEARED",
        "C,BORN CONNECTED CLEARED",
        "' ',BORN CONNECTED CLEARED",
        "E,BORN CLEARED",
        "F,BORN CLEARED",
        "H,BORN CLEARED",
        "I,BORN CLEARED",
        "6,''",
        "G,''",
    })
    void shouldKnowByItsConditionCodeWhetherACallWasAnsweredAndWhetherItIsOne(String code, String kinds) {
        final List<Told> all = told("teleseer", TELESEER.substring(0, 11) + code + TELESEER.substring(12));
        assertEquals(
                kinds,
                String.join(" ", all.stream().map(told -> told.kind().name()).toList()));
    }

    // Condition codes of that form are letters: DEFINITY ECS R8.2 Administrator's Guide, table of condition codes.
    @Test
    void shouldTakeTheLettersOfTheShortestFormForWhatTheyAreThere() {
        final String line = "09150012I   301           4711 4005               0 231   \r\n";
        assertEquals(3, told("59-character", line).size(), "incoming");
        assertEquals(2, told("59-character", line.replace('I', 'N')).size(), "all trunks were busy");
        assertEquals(0, told("59-character", line.replace('I', 'E')).size(), "records were lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "1121\r\n",
                "11 21\r\n",
                "   0915",
                "   251500129   301          4711 4005\r\n",
                "   096000129   301          4711 4005\r\n",
                "   09150x129   301          4711 4005\r\n",
                "   0915    9   301          4711 4005\r\n",
                "\u00ff\u00fe\u0001 what is this \u0000 line\r\n",
            })
    void shouldTakeNothingElseForACall(String line) {
        assertEquals(List.of(), told("teleseer", line));
    }

    @Test
    void shouldReadWhatThereIsOfAShortRecord() {
        assertEquals(
                List.of("77 BORN CALL=cdr-77 CALLED=47", "77 CONNECTED CALL=cdr-77", "77 CLEARED CALL=cdr-77 CAUSE=9"),
                texts(told("teleseer", "   091500129   301           47\r\n")));
    }

    @Test
    void shouldNameACallByItsUcid() {
        final CdrRecords records = own(Optional.empty(), CdrRecords.DateOrder.MONTH_FIRST);
        final String line = "112126 0914 00035 00001012341732180000\r\n";
        assertEquals(
                List.of(
                        "77 BORN CALL=00001012341732180000",
                        "77 CONNECTED CALL=00001012341732180000",
                        "77 CLEARED CALL=00001012341732180000"),
                texts(told(records, line, ARRIVED_NS)));
        assertEquals(
                TimeUnit.SECONDS.toNanos(35),
                told(records, line, ARRIVED_NS).get(0).agoNs());
    }

    private static CdrRecords own(Optional<ZoneId> zone, CdrRecords.DateOrder order) {
        return new CdrRecords(
                List.of(
                        new CdrRecords.Item("date", 0, 6),
                        new CdrRecords.Item("time", 7, 4),
                        new CdrRecords.Item("sec-dur", 12, 5),
                        new CdrRecords.Item("ucid", 18, 20),
                        new CdrRecords.Item("line-feed", 38, 1)),
                CdrRecords.Circuits.HUNDREDS_TENS_UNITS,
                order,
                CdrRecords.DateForm.CLOSED,
                CdrRecords.SessionDates.FIRST,
                zone,
                Set.of(),
                Set.of(),
                Set.of());
    }

    @ParameterizedTest(name = "{0} {1}, came {3}")
    @CsvSource({
        // date, time, order, came, ended
        "112126,1015,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:15:00Z",
        "211126,1015,DAY_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:15:00Z",
        "112026,2359,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-20T22:59:00Z",
        "022928,1200,MONTH_FIRST,2028-03-01T00:00:00Z,2028-02-29T11:00:00Z",
        "071526,1200,MONTH_FIRST,2026-07-15T10:00:30Z,2026-07-15T10:00:00Z",
        // no date: the last such minute, or one of an hour that a clock may be ahead
        "'      ',1015,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:15:00Z",
        "'      ',1020,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:20:00Z",
        "'      ',1216,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-20T11:16:00Z",
        "'      ',2359,MONTH_FIRST,2026-11-20T23:00:10Z,2026-11-20T22:59:00Z",
        "'      ',0001,MONTH_FIRST,2026-11-20T22:59:50Z,2026-11-20T23:01:00Z",
        // no such day: by the time alone
        "133226,1015,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:15:00Z",
        "022926,1015,MONTH_FIRST,2026-11-21T09:15:42Z,2026-11-21T09:15:00Z",
    })
    void shouldTakeTheTimeOfTheAcdWhereItsZoneIsKnown(
            String date, String time, CdrRecords.DateOrder order, String came, String ended) {
        final List<Told> all =
                told(own(Optional.of(ZoneId.of("Europe/Berlin")), order), date + " " + time + " 00060\r\n", ns(came));
        assertEquals(ns(ended), all.get(2).acdNs());
        assertEquals(ns(ended) - TimeUnit.SECONDS.toNanos(60), all.get(0).acdNs());
    }

    @Test
    void shouldKnowWhenTheClocksOfAZoneChange() {
        final CdrRecords records = own(Optional.of(ZoneId.of("Europe/Berlin")), CdrRecords.DateOrder.MONTH_FIRST);
        final CdrCallDecoder[] decoder = new CdrCallDecoder[1];
        final List<Long> ends = new ArrayList<>();
        decoder[0] = new CdrCallDecoder(records, event -> {
            if (event.kind() == CallEventKind.CLEARED) {
                ends.add(event.acdNs());
            }
        });
        final List<Long> expected = new ArrayList<>();
        // 25 October 2026, 03:00 CEST is 02:00 CET: one record a minute from 01:30 to 03:30 of either
        for (long at = ns("2026-10-24T23:30:00Z"); at < ns("2026-10-25T02:30:00Z"); at += 60_000_000_000L) {
            final var local = Instant.ofEpochSecond(0, at).atZone(ZoneId.of("Europe/Berlin"));
            final byte[] line = String.format("102526 %02d%02d 00060%n", local.getHour(), local.getMinute())
                    .getBytes(StandardCharsets.US_ASCII);
            decoder[0].decode(line, 0, line.length, 1, at + 5_000_000_000L);
            expected.add(at);
        }
        assertEquals(expected, ends);
    }

    @ParameterizedTest
    @CsvSource({
        "cdr-77,77",
        "cdr-0,-1",
        "cdr-,-1",
        "cdr-7x,-1",
        "00001012341732180000,-1",
        "cdr-999999999999999999999,-1"
    })
    void shouldKnowTheRecordThatACallIsNamedAfter(String id, long record) {
        assertEquals(record, new CdrCallDecoder(CdrForm.CUSTOMISED.records(), event -> {}).recordOf(id));
    }

    @Test
    void shouldHaveNoListsToRead() {
        final List<String> all = new ArrayList<>();
        final CdrCallDecoder decoder =
                new CdrCallDecoder(CdrForm.CUSTOMISED.records(), event -> all.add(event.toString()));
        assertTrue(decoder.tellsOnlyOfEnds());
        final byte[] item = TELESEER.getBytes(StandardCharsets.US_ASCII);
        decoder.item(item, 0, item.length, 1, 1);
        assertEquals(List.of(), all);
    }

    /** No profile is let in that says so; a decoder does not rely on it. */
    @ParameterizedTest
    @CsvSource({"400,400", "1,400", "400,3", "254,254", "255,1"})
    void shouldCutATrunkThatIsTooLong(int code, int circuit) {
        final int end = 5 + code + circuit;
        final CdrRecords records = new CdrRecords(
                List.of(
                        new CdrRecords.Item("sec-dur", 0, 5),
                        new CdrRecords.Item("in-trk-code", 5, code),
                        new CdrRecords.Item("in-crt-id", 5 + code, circuit),
                        new CdrRecords.Item("line-feed", end, 1)),
                CdrRecords.Circuits.TENS_UNITS_HUNDREDS,
                CdrRecords.DateOrder.MONTH_FIRST,
                CdrRecords.DateForm.CLOSED,
                CdrRecords.SessionDates.FIRST,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of());
        final String line = "00060" + "7".repeat(code) + "8".repeat(circuit) + "\r\n";
        final String born = texts(told(records, line, ARRIVED_NS)).get(0);
        assertTrue(
                born.endsWith("TRUNK=" + "7".repeat(Math.min(code, 127)) + "-" + "8".repeat(Math.min(circuit, 127))),
                born);
    }

    /** What the ACD wrote down itself is what is read. */
    @ParameterizedTest
    @ValueSource(strings = {"customised", "teleseer", "59-character", "printer", "expanded", "int-isdn"})
    void shouldReadEveryCallOfADay(String form) {
        final long seed = Chance.seed();
        final CdrForm written = CdrForm.of(form, true);
        final List<CdrCall> calls = new ArrayList<>();
        final CdrTraffic traffic = new CdrTraffic(seed, written, calls::add);
        final List<String> told = new ArrayList<>();
        final StringBuilder call = new StringBuilder();
        final CdrCallDecoder decoder = new CdrCallDecoder(written.records(), event -> told(event, call, told));
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            final byte[] record = traffic.next();
            decoder.decode(record, 0, record.length, i + 1L, ARRIVED_NS);
        }
        final boolean seconds = written.records().item("sec-dur").isPresent();
        final boolean code = written.records().item("in-trk-code").isPresent();
        final boolean letters = form.equals("59-character");
        for (final CdrCall each : calls) {
            // there H and I are a call of delayed service and an incoming one, and E tells of lost records
            final boolean noCall = letters && each.condition() == 'E';
            final boolean answered = letters || each.condition() != 'H' && each.condition() != 'E';
            if (!noCall) {
                expected.add(each.calling() + ">" + each.called() + " "
                        + (seconds ? each.seconds() : each.seconds() / 6 * 6) + " s "
                        + (answered ? "" : "un") + "answered " + trunk(each, code) + " " + each.condition());
            }
        }
        for (int i = 0; i < Math.min(expected.size(), told.size()); i++) {
            assertEquals(expected.get(i), told.get(i), "call " + i + ", -Dtandem.seed=" + seed);
        }
        assertEquals(expected.size(), told.size());
        assertTrue(told.size() > 2_500 || letters);
    }

    private static String trunk(CdrCall call, boolean code) {
        if (call.trunk().isEmpty()) {
            return "-";
        }
        final String group = !call.incoming() || code ? call.trunk() : "in";
        return group + String.format("-%03d", call.circuit());
    }

    private static void told(CallEvent event, StringBuilder call, List<String> told) {
        switch (event.kind()) {
            case BORN -> {
                call.setLength(0);
                call.append(event.text(CallText.CALLING))
                        .append('>')
                        .append(event.text(CallText.CALLED))
                        .append(' ')
                        .append(event.agoNs() / 1_000_000_000L)
                        .append(" s un")
                        .append('\t')
                        .append(event.has(CallText.TRUNK) ? event.text(CallText.TRUNK) : "-");
            }
            case CONNECTED -> call.replace(call.indexOf("\t") - 2, call.indexOf("\t"), "");
            default -> told.add(call.toString().replace("\t", "answered ") + " " + event.text(CallText.CAUSE));
        }
    }
}
