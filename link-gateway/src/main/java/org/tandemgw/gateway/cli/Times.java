package org.tandemgw.gateway.cli;

import org.tandemgw.gateway.backup.TimeRange;

/** Times as people write and read them. */
final class Times {
    private Times() {}

    /** UTC ns. */
    static long parse(String text) {
        try {
            return TimeRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(e.getMessage(), null);
        }
    }

    /** ISO 8601, UTC. */
    static String text(long atNs) {
        return atNs < 0 ? "an unknown time" : TimeRange.instant(atNs).toString();
    }
}
