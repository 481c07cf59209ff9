package org.tandemgw.recovery;

/** How a call left the table. */
public enum End {
    /** The ACD said so. */
    CLEARED,
    /** It became part of another call. */
    MERGED,
    /** It was not in the ACD's list of what there is: it has ended, nobody knows when. */
    ENDED_MEANWHILE,
    /** The table was full. Nobody knows what becomes of it. */
    GAVE_WAY
}
