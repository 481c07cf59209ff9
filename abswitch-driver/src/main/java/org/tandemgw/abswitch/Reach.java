package org.tandemgw.abswitch;

/** How the box can be reached, as far as its last answers tell. */
public enum Reach {
    /** Not asked yet. */
    NOT_ASKED(1),
    /** Nobody has confirmed that this box is what the profile says: nothing is sent, not even a query. */
    UNCONFIRMED(2),
    /** It answered the last query with something that the profile understands. */
    REACHABLE(3),
    /** It says that it is busy, or sends connections away: somebody else may be logged in. Asked more and more seldom. */
    BUSY(4),
    /** The link is good, and a query gets no answer or one that complains of the password. Asked more and more seldom. */
    AUTH_SUSPECTED(5),
    /** It answers, and the profile does not understand it. */
    NOT_UNDERSTOOD(6),
    /** No path leads to it, or nothing answers on the line. Asked as often as ever, so that it is seen when it is back. */
    UNREACHABLE(7);

    private final int number;

    Reach(int number) {
        this.number = number;
    }

    /** A stable number, for SNMP. */
    public int number() {
        return number;
    }
}
