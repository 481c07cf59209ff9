package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whole archive intervals: row A4. */
class TimeRangeTest {
    @Test
    void shouldRoundAnOutageToTheIntervalsItTouches() {
        assertEquals(
                "2026-11-21T05:00:00Z to 2026-11-21T05:29:59.999999999Z",
                rounded("2026-11-21T05:13Z", "2026-11-21T05:19Z", Duration.ofMinutes(30)));
        assertEquals(
                "2026-11-21T05:00:00Z to 2026-11-21T05:29:59.999999999Z",
                rounded("2026-11-21T05:13Z", "2026-11-21T05:19Z", Duration.ofMinutes(15)));
        assertEquals(
                "2026-11-21T05:00:00Z to 2026-11-21T05:59:59.999999999Z",
                rounded("2026-11-21T05:13Z", "2026-11-21T05:19Z", Duration.ofHours(1)));
        assertEquals(
                "2026-11-21T05:30:00Z to 2026-11-21T06:29:59.999999999Z",
                rounded("2026-11-21T05:59:59.999999999Z", "2026-11-21T06:00Z", Duration.ofMinutes(30)));
    }

    @Test
    void shouldTakeAWholeIntervalForItself() {
        assertEquals(
                "2026-11-21T05:00:00Z to 2026-11-21T05:29:59.999999999Z",
                rounded("2026-11-21T05:00Z", "2026-11-21T05:29:59.999999999Z", Duration.ofMinutes(30)));
        assertEquals(
                "2026-11-21T05:00:00Z to 2026-11-21T05:59:59.999999999Z",
                rounded("2026-11-21T05:00Z", "2026-11-21T05:30Z", Duration.ofMinutes(30)),
                "an outage that ended at 5:30 ended in the next interval");
        assertEquals(TimeRange.ALL, TimeRange.ALL.inWhole(Duration.ofMinutes(30)));
    }

    @Test
    void shouldAskForAZone() {
        assertEquals(TimeRange.parse("2026-11-21T05:13Z"), TimeRange.parse("2026-11-21T06:13:00.000+01:00"));
        assertThrows(IllegalArgumentException.class, () -> TimeRange.parse("2026-11-21T05:13"));
        assertThrows(IllegalArgumentException.class, () -> TimeRange.parse("+999999999-01-01T00:00Z"));
        assertThrows(IllegalArgumentException.class, () -> TimeRange.interval(Duration.ofMinutes(20)));
    }

    private static String rounded(String from, String to, Duration interval) {
        final TimeRange range =
                new TimeRange(TimeRange.parse(from), TimeRange.parse(to)).inWhole(TimeRange.interval(interval));
        final Instant first = TimeRange.instant(range.fromNs());
        return first + " to " + TimeRange.instant(range.toNs());
    }
}
