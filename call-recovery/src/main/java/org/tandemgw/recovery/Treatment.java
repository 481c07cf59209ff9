package org.tandemgw.recovery;

import java.util.Locale;

/** What is done with a call in flight because of its state. */
public enum Treatment {
    /** The server that takes over learns it from us, as it stands: it is offered, waits or rings again. */
    RECOVER,
    /** It goes on by itself; the server that takes over learns it from us, too. */
    KEEP,
    /** Nothing is done, and the server that takes over is told nothing of it by us. */
    LEAVE;

    /** As the configuration has it: {@code recover}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
