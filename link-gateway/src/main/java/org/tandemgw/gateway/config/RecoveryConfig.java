package org.tandemgw.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tandemgw.recovery.CallState;
import org.tandemgw.recovery.Media;
import org.tandemgw.recovery.MediaRule;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.Treatment;

/**
 * What is done with calls in flight when another server takes over.
 *
 * @param media for each medium whether its calls are recovered
 * @param states for each state what is done with a call that has it
 */
public record RecoveryConfig(Map<Media, MediaRule> media, Map<CallState, Treatment> states) {
    /** Copies the maps. */
    public RecoveryConfig {
        media = Collections.unmodifiableMap(new LinkedHashMap<>(media));
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** The same for whoever plans. */
    public RecoveryPolicy policy() {
        return new RecoveryPolicy(media, states);
    }
}
