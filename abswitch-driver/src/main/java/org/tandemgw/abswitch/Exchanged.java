package org.tandemgw.abswitch;

/**
 * What came of one frame.
 *
 * @param end in a word
 * @param reading of the answer
 * @param line over which it went
 * @param stale answers to earlier frames that may have passed for this one
 * @param agree answers that must agree at least, on such a line
 * @param mark of the opening over which it went: {@link Line#mark}
 * @param maySent whether any byte of the frame may have left us
 * @param sentWhole whether all of it is known to have left us
 * @param frame what was to be sent
 * @param reply all that came
 * @param trouble one sentence where it was not answered, without the address of the line; or null
 * @param sentAtNs when it was sent; if it was not, when it was given up
 * @param overNs when it was over
 */
record Exchanged(
        End end,
        Reading reading,
        Line line,
        int stale,
        int agree,
        long mark,
        boolean maySent,
        boolean sentWhole,
        byte[] frame,
        byte[] reply,
        String trouble,
        long sentAtNs,
        long overNs) {
    enum End {
        /** It says where the card is. */
        ANSWERED,
        BUSY,
        PASSWORD_WRONG,
        ERROR,
        NOT_UNDERSTOOD,
        /** Nothing came, and the path is up. */
        SILENT,
        /** The path did not open. */
        NOT_OPENED,
        /** Somebody said at once that this path is not to be had. */
        REFUSED,
        /** The path opened, and the box sent us away. */
        SENT_AWAY,
        /** The path closed, and nothing had come. */
        CLOSED,
        /** The owner did not let it go out. */
        FORBIDDEN
    }

    /** Whether something came of which the profile knows nothing: noise, or another make. */
    boolean isStrange() {
        return maySent && end == End.NOT_UNDERSTOOD && reading.kind() == Reading.Kind.UNPARSED;
    }

    /** The trouble and where it was, or null. */
    String why() {
        return trouble == null ? null : line.describe() + ": " + trouble;
    }
}
