package org.tandemgw.gateway.calls;

import java.util.Locale;

/** The headers of events that are read. */
enum EslField {
    EVENT_NAME("Event-Name"),
    SUBCLASS("Event-Subclass"),
    TIMESTAMP("Event-Date-Timestamp"),
    UNIQUE_ID("Unique-ID"),
    OLD_UNIQUE_ID("Old-Unique-ID"),
    CALL_UUID("Channel-Call-UUID"),
    CHANNEL_NAME("Channel-Name"),
    DIRECTION("Call-Direction"),
    ANSWER_STATE("Answer-State"),
    CALLER_NUMBER("Caller-Caller-ID-Number"),
    DESTINATION("Caller-Destination-Number"),
    CREATED("Caller-Channel-Created-Time"),
    HANGUP_CAUSE("Hangup-Cause"),
    BRIDGE_A("Bridge-A-Unique-ID"),
    BRIDGE_B("Bridge-B-Unique-ID"),
    ACTION("Action"),
    CC_ACTION("CC-Action"),
    CC_QUEUE("CC-Queue"),
    CC_AGENT("CC-Agent"),
    CC_AGENT_UUID("CC-Agent-UUID"),
    CC_AGENT_STATUS("CC-Agent-Status"),
    CC_MEMBER_SESSION("CC-Member-Session-UUID"),
    CC_CAUSE("CC-Cause"),
    CC_CANCEL_REASON("CC-Cancel-Reason"),
    VARIABLE_CC_SIDE("variable_cc_side"),
    VARIABLE_CC_QUEUE("variable_cc_queue"),
    VARIABLE_CC_AGENT("variable_cc_agent"),
    VARIABLE_CC_AGENT_UUID("variable_cc_agent_uuid"),
    VARIABLE_CC_MEMBER_SESSION("variable_cc_member_session_uuid"),
    VARIABLE_TRANSFER_SOURCE("variable_transfer_source");

    final String lower;

    EslField(String name) {
        lower = name.toLowerCase(Locale.ROOT);
    }
}
