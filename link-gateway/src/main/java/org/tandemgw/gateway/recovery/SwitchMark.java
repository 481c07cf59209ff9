package org.tandemgw.gateway.recovery;

/**
 * What a mark in the journal of an ACD says of a switchover; two for each that succeeds.
 *
 * @param epoch of the attempt
 * @param decision its number
 * @param from the server that was in control; null: none was known
 * @param to the one that takes over
 */
public record SwitchMark(What what, long epoch, long decision, String from, String to) {
    /** Which of the two. */
    public enum What {
        /** The attempt begins: what is in flight now is what this switch is about. */
        COMMENCE,
        /** It has succeeded: segments and intervals split here. */
        SWITCHED
    }
}
