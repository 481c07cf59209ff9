package org.tandemgw.gateway.switchover;

/** What made sure, at a promote, that the other server cannot act. */
public enum FenceHeld {
    /** Every card of every switch was read back at the promoted server under this epoch. */
    TRUNK_SWITCH("trunk-switch"),
    /** The other server's demote succeeded under this epoch. */
    DEMOTE("demote"),
    /** Not every card is there, but the other server is dead by hard evidence, and on-partial says retry-then-promote. */
    DEAD("dead"),
    /** Nothing: the file says fence none. */
    NONE("none"),
    /** The server is the old active again: nothing was selected, and the other was not promoted. */
    NEVER_LEFT("never-left");

    private final String word;

    FenceHeld(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
