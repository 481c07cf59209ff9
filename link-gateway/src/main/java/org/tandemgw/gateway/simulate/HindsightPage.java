package org.tandemgw.gateway.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;

/** What changed thresholds would have done, for a person. Pure. */
public final class HindsightPage {
    private static final int SECONDS = 19;

    private HindsightPage() {}

    /** The lines. */
    public static List<String> lines(HindsightReport report, boolean colours) {
        final List<String> lines = new ArrayList<>();
        would(report, colours, lines);
        report.stoodBy()
                .forEach(each -> lines.add(Ink.BAD.paint("STOOD BY", colours) + "  " + at(each.from()) + "  "
                        + Ink.harmless(each.server()) + " was down for more than " + each.downMs() / 1_000
                        + " s, and would not have been left: " + Ink.harmless(String.join("; ", each.because()))));
        lines.add("");
        lines.add("What was really decided (tandem why N; tandem audit):");
        really(report, colours, lines);
        asked(report, colours, lines);
        lines.add("");
        report.notes().forEach(each -> lines.add("Note: " + Ink.harmless(each) + "."));
        lines.add(verdict(report, colours));
        return lines;
    }

    private static void would(HindsightReport report, boolean colours, List<String> lines) {
        if (report.looks() == 0) {
            lines.add("Nothing was recorded in that time by which these thresholds could be judged.");
            return;
        }
        if (report.switches().isEmpty()) {
            lines.add("These thresholds would have switched nothing.");
            return;
        }
        lines.add("These thresholds would have switched:");
        final TextTable table =
                new TextTable(colours, "AT (UTC)", "FROM", "TO", ">AFTER", "JUDGED", "BECAUSE", "THE FAULT");
        for (final HindsightReport.Would each : report.switches()) {
            table.row()
                    .cell(at(each.at()))
                    .cell(each.from())
                    .cell(each.to())
                    .cell(each.delayMs() == null ? null : Words.seconds(each.delayMs()) + " s")
                    .cell(each.judged(), each.judged().equals("false") ? Ink.BAD : Ink.PLAIN)
                    .cell(each.because())
                    .cell(each.diagnosis());
        }
        lines.addAll(table.lines());
    }

    private static void really(HindsightReport report, boolean colours, List<String> lines) {
        if (report.really().isEmpty()) {
            lines.add("nothing");
            return;
        }
        final TextTable table = new TextTable(colours, ">#", "AT (UTC)", "FROM", "TO", "BY", "OUTCOME", "REASON");
        for (final HindsightReport.Really each : report.really()) {
            table.row()
                    .cell(each.decision())
                    .cell(at(each.at()))
                    .cell(each.from())
                    .cell(each.to())
                    .cell(each.who())
                    .cell(each.outcome())
                    .cell(each.reason());
        }
        lines.addAll(table.lines());
    }

    private static void asked(HindsightReport report, boolean colours, List<String> lines) {
        if (report.asked().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What was asked for, by the audit file:");
        final TextTable table = new TextTable(colours, "AT (UTC)", "BY", "ACTION", "OF", "REASON");
        for (final HindsightReport.Asked each : report.asked()) {
            table.row()
                    .cell(at(each.at()))
                    .cell(each.who())
                    .cell(each.action() + (each.ok() || isEnd(each.action()) ? "" : ", refused"))
                    .cell(each.object())
                    .cell(each.reason());
        }
        lines.addAll(table.lines());
    }

    /** {@code drill stayed}: how one ended, which nobody has asked for. */
    private static boolean isEnd(String action) {
        return action.startsWith("drill ");
    }

    private static String verdict(HindsightReport report, boolean colours) {
        if (report.looks() == 0) {
            return Ink.BAD.paint("NOTHING", colours) + ": no look at a server of this file was recorded in that time";
        }
        final String delays = report.worstDelayMs() == null
                ? ""
                : "; from the first failed look to the verdict: median " + Words.seconds(report.medianDelayMs())
                        + " s, worst " + Words.seconds(report.worstDelayMs()) + " s";
        return (report.good() ? Ink.GOOD.paint("GOOD", colours) : Ink.BAD.paint("NOT GOOD", colours)) + ": "
                + at(report.from()) + " to " + at(report.to()) + ", " + report.looks() + " looks: "
                + report.switches().size() + " switches, " + report.falseSwitches() + " of them false, "
                + report.stoodBy().size() + " outages stood by" + delays;
    }

    private static String at(Instant at) {
        return at == null ? "?" : at.toString().substring(0, SECONDS).replace('T', ' ');
    }
}
