package org.tandemgw.gateway.config;

import org.tandemgw.profiles.yaml.HostPort;

/**
 * Whom a sip probe asks, as the file writes it: {@code host:port}, or {@code host:port;transport=tcp} in the words of a SIP URI.
 *
 * @param address where
 * @param tcp over TCP rather than UDP
 */
public record SipTarget(HostPort address, boolean tcp) {
    private static final String PARAMETER = ";transport=";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException whose message says what is wrong
     */
    public static SipTarget parse(String text) {
        int at = text.indexOf(';');
        if (at < 0) {
            return new SipTarget(HostPort.parse(text), false);
        }
        String transport = text.substring(at);
        if (!transport.equals(PARAMETER + "tcp") && !transport.equals(PARAMETER + "udp")) {
            throw new IllegalArgumentException(
                    "has something else than ;transport=udp or ;transport=tcp behind the port");
        }
        return new SipTarget(HostPort.parse(text.substring(0, at)), transport.endsWith("tcp"));
    }

    @Override
    public String toString() {
        return address + (tcp ? PARAMETER + "tcp" : "");
    }
}
