package org.tandemgw.profiles.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the small values of a file: durations, sizes, numbers. What cannot be read is an exception with the reason. */
public final class Values {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB|TiB)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private Values() {}

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a duration with a unit");
        }
        return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    static long sizeBytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a size with a unit");
        }
        return Math.multiplyExact(BYTES.get(matcher.group(2)), Long.parseLong(matcher.group(1)));
    }

    static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("is not a whole number");
        }
        return Long.parseLong(text);
    }

    /**
     * A duration as the files write it, in the largest unit that is exact.
     *
     * @param duration not negative
     * @return such as {@code 500ms} or {@code 14d}
     */
    public static String shown(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0s";
        }
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long unitMs = UNITS.get(unit).toMillis();
            if (ms % unitMs == 0) {
                return ms / unitMs + unit;
            }
        }
        return ms + "ms";
    }

    /**
     * A size for people, with at most one decimal.
     *
     * @param bytes not negative
     * @return such as {@code 2GiB} or {@code 1.5MiB}
     */
    public static String shownBytes(long bytes) {
        String shown = bytes + "B";
        for (String unit : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
            if (bytes >= BYTES.get(unit)) {
                String decimal = String.format(Locale.ROOT, "%.1f", bytes / (double) BYTES.get(unit));
                shown = new BigDecimal(decimal).stripTrailingZeros().toPlainString() + unit;
            }
        }
        return shown;
    }
}
