package org.tandemgw.gateway.backup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/**
 * A span of arrivals, both ends included, UTC ns. Pure.
 *
 * <p>Rounded to whole archive intervals it begins with the interval in which it began and ends with the one in which it
 * ended: 5:13 to 5:19 in intervals of 30 minutes is 5:00 to 5:29:59.999999999.
 */
public record TimeRange(long fromNs, long toNs) {
    /** Everything. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final long NS_PER_S = 1_000_000_000L;
    private static final Set<Duration> INTERVALS =
            Set.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1));

    /** Whether a record of this arrival belongs to it. */
    public boolean contains(long atNs) {
        return atNs >= fromNs && atNs <= toNs;
    }

    /** The same from the start of the interval in which it begins to the end of the one in which it ends, counted in UTC. */
    public TimeRange inWhole(Duration interval) {
        final long ns = interval.toNanos();
        return new TimeRange(
                fromNs == Long.MIN_VALUE ? fromNs : Math.floorDiv(fromNs, ns) * ns,
                toNs == Long.MAX_VALUE ? toNs : (Math.floorDiv(toNs, ns) + 1) * ns - 1);
    }

    /**
     * The interval, if it is one that archives are kept in.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Duration interval(Duration interval) {
        if (!INTERVALS.contains(interval)) {
            throw new IllegalArgumentException("--interval is 15m, 30m or 1h");
        }
        return interval;
    }

    /**
     * A time as people write it: ISO 8601 with {@code Z} or an offset, seconds and less may be left out.
     *
     * @return UTC ns
     * @throws IllegalArgumentException with a message for the user
     */
    public static long parse(String text) {
        try {
            final Instant at = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NS_PER_S), at.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time: write it like 2026-11-21T05:13Z (UTC) or 2026-11-21T06:13+01:00");
        }
    }

    /** ISO 8601, UTC. */
    public static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
    }
}
