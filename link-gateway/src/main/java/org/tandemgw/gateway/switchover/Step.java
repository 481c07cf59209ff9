package org.tandemgw.gateway.switchover;

/** One step of a switchover. */
public enum Step {
    /** The old active is told to stop. */
    DEMOTE("demote"),
    /** The trunks are moved and read back. */
    SELECT("select"),
    /** What moved is moved back. */
    ROLL_BACK("roll-back"),
    /** The new active is told to start. */
    PROMOTE("promote"),
    /** The old active, told to stop before, is told to start again. */
    PUT_BACK("put-back");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
