package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;

/** A rehearsal on one screen. Pure. */
public final class RehearsalPage {
    private static final int WIDTH = 118;

    private final RehearsalReport report;
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    private RehearsalPage(RehearsalReport report, boolean colours) {
        this.report = report;
        this.colours = colours;
    }

    /**
     * The lines.
     *
     * @param again the command that simulates the same file, up to its options
     */
    public static List<String> lines(RehearsalReport report, String again, boolean colours) {
        return new RehearsalPage(report, colours).tell(again);
    }

    private List<String> tell(String again) {
        table();
        quiet();
        lines.add("");
        wrap(
                "TIMES   ",
                "seconds from the fault until the other server is in control; CUT: of " + report.callsInFlight()
                        + " calls in flight, on the average (--calls)");
        report.findings().forEach(each -> finding(each, again));
        lines.add("");
        wrap("ASSUMED ", String.join("; ", report.assumed()));
        lines.add(verdict());
        worst(again);
        return lines;
    }

    private void table() {
        final TextTable table = new TextTable(
                colours,
                "WHAT HAPPENS",
                "WANTED",
                ">EPISODES",
                ">SWITCHED",
                ">HELD",
                ">STAYED",
                ">FALSE",
                ">MEDIAN",
                ">95 %",
                ">WORST",
                ">CUT",
                ">WORST SEED");
        for (final RehearsalReport.Row row : report.faults()) {
            if (isQuiet(row)) {
                continue;
            }
            final boolean missed = row.wanted().equals("switch") && row.switched() < row.episodes();
            table.row()
                    .cell(row.meaning(), Ink.PLAIN)
                    .cell(row.wanted(), Ink.DIM)
                    .cell(row.episodes())
                    .cell(row.switched(), missed ? Ink.BAD : Ink.PLAIN)
                    .cell(row.held())
                    .cell(row.stayed())
                    .cell(row.falseSwitches(), row.falseSwitches() > 0 ? Ink.BAD : Ink.PLAIN)
                    .cell(Words.seconds(row.medianMs()))
                    .cell(Words.seconds(row.most95Ms()))
                    .cell(Words.seconds(row.worstMs()))
                    .cell(row.callsCut() == 0 ? null : Math.round(row.callsCut()))
                    .cell(row.worstSeed(), Ink.DIM);
        }
        lines.addAll(table.lines());
    }

    /** In lines that a screen holds. */
    private void wrap(String head, String text) {
        final StringBuilder line = new StringBuilder(head);
        for (final String word : Ink.harmless(text).split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > head.length()) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ".repeat(head.length()));
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    /** Nothing was to be moved, and nothing was. */
    private static boolean isQuiet(RehearsalReport.Row row) {
        return row.wanted().equals("stay") && row.switched() == 0 && row.held() == 0;
    }

    private void quiet() {
        final List<RehearsalReport.Row> quiet =
                report.faults().stream().filter(RehearsalPage::isQuiet).toList();
        if (!quiet.isEmpty()) {
            lines.add("");
            wrap(
                    "QUIET   ",
                    "nothing was moved, as it should be, in "
                            + quiet.stream()
                                    .mapToInt(RehearsalReport.Row::episodes)
                                    .sum() + " episodes of: "
                            + String.join(
                                    "; ",
                                    quiet.stream()
                                            .map(RehearsalReport.Row::meaning)
                                            .toList())
                            + ".");
        }
    }

    private void finding(Finding finding, String again) {
        lines.add("");
        final int first = lines.size();
        wrap("FOUND   ", finding.sentence() + " (" + finding.episodes() + " of " + finding.of() + ")");
        lines.set(first, Ink.BAD.paint("FOUND", colours) + lines.get(first).substring("FOUND".length()));
        wrap("  key   ", finding.key() == null ? "none" : finding.key());
        wrap(
                "  remedy",
                finding.remedy() + (finding.tried() ? " (simulated: none of these episodes goes wrong with it)" : ""));
        lines.add("  see    "
                + replay(
                        again,
                        finding.seed(),
                        finding.faults().isEmpty() ? null : finding.faults().get(0)));
    }

    private String verdict() {
        final String done = report.episodes()
                + (report.episodes() < report.wanted() ? " of " + report.wanted() : "")
                + " episodes, seeds " + report.seed() + " to " + (report.seed() + report.episodes() - 1);
        return report.good()
                ? Ink.GOOD.paint("GOOD", colours) + ": " + done + ": it switches where it should, and nowhere else"
                : Ink.BAD.paint("NOT GOOD", colours) + ": " + done + ": "
                        + report.findings().size()
                        + (report.findings().size() == 1 ? " finding" : " findings") + ", " + report.falseSwitches()
                        + " false switches";
    }

    private void worst(String again) {
        report.faults().stream()
                .filter(each -> each.worstMs() != null)
                .max((one, other) -> Long.compare(one.worstMs(), other.worstMs()))
                .ifPresent(each -> lines.add(String.format(
                        Locale.ROOT,
                        "The longest took %s s: seed %d: %s",
                        Words.seconds(each.worstMs()),
                        each.worstSeed(),
                        replay(again, each.worstSeed(), each.fault()))));
    }

    private static String replay(String again, long seed, String fault) {
        return again + (fault == null ? "" : " --fault " + fault) + " --seed " + seed + " --episodes 1 --explain";
    }
}
