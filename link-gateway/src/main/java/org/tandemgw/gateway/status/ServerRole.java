package org.tandemgw.gateway.status;

/** What a server is for, now. */
public enum ServerRole {
    /** In control. */
    ACTIVE("active"),
    /** Has everything and can take over. */
    STANDBY("standby"),
    /** Back, and catching up. */
    REJOINING("rejoining"),
    /** Not to be used. */
    OUT("out");

    private final String word;

    ServerRole(String word) {
        this.word = word;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
