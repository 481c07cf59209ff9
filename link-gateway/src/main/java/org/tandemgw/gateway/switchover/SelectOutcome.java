package org.tandemgw.gateway.switchover;

/** What became of a select of one switch as a whole; the driver's words. */
public enum SelectOutcome {
    /** Every card is where it was wanted, read back. */
    OK,
    /** Some cards are, others are proved not to be. */
    PARTIAL,
    /** No card is, and that is proved. */
    FAILED,
    /** At least one card may be anywhere. */
    UNKNOWN,
    /** No command was sent. */
    REFUSED
}
