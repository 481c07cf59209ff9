package org.tandemgw.gateway.relay;

import org.tandemgw.gateway.leg.LegState;

/**
 * How one relayed leg stands, at one moment; its counters are since the process started. Immutable.
 *
 * @param server whose it is
 * @param serverPeer that server's address while it is connected, else null
 * @param acdPeer the ACD's address
 * @param ofAcd whether it is the ACD's end that is missing: its last session was ended by the ACD, or it could not be dialled
 * @param why it is not up; empty if it is
 * @param listenMissing the address at which the server is awaited is not on this machine
 * @param bindMissing nor that from which the ACD is dialled
 * @param portInUse by somebody else
 * @param upMs for how long it has been up; 0 if it is not
 * @param sessions how often it came up
 * @param failures dials that failed
 * @param replaced connections of the server that gave way to a newer one
 * @param refused connections from addresses that {@code allow} does not name
 * @param undeliveredBytes what came for somebody who had gone
 * @param unrecordedBytes what passed and is not in the journal
 */
public record RelayLegStatus(
        int leg,
        String server,
        LegState state,
        String serverPeer,
        String acdPeer,
        boolean ofAcd,
        String why,
        boolean listenMissing,
        boolean bindMissing,
        boolean portInUse,
        long upMs,
        long sessions,
        long failures,
        long replaced,
        long refused,
        Flow fromAcd,
        Flow toAcd,
        long undeliveredBytes,
        long unrecordedBytes) {

    /** Whether bytes pass. */
    public boolean isUp() {
        return state == LegState.UP;
    }

    /**
     * What passes in one direction.
     *
     * @param largest chunk, as TCP handed it over: it says little of messages, and something if it changes
     * @param minuteBytes in the last minute, as chunks are
     * @param silenceMs since the last byte; null if there never was one
     * @param stalledMs for how long it has come faster than it is taken, so that who sends it is slowed down; 0: it is taken
     */
    public record Flow(
            long bytes,
            long chunks,
            int largest,
            long minuteBytes,
            long minuteChunks,
            Long silenceMs,
            long stalledMs) {}
}
