package org.tandemgw.recovery;

import java.util.Locale;

/** What becomes of a call in flight when another server takes over. */
public enum Fate {
    /** It goes on untouched: nobody has to do anything for those who talk. */
    KEPT,
    /** Nobody had answered it: the server that takes over learns it from us, with the waiting time that it has. */
    RECOVERED,
    /** Its trunk ran through a card that moved. */
    CUT,
    /** Nobody can say; the reason stands beside it. */
    UNKNOWN;

    /** As programs read it: {@code kept}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
