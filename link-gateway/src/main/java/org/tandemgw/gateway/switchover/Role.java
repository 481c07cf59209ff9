package org.tandemgw.gateway.switchover;

/** What a server is for, now. */
public enum Role {
    /** In control. */
    ACTIVE("active"),
    /** Has everything and can take over. */
    STANDBY("standby"),
    /** Back, and proving itself. */
    REJOINING("rejoining"),
    /** Not to be used. */
    OUT("out");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word in the file, in event lines and in records. */
    @Override
    public String toString() {
        return word;
    }
}
