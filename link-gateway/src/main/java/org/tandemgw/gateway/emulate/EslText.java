package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;

/** Builds an event of a FreeSWITCH from its first header on: values percent-encoded as FreeSWITCH does it, empty ones {@code _undef_}. */
final class EslText {
    private static final String SAFE = "!$'()*,-./_~";

    private final StringBuilder text = new StringBuilder(1_536);

    EslText add(String name, Object value) {
        final String plain = value.toString();
        text.append(name)
                .append(": ")
                .append(plain.isEmpty() ? "_undef_" : encoded(plain))
                .append('\n');
        return this;
    }

    /** What an event tells of its channel: its basic data, and its variables. */
    EslText channel(EslChannel channel) {
        add("Channel-State", channel.cause.isEmpty() ? "CS_EXECUTE" : "CS_HANGUP")
                .add("Channel-Call-State", channel.state)
                .add("Channel-State-Number", channel.cause.isEmpty() ? 4 : 10)
                .add("Channel-Name", channel.name)
                .add("Unique-ID", channel.uuid)
                .add("Call-Direction", channel.direction())
                .add("Presence-Call-Direction", channel.direction())
                .add("Channel-HIT-Dialplan", !channel.outbound)
                .add("Channel-Call-UUID", channel.callUuid)
                .add("Answer-State", channel.answer);
        if (!channel.cause.isEmpty()) {
            add("Hangup-Cause", channel.cause);
        }
        add("Caller-Direction", channel.direction())
                .add("Caller-Username", "")
                .add("Caller-Caller-ID-Name", "Zo\u00eb " + channel.caller)
                .add("Caller-Caller-ID-Number", channel.caller)
                .add("Caller-Network-Addr", "192.0.2.7")
                .add("Caller-Destination-Number", channel.destination)
                .add("Caller-Unique-ID", channel.uuid)
                .add("Caller-Source", "mod_sofia")
                .add("Caller-Context", "default")
                .add("Caller-Channel-Name", channel.name)
                .add("Caller-Channel-Created-Time", channel.bornUs)
                .add("variable_direction", channel.direction())
                .add("variable_uuid", channel.uuid)
                .add("variable_call_uuid", channel.callUuid)
                .add("variable_sip_contact_uri", "sip:" + channel.caller + "@192.0.2.7:5060;transport=udp");
        channel.variables.forEach((name, value) -> add("variable_" + name, value));
        return this;
    }

    /** Ends the event. */
    byte[] bytes() {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String plain) {
        final StringBuilder out = new StringBuilder(plain.length() + 16);
        for (final byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
