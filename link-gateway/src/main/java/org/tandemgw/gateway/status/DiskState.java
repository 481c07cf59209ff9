package org.tandemgw.gateway.status;

/** How the space below data stands against min-free. */
public enum DiskState {
    /** Enough. */
    OK("ok"),
    /** Below min-free. */
    LOW("low"),
    /** Records are being dropped to make room. */
    CRITICAL("critical"),
    /** The legs are closed until there is room. */
    PAUSED("paused");

    private final String word;

    DiskState(String word) {
        this.word = word;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
