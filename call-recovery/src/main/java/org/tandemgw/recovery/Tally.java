package org.tandemgw.recovery;

/**
 * What is counted. Who comes is offered or found, who goes is answered, has abandoned, has left or was lost; so the numbers add up. The
 * order is that of snapshots.
 */
enum Tally {
    OFFERED,
    /** Came while frames may have been missed, and was listed afterwards. */
    FOUND,
    ANSWERED,
    ABANDONED,
    /** Went on to somewhere else. */
    LEFT,
    /** Went while frames may have been missed. */
    LOST;

    static final int COUNT = values().length;
}
