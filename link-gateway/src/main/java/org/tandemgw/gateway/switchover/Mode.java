package org.tandemgw.gateway.switchover;

/** Who may start a switchover. Ordered from the most careful to the least. */
public enum Mode {
    /** Nobody, not even an operator. */
    NONE("none"),
    /** Nobody, until an operator ends it; {@code --force} is heard. */
    HELD("held"),
    /** An operator. */
    MANUAL("manual"),
    /** Tandem. */
    AUTO("auto");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
