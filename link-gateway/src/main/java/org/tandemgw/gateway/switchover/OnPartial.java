package org.tandemgw.gateway.switchover;

/** What to do when a select did not end with every card at the new active. Ordered from the most careful to the least. */
public enum OnPartial {
    /** Nothing: an operator decides. */
    HOLD("hold"),
    /** Move back what moved, when no calls are up. */
    ROLL_BACK("roll-back"),
    /** Try again, then promote all the same, if the old active is dead by hard evidence. */
    RETRY_THEN_PROMOTE("retry-then-promote");

    private final String word;

    OnPartial(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
