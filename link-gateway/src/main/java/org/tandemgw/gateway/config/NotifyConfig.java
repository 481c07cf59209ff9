package org.tandemgw.gateway.config;

/**
 * Where else alarms go.
 *
 * @param kind how
 * @param target address or URL
 */
public record NotifyConfig(Kind kind, String target) {

    /** How an alarm is sent. */
    public enum Kind {
        /** Syslog over UDP. */
        SYSLOG,
        /** HTTP POST. */
        WEBHOOK
    }
}
