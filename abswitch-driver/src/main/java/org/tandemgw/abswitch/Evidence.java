package org.tandemgw.abswitch;

/** What a line of a profile rests on. */
public enum Evidence {
    /** The maker's manual says it. */
    MANUAL,
    /** Seen on a real box. */
    CAPTURED,
    /** Our own assumption, until somebody knows better. */
    ASSUMED
}
