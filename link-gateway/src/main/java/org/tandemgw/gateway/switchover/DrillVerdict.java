package org.tandemgw.gateway.switchover;

/** What a drill has proved. Only {@link #PASSED} proves that switching works. */
public enum DrillVerdict {
    /** The other server took over, and the first one after it. */
    PASSED("passed"),
    /** A switchover was tried and did not succeed. */
    FAILED("failed"),
    /** The other server took over and is active still: what the way home needs did not come in time, or it failed. */
    STAYED("stayed"),
    /** Something or somebody else decided before it was over. */
    INTERRUPTED("interrupted"),
    /** It was on the schedule and was not begun. */
    SKIPPED("skipped");

    private final String word;

    DrillVerdict(String word) {
        this.word = word;
    }

    /** The word in files and in what programs read. */
    @Override
    public String toString() {
        return word;
    }
}
