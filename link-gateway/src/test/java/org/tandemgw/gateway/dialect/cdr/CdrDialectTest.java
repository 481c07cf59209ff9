package org.tandemgw.gateway.dialect.cdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.profiles.CdrRecords;

/** Which records are the same, and which belong to one output alone. */
class CdrDialectTest {
    private static final String NULS = "\0\0\0";

    private static CdrRecords records(
            CdrRecords.DateOrder order, CdrRecords.SessionDates session, String... notCompared) {
        return new CdrRecords(
                List.of(
                        new CdrRecords.Item("time", 0, 4),
                        new CdrRecords.Item("seq-num", 4, 3),
                        new CdrRecords.Item("sec-dur", 7, 5),
                        new CdrRecords.Item("return", 12, 1),
                        new CdrRecords.Item("line-feed", 13, 1),
                        new CdrRecords.Item("null", 14, 3)),
                CdrRecords.Circuits.HUNDREDS_TENS_UNITS,
                order,
                CdrRecords.DateForm.SPACED,
                session,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(notCompared));
    }

    private static CdrDialect dialect(CdrRecords records) {
        return new CdrDialect(LinkFrameDecoder.Limits.WIDEST, records, 1);
    }

    private static List<Long> key(CdrDialect dialect, String frame) {
        final byte[] bytes = ("#" + frame + "#").getBytes(StandardCharsets.ISO_8859_1);
        dialect.identity().of(bytes, 1, bytes.length - 2, 0);
        return List.of(dialect.identity().high(), dialect.identity().low());
    }

    private static boolean local(LegFrames frames, String frame) {
        final byte[] bytes = ("#" + frame + "#").getBytes(StandardCharsets.ISO_8859_1);
        return frames.isLocal(bytes, 1, bytes.length - 2, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "true,'" + NULS + "0915 12300017\r\n'",
        "true,'0915 12300017\n'",
        "false,'0916 12300017\r\n'",
        "false,' 0915 12300017\r\n'"
    })
    void shouldCompareTheTextAndNotWhatStandsAroundIt(boolean same, String other) {
        final CdrDialect dialect = dialect(records(CdrRecords.DateOrder.MONTH_FIRST, CdrRecords.SessionDates.FIRST));
        assertEquals(same, key(dialect, "0915 12300017\r\n").equals(key(dialect, other)));
    }

    @Test
    void shouldLeaveOutWhatEachOutputCountsForItself() {
        final CdrDialect dialect =
                dialect(records(CdrRecords.DateOrder.MONTH_FIRST, CdrRecords.SessionDates.FIRST, "seq-num"));
        assertEquals(key(dialect, "091512300017\r\n"), key(dialect, NULS + "091545600017\r\n"));
        assertNotEquals(key(dialect, "091512300017\r\n"), key(dialect, "091512300018\r\n"));
    }

    @Test
    void shouldKeepTheDateThatBeginsAConnectionOutOfTheStreamAndNoOther() {
        final LegFrames frames = dialect(records(CdrRecords.DateOrder.MONTH_FIRST, CdrRecords.SessionDates.FIRST))
                .legFrames();
        frames.sessionBegins();
        assertTrue(local(frames, "1121\r\n"));
        assertFalse(local(frames, NULS + "1122\r\n"), "at midnight");
        assertFalse(local(frames, "091512300017\r\n"));
        frames.sessionBegins();
        assertFalse(local(frames, "091512300017\r\n"));
        assertFalse(local(frames, "11 22\r\n"), "not the first");
        frames.sessionBegins();
        assertTrue(local(frames, NULS + "11 22\r\n"));
    }

    @Test
    void shouldKeepAllDatesOrNoneOutOfTheStreamWhereAProfileSaysSo() {
        final LegFrames all = dialect(records(CdrRecords.DateOrder.DAY_FIRST, CdrRecords.SessionDates.ALL))
                .legFrames();
        all.sessionBegins();
        assertTrue(local(all, "2111\r\n"));
        assertTrue(local(all, "22 11\n"));
        assertFalse(local(all, "1121\r\n"), "there is no month 21");
        final LegFrames none = dialect(records(CdrRecords.DateOrder.DAY_FIRST, CdrRecords.SessionDates.NONE))
                .legFrames();
        none.sessionBegins();
        assertFalse(local(none, "2111\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"0021", "1300", "1132", "112", "11-21", "11211", "112a", "''"})
    void shouldTakeNothingElseForADate(String text) {
        final LegFrames frames = dialect(records(CdrRecords.DateOrder.MONTH_FIRST, CdrRecords.SessionDates.ALL))
                .legFrames();
        frames.sessionBegins();
        assertFalse(local(frames, text + "\r\n"));
    }

    @Test
    void shouldWriteADateAsTheAcdDoes() {
        final LocalDate day = LocalDate.of(2026, 11, 5);
        assertEquals(
                "11 05\r\n",
                text(new CdrDate(records(CdrRecords.DateOrder.MONTH_FIRST, CdrRecords.SessionDates.ALL)).of(day)));
        assertEquals(
                "05 11\r\n",
                text(new CdrDate(records(CdrRecords.DateOrder.DAY_FIRST, CdrRecords.SessionDates.ALL)).of(day)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
