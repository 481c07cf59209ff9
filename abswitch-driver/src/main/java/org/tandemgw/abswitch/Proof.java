package org.tandemgw.abswitch;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides when answers prove where a card is. An answer may be a late one to an earlier frame; while n of those may still come on a line,
 * n + 1 answers on it that agree one after the other are needed, for at least one of them is new then. A line that keeps answers needs
 * two in any case. An answer that disagrees begins anew.
 */
final class Proof {
    private static final class Witness {
        Line line;
        int agreeing;
        int needed;
    }

    private final List<Witness> witnesses = new ArrayList<>();
    private String position;
    private Line lastLine;
    private long lastMark;

    /**
     * One more answer.
     *
     * @return whether it agrees with those before, if there were any
     */
    boolean took(Exchanged answered) {
        String said = answered.reading().position();
        boolean agrees = position == null || said.equals(position);
        if (!agrees) {
            witnesses.clear();
        }
        position = said;
        lastLine = answered.line();
        lastMark = answered.mark();
        Witness witness = witness(answered);
        witness.agreeing++;
        return agrees;
    }

    /** What the last answer said, believed or not; or null. */
    String last() {
        return position;
    }

    boolean isProven() {
        return witnesses.stream().anyMatch(w -> w.agreeing >= w.needed);
    }

    /** Whether the last answer was had over this opening of this line. */
    boolean isFrom(Line other) {
        return lastLine == other && lastMark == other.mark();
    }

    private Witness witness(Exchanged answered) {
        for (Witness w : witnesses) {
            if (w.line == answered.line()) {
                return w;
            }
        }
        Witness w = new Witness();
        w.line = answered.line();
        w.needed = Math.max(answered.agree(), answered.stale() + 1);
        witnesses.add(w);
        return w;
    }
}
