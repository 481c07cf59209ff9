package org.tandemgw.abswitch;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The paths to one box, the preferred first. One that failed is left alone for a while if there is another; after that the preferred
 * one is tried again.
 */
final class Lines {
    /** A path that nothing goes over is tried once in so many polling intervals: its loss has to be known before it is needed. */
    private static final int TRIAL_POLLS = 4;

    private final List<PathLog> paths;
    private final long pollNs;
    private final Consumer<PathState> changed;

    /**
     * Nothing known of any.
     *
     * @param pollNs how long one that failed is left alone
     * @param changed told when a path is found good or bad that was not
     */
    Lines(List<Line> lines, long pollNs, Consumer<PathState> changed) {
        this.paths = lines.stream().map(PathLog::new).toList();
        this.pollNs = pollNs;
        this.changed = changed;
    }

    int count() {
        return paths.size();
    }

    /** The line for the next frame: the first that is not bad, or the one that has rested longest; a strange one only if all are. */
    Line choose(long nowNs) {
        PathLog best = null;
        for (PathLog path : paths) {
            if (path.isStrange()) {
                continue;
            }
            if (!path.isResting(nowNs)) {
                return path.line();
            }
            if (best == null || path.badUntilNs() - best.badUntilNs() < 0) {
                best = path;
            }
        }
        return best == null ? paths.get(0).line() : best.line();
    }

    /** A line that nothing goes over, and that should be tried now; or null. */
    Line neglected(long nowNs) {
        Line used = choose(nowNs);
        for (PathLog path : paths) {
            if (path.line() != used && !path.isStrange() && trialDueNs(path) <= nowNs) {
                return path.line();
            }
        }
        return null;
    }

    /** When {@link #neglected} has one to name, if nothing goes over it until then. */
    long neglectedNs(long nowNs) {
        Line used = choose(nowNs);
        return paths.stream()
                .filter(path -> path.line() != used && !path.isStrange())
                .mapToLong(this::trialDueNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long trialDueNs(PathLog path) {
        return path.trialDueNs(TRIAL_POLLS * pollNs);
    }

    /** What came of a frame. */
    void took(Exchanged e, boolean query, Instant wall) {
        PathLog path = of(e.line());
        PathState before = path.picture();
        path.took(e, query, pollNs, wall);
        tell(before, path.picture());
    }

    /** A line broke that nobody used. */
    void lost(Line line, String trouble, Instant wall) {
        PathLog path = of(line);
        PathState before = path.picture();
        path.bad(trouble, wall);
        tell(before, path.picture());
    }

    /** How the box can be reached, when a card was given up after this. */
    Verdict verdict(Exchanged last, long nowNs) {
        return Verdict.of(last, paths, nowNs);
    }

    List<PathState> picture() {
        return paths.stream().map(PathLog::picture).toList();
    }

    /** Whether this line ever answered. */
    boolean hasAnswered(Line line) {
        return of(line).hasAnswered();
    }

    /** Whether the box ever answered, over whichever line: then its password is right, or was. */
    boolean hasAnyAnswered() {
        return paths.stream().anyMatch(PathLog::hasAnswered);
    }

    /** Whether this answer shows that the box may be of another make: it came over a line that never brought one that is known. */
    boolean isStrange(Exchanged e) {
        return e.isStrange() && of(e.line()).isStrange();
    }

    /** Whether the box may be of another make, and nothing has shown that it is not: then nobody asks it by himself. */
    boolean isStrange() {
        return paths.stream().anyMatch(PathLog::isStrange) && !hasAnyAnswered();
    }

    /** Somebody asks, or orders, and takes it upon himself. */
    void forgive() {
        paths.forEach(PathLog::forgive);
    }

    /** Whether it failed a short while ago. */
    boolean isBad(Line line, long nowNs) {
        return of(line).isResting(nowNs);
    }

    void closeAll() {
        paths.forEach(path -> path.line().close());
    }

    private PathLog of(Line line) {
        return paths.stream().filter(path -> path.line() == line).findFirst().orElseThrow();
    }

    private void tell(PathState before, PathState now) {
        if (before.state() != now.state()) {
            changed.accept(now);
        }
    }
}
