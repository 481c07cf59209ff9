package org.tandemgw.recovery;

import java.util.Locale;

/** Why the fate of a call is not known. */
public enum Doubt {
    /** The configuration leaves it alone. */
    POLICY,
    /** Frames were missed before the switch, and since then nothing was told of it. */
    GAP,
    /** It is known from a list of the ACD only: there is no frame from which a server could learn it. */
    NO_FRAMES,
    /** Cards moved, and nobody can tell whether its trunk runs through one of them. */
    TRUNK;

    /** As programs read it: {@code no-frames}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
