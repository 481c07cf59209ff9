package org.tandemgw.recovery;

import java.util.EnumMap;
import java.util.Map;

/** What is done with which calls when another server takes over: by medium, and by state. Immutable. */
public final class RecoveryPolicy {
    /** All media but mail, which only those get that have an agent; who waits is recovered, who talks is kept. */
    public static final RecoveryPolicy USUAL = new RecoveryPolicy(Map.of(), Map.of());

    private final Map<Media, MediaRule> media = new EnumMap<>(Media.class);
    private final Map<CallState, Treatment> states = new EnumMap<>(CallState.class);

    /** What is not named is as usual. */
    public RecoveryPolicy(Map<Media, MediaRule> media, Map<CallState, Treatment> states) {
        for (final Media each : Media.values()) {
            this.media.put(each, media.getOrDefault(each, usual(each)));
        }
        for (final CallState each : CallState.values()) {
            this.states.put(each, states.getOrDefault(each, usual(each)));
        }
    }

    /** What holds for a medium that nothing is said of. */
    public static MediaRule usual(Media media) {
        return media == Media.MAIL ? MediaRule.ASSIGNED : MediaRule.ON;
    }

    /** What holds for a state that nothing is said of. */
    public static Treatment usual(CallState state) {
        return switch (state) {
            case BORN, OFFERED, QUEUED, RINGING -> Treatment.RECOVER;
            case CONNECTED, HELD, ABANDONED, FAILED -> Treatment.KEEP;
        };
    }

    public MediaRule of(Media of) {
        return media.get(of);
    }

    public Treatment of(CallState of) {
        return states.get(of);
    }
}
