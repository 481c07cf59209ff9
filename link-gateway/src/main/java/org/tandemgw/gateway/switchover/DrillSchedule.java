package org.tandemgw.gateway.switchover;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * When a drill is due, by the wall clock of the site: a weekday and a time, at least as often as {@code every} says. Pure. Where a
 * day has no such time, it is as much later as the clock is set; where it has two, it is the first.
 */
final class DrillSchedule {
    private static final int MINUTES_PER_HOUR = 60;

    private final DrillRules rules;
    private final ZoneId zone;
    private DrillBook known;
    private long nextMs;

    DrillSchedule(DrillRules rules, String timeZone) {
        this.rules = rules;
        zone = ZoneId.of(timeZone);
    }

    /**
     * The next date that is not settled; it may be over. After a drill that passed: the last one not later than {@code every} after it.
     * Else, and where there is none, the first one.
     */
    long nextMs(DrillBook book) {
        if (!book.equals(known)) {
            nextMs = next(book);
            known = book;
        }
        return nextMs;
    }

    private long next(DrillBook book) {
        final long baseMs = Math.max(book.sinceMs(), Math.max(book.passedMs(), book.slotMs()));
        final long first = after(baseMs);
        if (book.passedMs() == 0 || book.passedMs() < book.slotMs()) {
            return first;
        }
        return Math.max(first, notAfter(everAfter(book.passedMs())));
    }

    /** From when on a drill is overdue. */
    long overdueMs(DrillBook book) {
        return everAfter(Math.max(book.sinceMs(), book.passedMs())) + rules.withinMs();
    }

    /** The newest date whose time to begin is over. */
    long newestOverMs(long nowMs) {
        return notAfter(nowMs - rules.withinMs());
    }

    /** Whole days are days of the calendar, whatever the clock does in between. */
    private long everAfter(long ms) {
        final Duration every = Duration.ofMillis(rules.everyMs());
        return at(ms).plusDays(every.toDays())
                .plus(every.minusDays(every.toDays()))
                .toInstant()
                .toEpochMilli();
    }

    /** The first date after this time. */
    private long after(long ms) {
        final LocalDate day = at(ms).toLocalDate().with(TemporalAdjusters.nextOrSame(DayOfWeek.of(rules.day())));
        final long same = on(day);
        return same > ms ? same : on(day.plusWeeks(1));
    }

    /** The last date not after this time. */
    private long notAfter(long ms) {
        final LocalDate day = at(ms).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.of(rules.day())));
        final long same = on(day);
        return same <= ms ? same : on(day.minusWeeks(1));
    }

    private long on(LocalDate day) {
        final LocalTime time = LocalTime.of(rules.minute() / MINUTES_PER_HOUR, rules.minute() % MINUTES_PER_HOUR);
        return ZonedDateTime.of(day, time, zone).toInstant().toEpochMilli();
    }

    private ZonedDateTime at(long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone);
    }
}
