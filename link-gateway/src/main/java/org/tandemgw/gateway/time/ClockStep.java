package org.tandemgw.gateway.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * UTC was set.
 *
 * @param byNs by how much; negative: back
 * @param toNs what it read when that was seen
 * @param exact false if it was set while the machine was off: then it is only known that it was set at least (back) or at most (forward) so far
 */
public record ClockStep(long byNs, long toNs, boolean exact) {
    /** What it would have read. */
    public long fromNs() {
        return toNs - byNs;
    }

    /** For people: {@code set back by 3600.0 s, from … to …}. */
    @Override
    public String toString() {
        final String how = exact ? "by " : byNs < 0 ? "by at least " : "by at most ";
        return (byNs < 0 ? "set back " : "set forward ") + how + amount(byNs) + ", from " + utc(fromNs()) + " to "
                + utc(toNs);
    }

    /** For people: {@code 3600.0 s}, without a sign; long ones in days. */
    public static String amount(long ns) {
        final double seconds = Math.abs(ns) / 1e9;
        return seconds < 172_800
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f days", seconds / 86_400);
    }

    private static Instant utc(long ns) {
        return Instant.ofEpochSecond(0, ns).truncatedTo(ChronoUnit.MILLIS);
    }
}
