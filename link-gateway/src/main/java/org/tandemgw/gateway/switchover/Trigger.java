package org.tandemgw.gateway.switchover;

/** Who wants a switchover. */
public enum Trigger {
    /** An operator. */
    MANUAL("manual"),
    /** Tandem. */
    AUTOMATIC("automatic"),
    /** A drill, whoever began it. */
    DRILL("drill");

    private final String word;

    Trigger(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
