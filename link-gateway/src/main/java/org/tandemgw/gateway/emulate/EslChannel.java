package org.tandemgw.gateway.emulate;

import java.util.LinkedHashMap;
import java.util.Map;

/** One channel of a simulated FreeSWITCH. */
final class EslChannel {
    final String uuid;
    final boolean outbound;
    final long bornUs;
    /** Its Channel-Call-UUID. */
    String callUuid;
    /** The call that it belongs to: what the call table should say. */
    String call;

    String name = "";
    String caller = "";
    String destination = "";
    String state = "DOWN";
    String answer = "ringing";
    String cause = "";
    String application = "";
    /** What it is bridged with; null if with nothing. */
    EslChannel peer;

    final Map<String, String> variables = new LinkedHashMap<>();

    EslChannel(String uuid, boolean outbound, long bornUs) {
        this.uuid = uuid;
        this.outbound = outbound;
        this.bornUs = bornUs;
        this.callUuid = uuid;
        this.call = uuid;
    }

    String direction() {
        return outbound ? "outbound" : "inbound";
    }
}
