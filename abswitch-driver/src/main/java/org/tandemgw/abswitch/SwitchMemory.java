package org.tandemgw.abswitch;

import java.io.IOException;

/** Keeps {@link Remembered} across restarts. {@link #load} is called once by whoever starts the switch, the rest on its thread. */
public interface SwitchMemory {
    /** What was stored last; {@link Remembered#nothing()} at the very first start. */
    Remembered load();

    /**
     * Stores; durable when it returns. Called before the first byte of a command.
     *
     * @param remembered all that is to be known
     * @throws IOException if it could not be stored: then no command is sent
     */
    void store(Remembered remembered) throws IOException;
}
