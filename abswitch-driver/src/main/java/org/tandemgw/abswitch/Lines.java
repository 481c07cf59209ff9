package org.tandemgw.abswitch;

import java.util.List;

/**
 * The paths to one box, the preferred first. One that failed is left alone for a while if there is another; after that the preferred
 * one is tried again.
 */
final class Lines {
    private final List<Line> lines;
    private final long[] badUntilNs;
    private final boolean[] bad;
    private final boolean[] answered;
    private final long restNs;

    Lines(List<Line> lines, long restNs) {
        this.lines = List.copyOf(lines);
        this.badUntilNs = new long[lines.size()];
        this.bad = new boolean[lines.size()];
        this.answered = new boolean[lines.size()];
        this.restNs = restNs;
    }

    int count() {
        return lines.size();
    }

    /** The line for the next frame: the first that is not bad, or the one that has rested longest. */
    Line choose(long nowNs) {
        int best = 0;
        for (int i = 0; i < bad.length; i++) {
            if (!bad[i] || nowNs - badUntilNs[i] >= 0) {
                return lines.get(i);
            }
            if (badUntilNs[i] - badUntilNs[best] < 0) {
                best = i;
            }
        }
        return lines.get(best);
    }

    /** What came of a frame. A command that gets no answer says nothing of the line: some boxes never answer one. */
    void took(Exchanged e, boolean query) {
        int i = lines.indexOf(e.line());
        boolean unanswered = !e.reading().kind().isAnswer() || e.end() == Exchanged.End.BUSY;
        bad[i] = query ? unanswered : !e.maySent();
        badUntilNs[i] = e.overNs() + restNs;
        answered[i] |= e.end() == Exchanged.End.ANSWERED;
    }

    /** Whether this line ever answered: then a silence is more likely a loss than a wrong password. */
    boolean hasAnswered(Line line) {
        return answered[lines.indexOf(line)];
    }

    /** Whether the box ever answered, over whichever line: then its password is right, or was. */
    boolean hasAnyAnswered() {
        return lines.stream().anyMatch(this::hasAnswered);
    }

    /** Whether it failed a short while ago. */
    boolean isBad(Line line, long nowNs) {
        int i = lines.indexOf(line);
        return bad[i] && nowNs - badUntilNs[i] < 0;
    }

    void closeAll() {
        lines.forEach(Line::close);
    }
}
