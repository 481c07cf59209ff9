package org.tandemgw.abswitch;

/** How a path ended, as its adapter saw it. What it means is decided by the owner. */
public enum PathEnd {
    /** Nobody listened, or the box sent the connection away. */
    REFUSED,
    /** The operating system gave up; our own limits are not among the adapter's business. */
    TIMED_OUT,
    /** The box closed the connection in good order. */
    CLOSED_BY_PEER,
    /** The box or something on the way broke the connection. */
    RESET,
    /** The serial device is gone. */
    UNPLUGGED,
    /** Anything else; the text says what. */
    FAILED
}
