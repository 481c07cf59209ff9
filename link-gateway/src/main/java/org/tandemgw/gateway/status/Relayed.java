package org.tandemgw.gateway.status;

/**
 * A leg that is passed through to a server, in the picture of the gateway. Component names are JSON keys.
 *
 * @param server whose it is
 * @param serverPeer that server's address while it is connected, else null
 * @param undeliveredBytes what came for somebody who had gone
 * @param unrecordedBytes what passed and is not in the journal, for want of room or after a fault
 */
public record Relayed(
        String server, String serverPeer, Flow fromAcd, Flow toAcd, long undeliveredBytes, long unrecordedBytes) {

    /**
     * What passes in one direction; chunks are what TCP hands over, and their edges mean nothing.
     *
     * @param largest the largest chunk
     * @param minuteBytes in the last minute, as chunks are
     * @param silenceMs since the last byte; null if there never was one
     * @param stalledMs for how long it has come faster than it is taken, so that who sends it is slowed down; 0: it is taken
     */
    public record Flow(
            long bytes,
            long chunks,
            long largest,
            long minuteBytes,
            long minuteChunks,
            Long silenceMs,
            long stalledMs) {}
}
