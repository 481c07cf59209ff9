package org.tandemgw.gateway.simulate;

import java.util.Locale;

/** Times as people write them. */
final class Words {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private Words() {}

    /** As a file has it. */
    static String took(long ms) {
        if (ms >= MINUTE_MS && ms % MINUTE_MS == 0) {
            return ms / MINUTE_MS + "m";
        }
        return ms % SECOND_MS == 0 ? ms / SECOND_MS + "s" : ms + "ms";
    }

    /** Seconds with one place; null: a dash. */
    static String seconds(Long ms) {
        return ms == null ? null : String.format(Locale.ROOT, "%.1f", ms / (double) SECOND_MS);
    }
}
