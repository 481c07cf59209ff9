package org.tandemgw.gateway.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where call records go.
 *
 * @param audience for which servers they are written
 * @param folder with a folder for each server, absolute
 * @param keep how long their files stay
 */
public record CallRecordsConfig(Audience audience, Path folder, Duration keep) {

    /** For which servers records are written. */
    public enum Audience {
        /** Each for the server that was active when it was made. */
        ACTIVE,
        /** Each for both. */
        BOTH
    }
}
