package org.tandemgw.gateway.health;

/**
 * One look at a server, or at a place of the network.
 *
 * @param sight what it found
 * @param said one short line for the operator, such as {@code connection refused}; null: nothing to add
 * @param tookMicros from asking to the answer, or to giving up
 * @param identity of the process that answered, where it tells: another one is a restart; null: not told
 * @param release of the server, where it tells; null: not told
 */
public record Look(Sight sight, String said, long tookMicros, String identity, String release) {
    /** Of something that tells neither identity nor release. */
    public static Look of(Sight sight, String said, long tookMicros) {
        return new Look(sight, said, tookMicros, null, null);
    }
}
