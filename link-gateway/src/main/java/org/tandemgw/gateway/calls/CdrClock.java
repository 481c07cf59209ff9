package org.tandemgw.gateway.calls;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.concurrent.TimeUnit;

/**
 * From the wall clock of an ACD to UTC. Which day a time without a date belongs to follows from when its record came: it may have come late, and hardly early. Of an
 * hour that comes twice it is the one in which the record came. Allocates only where the clocks of a zone change.
 */
final class CdrClock {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    /** So far may the ACD's clock be ahead of ours. */
    private static final long AHEAD_NS = TimeUnit.HOURS.toNanos(1);

    private static final int CENTURY = 2000;

    private final ZoneRules rules;
    private long fromNs;
    private long toNs;
    private long offsetNs;

    CdrClock(ZoneId zone) {
        rules = zone.getRules();
    }

    /**
     * When that was.
     *
     * @param ofDayNs since midnight, by the ACD's clock
     * @param dayOfEpoch its day; {@link Long#MIN_VALUE}: the last that there was
     */
    long utcNs(long ofDayNs, long dayOfEpoch, long arrivedNs) {
        final long localNs = arrivedNs + offset(arrivedNs);
        if (dayOfEpoch != Long.MIN_VALUE) {
            return dayOfEpoch * DAY_NS + ofDayNs - offset(dayOfEpoch * DAY_NS + ofDayNs - offsetNs);
        }
        final long today = Math.floorDiv(localNs, DAY_NS) * DAY_NS + ofDayNs;
        final long late = Math.floorMod(localNs + AHEAD_NS - today, DAY_NS);
        return localNs + AHEAD_NS - late - offsetNs;
    }

    /** The day of that date; {@link Long#MIN_VALUE} if there is none such. */
    static long day(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return Long.MIN_VALUE;
        }
        final boolean leap = year % 4 == 0;
        final int length =
                month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return day > length ? Long.MIN_VALUE : dayOf(CENTURY + year, month, day);
    }

    /** By the rule for March years: no object is made. */
    private static long dayOf(int year, int month, int day) {
        final int years = month > 2 ? year : year - 1;
        final int months = month > 2 ? month - 3 : month + 9;
        return 365L * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1 - 719_468;
    }

    private long offset(long utcNs) {
        if (utcNs < fromNs || utcNs >= toNs) {
            final Instant at = Instant.ofEpochSecond(0, utcNs);
            final ZoneOffset offset = rules.getOffset(at);
            final ZoneOffsetTransition next = rules.nextTransition(at);
            final ZoneOffsetTransition previous = rules.previousTransition(at.plusNanos(1));
            offsetNs = TimeUnit.SECONDS.toNanos(offset.getTotalSeconds());
            fromNs = previous == null ? Long.MIN_VALUE : ns(previous.getInstant());
            toNs = next == null ? Long.MAX_VALUE : ns(next.getInstant());
        }
        return offsetNs;
    }

    private static long ns(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond());
    }
}
