package org.tandemgw.gateway.config;

import java.time.Duration;

/**
 * How the stream is stored.
 *
 * @param sync what survives what
 * @param retention how long records are kept, by their own times
 * @param minFreeBytes how much space must stay free on the file system of {@code data}
 */
public record JournalConfig(Sync sync, Duration retention, long minFreeBytes) {

    /** What survives what. */
    public enum Sync {
        /** Feeds send only what is synced; survives power loss. */
        GROUP,
        /** Survives SIGKILL, not power loss. */
        NONE
    }
}
