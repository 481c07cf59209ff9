package org.tandemgw.abswitch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a box can be reached when one of its cards could not be read, from what came of all paths to it. Pure. */
record Verdict(Reach reach, String why) {
    /** A connection that is refused by a host that took one this long ago: somebody else may have it now. */
    private static final long ACCEPTED_LATELY_NS = TimeUnit.MINUTES.toNanos(5);

    /** It may be of another make, and nobody asks it by himself any more. */
    static Verdict ofStranger(Exchanged last, String profile) {
        return new Verdict(
                Reach.NOT_UNDERSTOOD,
                last.line().describe() + ": " + PathLog.STRANGE + ": is this really a " + profile
                        + "? A query may move another make");
    }

    /**
     * Any sign of life outweighs a path that is dead; what one path says outweighs what is only supposed of another.
     *
     * @param last the exchange after which the card was given up
     * @param paths all of them
     */
    static Verdict of(Exchanged last, List<PathLog> paths, long nowNs) {
        List<String> reasons = new ArrayList<>();
        List<PathLog> failed =
                paths.stream().filter(path -> path.failed() != null).toList();
        boolean alone = failed.size() <= 1;
        Reach worst = null;
        for (PathLog path : failed) {
            Reach reach = reach(path.failed(), alone && path.acceptedWithin(ACCEPTED_LATELY_NS, nowNs));
            reasons.add(path.failed().why());
            boolean better = worst == null || worst == Reach.UNREACHABLE || path.failed() == last;
            worst = better && (worst == null || reach != Reach.UNREACHABLE) ? reach : worst;
        }
        return failed.stream().anyMatch(path -> path.failed() == last)
                ? new Verdict(worst, String.join("; ", reasons))
                : new Verdict(reach(last, false), last.why());
    }

    private static Reach reach(Exchanged e, boolean acceptedLately) {
        boolean tcp = e.line().kind() == PathKind.TCP;
        return switch (e.end()) {
            case ANSWERED -> Reach.REACHABLE;
            case BUSY -> Reach.BUSY;
            case SENT_AWAY -> tcp ? Reach.BUSY : Reach.UNREACHABLE;
            case REFUSED -> tcp && acceptedLately ? Reach.BUSY : Reach.UNREACHABLE;
            case PASSWORD_WRONG -> Reach.AUTH_SUSPECTED;
            case SILENT -> tcp ? Reach.AUTH_SUSPECTED : Reach.UNREACHABLE;
            case ERROR, NOT_UNDERSTOOD -> Reach.NOT_UNDERSTOOD;
            case NOT_OPENED, CLOSED, FORBIDDEN -> Reach.UNREACHABLE;
        };
    }
}
