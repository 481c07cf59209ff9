package org.tandemgw.recovery;

import java.util.Locale;

/** What an ACD says of an agent. Whether he talks is not said here: an agent may be on a call while he is not ready. */
public enum AgentState {
    LOGGED_ON,
    READY,
    NOT_READY,
    AFTER_CALL_WORK,
    /** Only remembered while the ACD lists its agents; never shown. */
    LOGGED_OFF;

    private static final AgentState[] ALL = values();

    static AgentState of(int ordinal) {
        return ALL[ordinal];
    }

    static AgentState after(CallEventKind kind) {
        return switch (kind) {
            case AGENT_LOGGED_ON -> LOGGED_ON;
            case AGENT_READY -> READY;
            case AGENT_NOT_READY -> NOT_READY;
            case AGENT_AFTER_CALL_WORK -> AFTER_CALL_WORK;
            default -> LOGGED_OFF;
        };
    }

    /** As programs read it: {@code not-ready}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
