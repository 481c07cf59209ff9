package org.tandemgw.recovery;

import java.util.Locale;

/** Why a part of an interval begins. The order is that of snapshots. */
public enum Cut {
    /** The first of all. */
    START,
    /** The interval begins. */
    INTERVAL,
    /** Another server is the active one. */
    SWITCH,
    /** Frames may have been missed here: from here on the numbers are not sure. */
    GAP,
    /** The ACD has listed what there is: from here on they are. */
    LISTED,
    /** Intervals have another length from here on. */
    LENGTH;

    private static final Cut[] ALL = values();

    static Cut of(int ordinal) {
        return ordinal < ALL.length ? ALL[ordinal] : null;
    }

    /** As programs read it: {@code interval}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
