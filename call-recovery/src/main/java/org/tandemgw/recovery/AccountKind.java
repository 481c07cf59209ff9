package org.tandemgw.recovery;

import java.util.Locale;

/** Of what there are accounts. The order is that of lines and snapshots. */
public enum AccountKind {
    /** A queue, as the ACD names it; without a name where it names none. */
    QUEUE(Span.WAIT),
    /** An agent, as the ACD names him. */
    AGENT(Span.RING),
    /** A group of trunks; see {@link TrunkGroups}. */
    TRUNK(Span.PRESENT),
    /** The whole ACD. */
    ACD(Span.PRESENT);

    private static final AccountKind[] ALL = values();

    private final Span balance;

    AccountKind(Span balance) {
        this.balance = balance;
    }

    static AccountKind of(int ordinal) {
        return ordinal < ALL.length ? ALL[ordinal] : null;
    }

    /** Of which those are counted that are there at the begin and at the end. */
    Span balance() {
        return balance;
    }

    /** As programs read it: {@code queue}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
