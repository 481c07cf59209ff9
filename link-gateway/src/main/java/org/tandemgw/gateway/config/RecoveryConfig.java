package org.tandemgw.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which media are recovered.
 *
 * @param media for each medium whether it is
 */
public record RecoveryConfig(Map<Medium, Wanted> media) {

    /** What a call can be. */
    public enum Medium {
        /** Telephone call. */
        VOICE,
        /** E-mail. */
        MAIL,
        /** Chat. */
        CHAT,
        /** Call-back. */
        CALLBACK,
        /** Short message. */
        SMS,
        /** Social conversation. */
        SOCIAL,
        /** Direct message. */
        DIRECT
    }

    /** Whether a medium is recovered. */
    public enum Wanted {
        /** It is. */
        ON,
        /** It is not. */
        OFF,
        /** Only what an agent already has; mail only. */
        ASSIGNED
    }

    /** Copies the map. */
    public RecoveryConfig {
        media = Collections.unmodifiableMap(new LinkedHashMap<>(media));
    }
}
