package org.tandemgw.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.control.TrunkReport;
import org.tandemgw.gateway.status.Amounts;
import org.tandemgw.gateway.status.Ink;
import org.tandemgw.gateway.status.TextTable;

/** A report about a trunk switch, as lines for a person. Pure but for the time, which ages need. */
final class TrunkReportText {
    private TrunkReportText() {}

    static List<String> lines(TrunkReport report, boolean wire, boolean colours) {
        final List<String> lines = new ArrayList<>();
        lines.add(Ink.BOLD.paint(report.switch_() == null ? "" : report.switch_(), colours) + "  "
                + (report.overall() == null ? report.position() : report.overall() + ", now at " + report.position())
                + (report.reach() == null ? "" : "  " + report.reach())
                + (report.path() == null ? "" : "  " + report.path())
                + "  epoch " + report.epoch()
                + (report.tookMs() == null
                        ? ""
                        : String.format(Locale.ROOT, "  took %.1f s", report.tookMs() / 1_000)));
        if (report.action().equals("show") && !"reachable".equals(report.reach())) {
            lines.add("  " + Ink.harmless(report.message() + "; " + report.reachWhy()));
        }
        final boolean ordered = report.overall() != null;
        final TextTable table =
                new TextTable(colours, "  CARD", "POSITION", "SERVER", ">READ", "OUTCOME", ">TOOK", "WHAT");
        for (final TrunkReport.Card card : report.cards()) {
            table.row()
                    .cell("  " + card.card())
                    .cell(card.position(), card.position().length() == 1 ? Ink.PLAIN : Ink.BAD)
                    .cell(card.server())
                    .cell(
                            card.readAt() == null
                                    ? null
                                    : Amounts.time(Math.max(
                                            0,
                                            Duration.between(card.readAt(), Instant.now())
                                                    .toMillis())))
                    .cell(outcome(report, card), ink(outcome(report, card)))
                    .cell(card.tookMs() == null ? "" : String.format(Locale.ROOT, "%.1f s", card.tookMs() / 1_000))
                    .cell(
                            card.movedWithoutUs()
                                    ? "moved without an order"
                                    : ordered && card.detail() != null ? card.detail() : "");
        }
        if (!report.cards().isEmpty()) {
            lines.addAll(table.lines());
        }
        if (wire) {
            lines.addAll(wire(report, colours));
        }
        return lines;
    }

    private static List<String> wire(TrunkReport report, boolean colours) {
        final List<String> lines = new ArrayList<>();
        if (report.wire().isEmpty()) {
            lines.add("  nothing was sent");
            return lines;
        }
        final TextTable table = new TextTable(colours, "  AT (UTC)", "SENT", "RECEIVED", "MEANS");
        for (final TrunkReport.Exchange each : report.wire()) {
            table.row()
                    .cell("  "
                            + each.at()
                                    .toString()
                                    .substring(
                                            11,
                                            Math.min(23, each.at().toString().length())))
                    .cell(each.sent())
                    .cell(each.received().isEmpty() ? "nothing" : each.received())
                    .cell(each.matched() + (each.end() == null ? "" : "; then: " + each.end()));
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** Of the order; where nothing was ordered, of the last one. */
    private static String outcome(TrunkReport report, TrunkReport.Card card) {
        final String outcome = report.action().equals("show") ? card.lastOutcome() : card.outcome();
        return outcome == null ? "" : outcome;
    }

    private static Ink ink(String outcome) {
        return outcome.isEmpty() || outcome.equals("MOVED") || outcome.equals("ALREADY_THERE") ? Ink.PLAIN : Ink.BAD;
    }
}
