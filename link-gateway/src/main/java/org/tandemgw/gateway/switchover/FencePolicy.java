package org.tandemgw.gateway.switchover;

/** What makes sure that the old active cannot act. */
public enum FencePolicy {
    /** Every card of every trunk switch, read back at the new active. */
    TRUNK_SWITCH("trunk-switch"),
    /** The old active's demote, when it succeeded. */
    DEMOTE("demote"),
    /** Nothing. */
    NONE("none");

    private final String word;

    FencePolicy(String word) {
        this.word = word;
    }

    /** What holds once all that this asks for is done. */
    FenceHeld held() {
        return switch (this) {
            case TRUNK_SWITCH -> FenceHeld.TRUNK_SWITCH;
            case DEMOTE -> FenceHeld.DEMOTE;
            case NONE -> FenceHeld.NONE;
        };
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
