package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.house.Chance;

/** When a drill is due, by the calendar of the site. Row B13. */
class DrillScheduleTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long HOUR_MS = 3_600_000;

    private static DrillSchedule schedule(long days, DayOfWeek day, String time) {
        final int minute = Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
        return new DrillSchedule(
                new DrillRules(days * 24 * HOUR_MS, day.getValue(), minute, HOUR_MS, 0, 900_000), ZONE.getId());
    }

    private static long ms(String local) {
        return local == null
                ? 0
                : LocalDateTime.parse(local).atZone(ZONE).toInstant().toEpochMilli();
    }

    private static DrillBook book(String since, String passed, String settled) {
        return new DrillBook(0, null, null, ms(since), ms(passed), ms(settled), 0, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "30 | SUNDAY | 03:00 | 2026-06-01T12:00 | -                | -                | 2026-06-07T03:00 | first of all as soon as it can be",
                "30 | SUNDAY | 03:00 | 2026-06-07T02:59 | -                | -                | 2026-06-07T03:00 | a minute before its time",
                "30 | SUNDAY | 03:00 | 2026-06-07T03:01 | -                | -                | 2026-06-14T03:00 | not at once where its time is just over",
                "30 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-06-07T03:00:05 | 2026-06-07T03:00 | 2026-07-05T03:00 | the last Sunday within 30 days",
                " 7 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-06-07T03:00:05 | 2026-06-07T03:00 | 2026-06-14T03:00 | a week is a week, although it began seconds late",
                " 7 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-10-18T03:00:05 | 2026-10-18T03:00 | 2026-10-25T03:00 | also where the clock is set back in between",
                "28 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-10-11T03:00:05 | 2026-10-11T03:00 | 2026-11-08T03:00 | four weeks likewise",
                " 1 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-06-07T03:00:05 | 2026-06-07T03:00 | 2026-06-14T03:00 | never twice on one date",
                "30 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-06-10T14:00 | 2026-06-07T03:00 | 2026-07-05T03:00 | one by hand counts",
                "30 | SUNDAY | 03:00 | 2026-01-01T12:00 | 2026-06-07T03:00:05 | 2026-07-05T03:00 | 2026-07-12T03:00 | a week after one that was skipped",
                "30 | SUNDAY | 02:30 | 2026-03-23T12:00 | -                | -                | 2026-03-29T03:30 | a time that the clock leaves out",
                "30 | SUNDAY | 02:30 | 2026-10-19T12:00 | -                | -                | 2026-10-25T02:30 | the first of two",
                "30 | MONDAY | 00:00 | 2026-12-27T23:59 | -                | -                | 2026-12-28T00:00 | midnight"
            })
    void shouldFindTheNextDate(
            long days,
            DayOfWeek day,
            String time,
            String since,
            String passed,
            String settled,
            String next,
            String why) {
        assertEquals(
                Instant.ofEpochMilli(ms(next)),
                Instant.ofEpochMilli(schedule(days, day, time).nextMs(book(since, passed, settled))),
                why);
    }

    @Test
    void shouldBeOverdueOnceTheTimeAndTheHourAfterItAreOver() {
        assertEquals(
                ms("2026-06-14T04:00:05"),
                schedule(7, DayOfWeek.SUNDAY, "03:00")
                        .overdueMs(book("2026-01-01T12:00", "2026-06-07T03:00:05", null)));
    }

    @Test
    void shouldHoldForAnyDates() {
        final Random random = new Random(Chance.seed());
        for (int i = 0; i < 2_000; i++) {
            final long days = 7 + random.nextInt(60);
            final DayOfWeek day = DayOfWeek.of(1 + random.nextInt(7));
            final DrillSchedule schedule =
                    schedule(days, day, String.format("%02d:%02d", random.nextInt(24), random.nextInt(60)));
            final long passedMs = ms("2026-01-01T00:00") + (long) (random.nextDouble() * 3 * 365 * 24 * HOUR_MS);
            final DrillBook book = new DrillBook(1, null, null, 1, passedMs, schedule.newestOverMs(passedMs), 0, null);
            final long nextMs = schedule.nextMs(book);
            final String what = "passed " + Instant.ofEpochMilli(passedMs) + ", every " + days + ", " + day + ", next "
                    + Instant.ofEpochMilli(nextMs);
            final ZonedDateTime next = Instant.ofEpochMilli(nextMs).atZone(ZONE);
            assertEquals(day, next.getDayOfWeek(), what);
            assertTrue(nextMs > passedMs, what);
            assertTrue(nextMs <= schedule.overdueMs(book) - HOUR_MS, what);
            final Duration early = Duration.ofMillis(schedule.overdueMs(book) - HOUR_MS - nextMs);
            assertTrue(early.compareTo(Duration.ofDays(7).plusHours(1)) <= 0, what + ", a week early");
        }
    }
}
