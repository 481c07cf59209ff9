package org.tandemgw.profiles;

import java.util.List;

/**
 * What is known of one kind of server: enough to say whether two of them make a pair. Immutable.
 *
 * @param about name, evidence and hazards
 * @param release the release that this profile stands for; empty when it stands for any
 * @param pairsWith names of the profiles that the other server may have; empty: any
 * @param sameRelease whether both servers must have the same release and base load
 */
public record ServerProfile(ProfileAbout about, String release, List<String> pairsWith, boolean sameRelease) {

    /** Copies the list. */
    public ServerProfile {
        pairsWith = List.copyOf(pairsWith);
    }

    /** @return the name by which a configuration names it */
    public String name() {
        return about.name();
    }

    /**
     * Whether these two kinds make a supported pair, as far as this profile says.
     *
     * @param other the profile of the other server
     * @return false when this profile rules it out
     */
    public boolean pairsWith(ServerProfile other) {
        return pairsWith.isEmpty() || pairsWith.contains(other.name());
    }
}
