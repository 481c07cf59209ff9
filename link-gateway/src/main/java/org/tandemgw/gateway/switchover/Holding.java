package org.tandemgw.gateway.switchover;

/**
 * Why nothing is switched until somebody decides.
 *
 * @param kind what ends it depends on this
 * @param why a sentence for the operator
 * @param decision that led there; null: none did
 */
public record Holding(Kind kind, String why, long sinceMs, Long decision) {
    /** What ends it depends on this. */
    public enum Kind {
        /** The positions cannot be read: ends by itself once they can, and match the record. */
        POSITIONS_UNKNOWN,
        /** The trunks lead elsewhere than the record says: adopt or switch. */
        POSITIONS_ELSEWHERE,
        /** What knew which server is active is lost: look, adopt, then switch if need be. */
        RECORD_LOST,
        /** A select did not reach its end: adopt or switch. */
        SELECT_UNFINISHED,
        /** Nothing was moved, but the attempt failed: switch or resume. */
        SWITCH_FAILED,
        /** The active server was not told to start with success: switch, to it or to the other one. */
        PROMOTE_FAILED,
        /** What was decided could not be written down: resume, once the disk is well. */
        STORE_FAILED
    }
}
