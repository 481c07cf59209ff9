package org.tandemgw.gateway.status;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them: short, and never more exact than useful. */
public final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final long MS_PER_S = 1_000;

    private Amounts() {}

    /** Like {@code 1.8 GiB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** Like {@code 1 s}, {@code 12 s}, {@code 5 min}, {@code 2 h 03}: for estimates. */
    public static String about(long ms) {
        return ms < 60 * MS_PER_S ? Math.max(1, Math.round(ms / 1e3)) + " s" : time(ms);
    }

    /** Like {@code 12 ms}, {@code 4.2 s}, {@code 5 min}, {@code 2 h 03}, {@code 3 d 4 h}. */
    public static String time(long ms) {
        if (ms < MS_PER_S) {
            return ms + " ms";
        }
        final Duration time = Duration.ofMillis(ms);
        if (ms < 60 * MS_PER_S) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
        }
        if (time.toHours() == 0) {
            return time.toMinutes() + " min";
        }
        return time.toDays() == 0
                ? String.format(Locale.ROOT, "%d h %02d", time.toHours(), time.toMinutesPart())
                : time.toDays() + " d " + time.toHoursPart() + " h";
    }
}
