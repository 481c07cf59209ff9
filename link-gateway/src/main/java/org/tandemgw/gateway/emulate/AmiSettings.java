package org.tandemgw.gateway.emulate;

/**
 * How a simulated Asterisk is configured.
 *
 * @param user who may log in
 * @param secret with what
 * @param timestamps {@code timestampevents = yes}
 * @param numbers {@code debug = on}: events carry a SequenceNumber
 */
public record AmiSettings(String user, String secret, boolean timestamps, boolean numbers) {
    /** User and secret {@code tandem}, timestamps, no numbers. */
    public static final AmiSettings DEFAULT = new AmiSettings("tandem", "tandem", true, false);

    @Override
    public String toString() {
        return "user " + user; // never the secret
    }
}
