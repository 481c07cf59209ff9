package org.tandemgw.gateway.feed;

/**
 * How far a server is from parity: from having everything that could be sent to it a second ago. Immutable.
 *
 * @param standing where it stands
 * @param behind records that it does not have, by what TCP acknowledged or the server said
 * @param catchUpRate records a second that it takes, measured over the last seconds; 0 while it is not catching up
 * @param liveRate records a second that come meanwhile
 * @param ms until it is at parity if all goes on like that; 0 at parity, -1 if that cannot be said
 */
public record Parity(Standing standing, long behind, long catchUpRate, long liveRate, long ms) {
    /** Before the first look. */
    static final Parity UNKNOWN = new Parity(Standing.AWAY, 0, 0, 0, -1);

    /** The same, of a server that has gone. */
    Parity away() {
        return standing == Standing.AWAY ? this : new Parity(Standing.AWAY, behind, 0, liveRate, -1);
    }

    /** Where a server stands. */
    public enum Standing {
        /** Not logged in. */
        AWAY("away"),
        /** Behind, for too short a time to say how fast it catches up. */
        MEASURING("measuring"),
        /** Behind, and catching up. */
        APPROACHING("approaching"),
        /** Behind, and not getting nearer: it takes no more than comes meanwhile. */
        NOT_AT_THIS_RATE("notAtThisRate"),
        /** Behind, and kept there: more comes than {@code catch-up} allows. */
        NOT_AT_THIS_LIMIT("notAtThisLimit"),
        /** It has everything that could be sent to it a second ago. */
        AT_PARITY("atParity");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** The word that programs read. */
        public String word() {
            return word;
        }
    }
}
