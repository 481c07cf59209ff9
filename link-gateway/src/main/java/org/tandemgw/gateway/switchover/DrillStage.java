package org.tandemgw.gateway.switchover;

/** How far a drill is. */
public enum DrillStage {
    /** The other server takes over. */
    OUT("out"),
    /** The other server is active; the one that was left is waited for. */
    AWAY("away"),
    /** The one that was left takes over again. */
    HOME("home"),
    /** It has a verdict. */
    OVER("over");

    private final String word;

    DrillStage(String word) {
        this.word = word;
    }

    /** The word in files and in what programs read. */
    @Override
    public String toString() {
        return word;
    }
}
