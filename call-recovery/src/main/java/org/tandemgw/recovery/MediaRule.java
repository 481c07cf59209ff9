package org.tandemgw.recovery;

import java.util.Locale;

/** Whether calls of a medium are recovered. */
public enum MediaRule {
    ON,
    OFF,
    /** Only those that an agent has already. */
    ASSIGNED;

    /** As the configuration has it: {@code assigned}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
