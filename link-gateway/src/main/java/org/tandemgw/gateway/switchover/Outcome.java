package org.tandemgw.gateway.switchover;

/** How a decision ended. */
public enum Outcome {
    /** The other server is active. */
    SWITCHED("switched"),
    /** A precondition is not met; nothing was done. */
    REFUSED("refused"),
    /** It was not, or not wholly, carried out, and waits for something or somebody. */
    HELD("held"),
    /** It was tried, and did not succeed. */
    FAILED("failed"),
    /** Its reason went away before anything was moved. */
    ABANDONED("abandoned"),
    /** A dry run that found nothing in the way. */
    WOULD_SWITCH("would-switch");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
