package org.tandemgw.gateway.config;

/**
 * Where else alarms go.
 *
 * @param kind how
 * @param target address or URL; what of a URL is behind its host is nobody else's business
 */
public record NotifyConfig(Kind kind, String target) {

    /** How an alarm is sent. */
    public enum Kind {
        /** Syslog over UDP. */
        SYSLOG_UDP("syslog/udp"),
        /** Syslog over TCP. */
        SYSLOG_TCP("syslog/tcp"),
        /** HTTP POST. */
        WEBHOOK("webhook");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that programs read. */
        @Override
        public String toString() {
            return word;
        }
    }
}
