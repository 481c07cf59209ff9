package org.tandemgw.abswitch;

import java.time.Instant;

/** What is known of one line from what went over it: for people, for the choice of a line, and for the verdict on the box. */
final class PathLog {
    static final String STRANGE = "it answers nothing that the profile knows; not asked again by itself";

    private final Line line;
    private PathState picture;
    private Exchanged failed;
    private long badUntilNs;
    private boolean resting;
    private boolean answered;
    private boolean strange;
    private boolean tried;
    private long triedNs;
    private boolean accepted;
    private long acceptedNs;

    PathLog(Line line) {
        this.line = line;
        this.picture = new PathState(line.kind(), line.describe(), PathState.State.NOT_TRIED, null, null, null);
    }

    Line line() {
        return line;
    }

    PathState picture() {
        return picture;
    }

    /** What came of a frame. A command that gets no answer says nothing of the line: some boxes never answer one. */
    void took(Exchanged e, boolean query, long restNs, Instant wall) {
        boolean useless = !e.reading().kind().isAnswer() || e.end() == Exchanged.End.BUSY;
        resting = query ? useless : !e.maySent();
        badUntilNs = e.overNs() + restNs;
        answered |= e.end() == Exchanged.End.ANSWERED;
        strange = !answered && (strange || query && e.isStrange());
        tried = true;
        triedNs = e.overNs();
        if (e.end() != Exchanged.End.REFUSED && e.end() != Exchanged.End.NOT_OPENED) {
            accepted = true;
            acceptedNs = e.overNs();
        }
        if (e.end() == Exchanged.End.FORBIDDEN) {
            return;
        }
        if (resting) {
            failed = e;
            bad(strange ? STRANGE : e.trouble(), wall);
        } else if (query) {
            failed = null;
            picture = new PathState(
                    line.kind(), line.describe(), PathState.State.GOOD, wall, picture.troubleAt(), picture.trouble());
        }
    }

    /** It broke while nobody used it. Says nothing of where the next frame goes. */
    void bad(String trouble, Instant wall) {
        picture = new PathState(line.kind(), line.describe(), PathState.State.BAD, picture.goodAt(), wall, trouble);
    }

    /** The exchange that failed last, or null if the line was of use since. */
    Exchanged failed() {
        return failed;
    }

    /** Whether it ever answered: then a silence is more likely a loss than a wrong password. */
    boolean hasAnswered() {
        return answered;
    }

    /**
     * Whether what it leads to has given an answer that the profile does not know, and never one that it knows. It is not asked again
     * before somebody wants it, since a query may move another make.
     */
    boolean isStrange() {
        return strange;
    }

    /** Somebody wants to know, or has looked. */
    void forgive() {
        strange = false;
    }

    /** Whether it failed a short while ago. */
    boolean isResting(long nowNs) {
        return resting && nowNs - badUntilNs < 0;
    }

    long badUntilNs() {
        return badUntilNs;
    }

    /** Whether it has opened within that time. */
    boolean acceptedWithin(long ns, long nowNs) {
        return accepted && nowNs - acceptedNs < ns;
    }

    /** When it should be tried again if nothing goes over it until then: at once if nothing ever did. */
    long trialDueNs(long everyNs) {
        return tried ? triedNs + everyNs : Long.MIN_VALUE;
    }
}
