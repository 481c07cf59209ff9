package org.tandemgw.abswitch;

/**
 * Decides when answers prove where a card is. An answer may be a late one to an earlier frame; while n of those may still come, n + 1
 * answers that agree one after the other are needed, for at least one of them is new then. A line that keeps answers needs two in any
 * case. Answers on another line, or after an opening, begin anew.
 */
final class Proof {
    private Line line;
    private long mark;
    private String position;
    private int agreeing;
    private int needed;

    void took(Exchanged answered) {
        String said = answered.reading().position();
        if (answered.line() != line || answered.mark() != mark || !said.equals(position)) {
            line = answered.line();
            mark = answered.mark();
            position = said;
            agreeing = 0;
            needed = Math.max(answered.agree(), answered.stale() + 1);
        }
        agreeing++;
    }

    /** What the last answer said, believed or not; or null. */
    String last() {
        return position;
    }

    boolean isProven() {
        return position != null && agreeing >= needed;
    }

    /** Whether the last answer was had over this opening of this line. */
    boolean isFrom(Line other) {
        return line == other && mark == other.mark();
    }
}
