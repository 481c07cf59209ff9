package org.tandemgw.gateway.reload;

import java.util.Locale;

/** When a changed key takes effect. */
public enum How {
    /** With the reload. */
    NOW,
    /** With the next start: until then the running site keeps what it had. */
    RESTART;

    /** The word that programs read. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
