package org.tandemgw.gateway.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Drill;
import org.tandemgw.gateway.switchover.DrillVerdict;

/** The report of a drill, for people. Pure; any thread. */
public final class DrillText {
    private static final int MOST_STEPS = 6;

    private final DrillReport report;
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    private DrillText(DrillReport report, boolean colours) {
        this.report = report;
        this.colours = colours;
    }

    /** The lines. */
    public static List<String> lines(DrillReport report, boolean colours) {
        return new DrillText(report, colours).tell();
    }

    /** The verdict in one word, or how far it is. */
    public static String word(Drill drill) {
        return drill.open()
                ? "under way, " + drill.stage()
                : drill.verdict().toString().toUpperCase(Locale.ROOT);
    }

    private List<String> tell() {
        final Drill drill = report.drill();
        final Ink ink = drill.open() ? Ink.WARN : drill.verdict() == DrillVerdict.PASSED ? Ink.GOOD : Ink.BAD;
        lines.add("drill " + drill.number() + "  " + ink.paint(word(drill), colours) + "  " + drill.home() + " to "
                + drill.away() + " and back  begun " + drill.begunAt() + "  by " + Ink.harmless(drill.who()) + ": "
                + Ink.harmless(drill.reason()));
        if (drill.why() != null) {
            lines.add("  because " + Ink.harmless(drill.why()));
        }
        way("out", drill.out(), report.out());
        if (drill.awayAt() != null) {
            final Instant end = report.home() != null && report.home().openedAt() != null
                    ? report.home().openedAt()
                    : drill.endedAt();
            lines.add("  away   " + drill.away() + " was active"
                    + (end == null ? "" : " for " + seconds(drill.awayAt(), end) + " before the way home began"));
        }
        way("home", drill.back(), report.home());
        if (!drill.open()) {
            lines.add("  now    "
                    + (drill.active() == null
                            ? "nobody was known to be active as it ended"
                            : drill.active() + " was active as it ended")
                    + (drill.endedAt() == null
                            ? ""
                            : ", " + seconds(drill.begunAt(), drill.endedAt()) + " after it began"));
        }
        return lines;
    }

    private void way(String name, long number, DecisionJson json) {
        if (number == 0) {
            return;
        }
        final String head = String.format(Locale.ROOT, "  %-5s  decision %d", name, number);
        if (json == null) {
            lines.add(head + ": its record is gone");
            return;
        }
        final Decision decision = json.asDecided();
        lines.add(head + ", epoch " + json.epoch() + ": "
                + (json.outcome() == null ? "under way" : json.outcome().toString())
                + (json.closedAt() == null ? "" : " in " + seconds(json.openedAt(), json.closedAt())));
        StepRow.of(decision, MOST_STEPS)
                .forEach(row -> lines.add(String.format(
                        Locale.ROOT, "           %-26s %s", Ink.harmless(row.what()), Ink.harmless(row.text()))));
        final DecisionJson.Calls calls = json.calls();
        lines.add("           calls: "
                + (calls == null
                        ? "nobody counts them"
                        : calls.final_()
                                ? calls.kept() + " kept, " + calls.recovered() + " recovered, " + calls.cut() + " cut, "
                                        + calls.unknown() + " unknown"
                                : calls.inFlight() + " were up"));
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.2f s", Duration.between(from, to).toMillis() / 1_000.0);
    }
}
