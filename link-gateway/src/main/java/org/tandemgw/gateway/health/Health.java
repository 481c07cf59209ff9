package org.tandemgw.gateway.health;

/** What the looks at something add up to. */
public enum Health {
    /** Answers. */
    UP("up"),
    /** Has begun to fail. */
    SUSPECT("suspect"),
    /** Does not answer, or says that it is not well, or keeps restarting. */
    DOWN("down"),
    /** Nothing can be said. */
    UNKNOWN("unknown");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
