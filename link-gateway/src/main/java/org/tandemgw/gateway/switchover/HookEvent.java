package org.tandemgw.gateway.switchover;

/** What hooks are told of. */
public enum HookEvent {
    /** A switchover begins. */
    COMMENCE("commence"),
    /** It succeeded. */
    SWITCHED("switched"),
    /** It ended otherwise. */
    DISCONTINUE("discontinue"),
    /** It was refused. */
    REFUSED("refused"),
    /** There is no healthy standby any more. */
    UNPROTECTED("unprotected");

    private final String word;

    HookEvent(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
