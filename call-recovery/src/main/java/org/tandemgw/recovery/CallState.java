package org.tandemgw.recovery;

import java.util.Locale;

/**
 * What a leg does, and what a call does by its legs. The order is that of snapshots.
 *
 * <p>A call is held if one of its legs is; connected if two talk, or one and nobody rings or waits; ringing if one rings; queued if
 * one waits. So a caller whose agent does not answer is queued again, with the waiting time that he had.
 */
public enum CallState {
    BORN,
    OFFERED,
    QUEUED,
    RINGING,
    CONNECTED,
    HELD,
    ABANDONED,
    FAILED;

    private static final CallState[] ALL = values();

    static CallState of(int ordinal) {
        return ALL[ordinal];
    }

    /** As programs read it: {@code queued}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One leg in this state, in a word that counts legs by state, 8 bits each. */
    long one() {
        return 1L << (ordinal() << 3);
    }

    int in(long counts) {
        return (int) (counts >>> (ordinal() << 3)) & 0xFF;
    }

    static CallState ofCall(long counts) {
        if (HELD.in(counts) > 0) {
            return HELD;
        }
        final int talking = CONNECTED.in(counts);
        if (talking > 1) {
            return CONNECTED;
        }
        if (RINGING.in(counts) > 0) {
            return RINGING;
        }
        if (QUEUED.in(counts) > 0) {
            return QUEUED;
        }
        if (talking > 0) {
            return CONNECTED;
        }
        if (counts == 0 || OFFERED.in(counts) > 0) {
            return OFFERED; // without legs it is on its way from one device to another
        }
        if (ABANDONED.in(counts) > 0) {
            return ABANDONED;
        }
        return FAILED.in(counts) > 0 ? FAILED : BORN;
    }
}
