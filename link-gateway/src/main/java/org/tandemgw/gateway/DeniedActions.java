package org.tandemgw.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.time.Clock;

/**
 * What clients of native feeds asked for and were refused, until it is in the audit file: the first of a kind at once, what follows it counted, a line a
 * minute. Bounded: beyond {@link #KINDS} kinds a minute, or {@link #LINES_A_DAY} lines a day, the rest is one line. Added to on the feeds' threads.
 */
final class DeniedActions {
    static final int KINDS = 64;

    /** More lines than this in a day: then it is one a minute for all. The audit file is never deleted. */
    static final int LINES_A_DAY = 1_000;

    private static final long APART_NS = 60_000_000_000L;
    private static final long DAY_NS = 24 * 60 * APART_NS;
    private static final Kind OTHERS = new Kind("feeds", "clients", "other actions");

    private record Kind(String object, String who, String action) {}

    private static final class Told {
        private long times;
        private boolean told;
    }

    private final Map<Kind, Told> kinds = new LinkedHashMap<>();
    private final Clock clock;
    private long sinceNs;
    private long dayNs;
    private int linesOfDay;

    DeniedActions(Clock clock) {
        this.clock = clock;
        this.sinceNs = clock.nanoTime();
        this.dayNs = sinceNs;
    }

    synchronized void add(String object, String who, String action) {
        final Kind kind = new Kind(object, who, action);
        final boolean named = linesOfDay < LINES_A_DAY && (kinds.containsKey(kind) || kinds.size() < KINDS);
        kinds.computeIfAbsent(named ? kind : OTHERS, each -> new Told()).times++;
    }

    /** One thread. */
    void writeTo(AuditFile audit) {
        take(clock.nanoTime()).forEach(line -> line.writeTo(audit));
    }

    private record Line(Kind kind, long times) {
        private void writeTo(AuditFile audit) {
            audit.append(
                    "native action",
                    kind.object(),
                    new Operator(kind.who(), null),
                    Answer.refused(
                            (kind.action().isEmpty() ? "an action without a name" : kind.action()) + " was refused"
                                    + (times == 1 ? "" : ", " + times + " times")
                                    + ": a server is told of calls, and commands nothing",
                            null));
        }
    }

    private synchronized List<Line> take(long nowNs) {
        final boolean newMinute = nowNs - sinceNs >= APART_NS;
        if (newMinute) {
            sinceNs = nowNs;
            kinds.values().removeIf(told -> told.times == 0);
        }
        if (nowNs - dayNs >= DAY_NS) {
            dayNs = nowNs;
            linesOfDay = 0;
        }
        final List<Line> lines = new ArrayList<>();
        kinds.forEach((kind, told) -> {
            if (told.times > 0 && (newMinute || !told.told)) {
                lines.add(new Line(kind, told.times));
                told.times = 0;
                told.told = true;
            }
        });
        linesOfDay += lines.size();
        return lines;
    }
}
