package org.tandemgw.gateway.emulate;

/** Builds an AMI message from its second word on: the dialect puts {@code Event: } before it and an empty line after it. */
final class AmiText {
    private final StringBuilder text = new StringBuilder(512);

    AmiText(String first) {
        text.append(first).append("\r\n");
    }

    AmiText add(String name, Object value) {
        text.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** The headers of a channel, each name with this prefix. */
    AmiText channel(String prefix, AmiChannel channel) {
        return add(prefix + "Channel", channel.name)
                .add(prefix + "ChannelState", channel.state.number)
                .add(prefix + "ChannelStateDesc", channel.state.word)
                .add(prefix + "CallerIDNum", channel.callerNumber)
                .add(prefix + "CallerIDName", channel.callerName)
                .add(prefix + "ConnectedLineNum", channel.connectedNumber)
                .add(prefix + "ConnectedLineName", channel.connectedName)
                .add(prefix + "Language", "en")
                .add(prefix + "AccountCode", "")
                .add(prefix + "Context", channel.context)
                .add(prefix + "Exten", channel.exten)
                .add(prefix + "Priority", 1)
                .add(prefix + "Uniqueid", channel.uniqueId)
                .add(prefix + "Linkedid", channel.linkedId);
    }

    AmiText bridge(String id, int channels) {
        return add("BridgeUniqueid", id)
                .add("BridgeType", "basic")
                .add("BridgeTechnology", "simple_bridge")
                .add("BridgeCreator", "<unknown>")
                .add("BridgeName", "<unknown>")
                .add("BridgeNumChannels", channels)
                .add("BridgeVideoSourceMode", "none");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
