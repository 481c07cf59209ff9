package org.tandemgw.gateway.leg;

import java.util.Locale;

/** Where the session of a leg stands, as an operator reads it. */
public enum LegState {
    /** No connection; the next attempt is scheduled, or the ACD is awaited. */
    DOWN,
    /** A connection is being dialled. */
    CONNECTING,
    /** Connected; the profile's opening dialogue is under way. */
    LOGIN,
    /** The session is ready and frames are read. */
    UP,
    /** An operator has taken the leg out; nothing is dialled or accepted until it is released. */
    BUSIED_OUT,
    /** An operator has paused the ACD: both legs are closed until it is resumed. */
    PAUSED;

    /** Whether it is up, or on its way there: false once an operator has taken it out. */
    public boolean isOpen() {
        return this != BUSIED_OUT && this != PAUSED;
    }

    /** The word that programs read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
