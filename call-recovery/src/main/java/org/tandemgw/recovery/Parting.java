package org.tandemgw.recovery;

/** How a leg or a call goes. */
enum Parting {
    /** It ended. */
    CLEARED,
    /** It goes on as something else. */
    LEFT,
    /** Nobody knows when it ended. */
    LOST
}
