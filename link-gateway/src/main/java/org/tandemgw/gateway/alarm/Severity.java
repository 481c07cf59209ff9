package org.tandemgw.gateway.alarm;

import java.util.Locale;

/** How much an alarm matters, in the words of X.733; the worst first. */
public enum Severity {
    /** Data is being lost or will be, now. */
    CRITICAL,
    /** Data was lost, or the next fault will lose some. */
    MAJOR,
    /** Redundancy is reduced; nothing is lost. */
    MINOR,
    /** Worth knowing. */
    WARNING;

    /** The word that programs read. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
