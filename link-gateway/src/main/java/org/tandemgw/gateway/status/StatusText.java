package org.tandemgw.gateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.status.GatewayStatus.Acd;
import org.tandemgw.gateway.status.GatewayStatus.Feed;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.GatewayStatus.Recovery;
import org.tandemgw.gateway.status.GatewayStatus.Server;

/** The picture as text, for an operator at three in the morning: first whether all is well, then why not, last what to type. Pure; any thread. */
public final class StatusText {
    private final GatewayStatus status;
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    private StatusText(GatewayStatus status, boolean colours) {
        this.status = status;
        this.colours = colours;
    }

    /** The lines. */
    public static List<String> lines(GatewayStatus status, boolean colours) {
        return new StatusText(status, colours).render();
    }

    /** A table of alarms. */
    public static List<String> alarms(List<Alarm> alarms, Instant now, boolean colours) {
        final TextTable table =
                new TextTable(colours, ">#", "SEVERITY", "ALARM", "OBJECT", "SINCE (UTC)", ">LASTS", "TEXT");
        for (final Alarm alarm : alarms) {
            final Instant end = alarm.active() ? now : alarm.cleared();
            table.row()
                    .cell(alarm.number())
                    .cell(alarm.severity(), alarm.active() ? LiveInk.of(alarm.severity()) : Ink.DIM)
                    .cell(alarm.name())
                    .cell(alarm.object())
                    .cell(second(alarm.since()))
                    .cell(lasts(alarm.since(), end) + (alarm.active() ? "" : ", over"))
                    .cell(alarm.text() + acknowledged(alarm));
        }
        return table.lines();
    }

    private List<String> render() {
        headline();
        status.acds().forEach(this::acd);
        servers();
        lines.addAll(TrunkText.lines(status.switches(), colours));
        calls();
        lines.addAll(DrillLines.of(status.drills()));
        disk();
        configuration();
        alarmList();
        notified();
        steps();
        return lines;
    }

    private void configuration() {
        final GatewayStatus.Configuration file = status.configuration();
        if (file == null) {
            return;
        }
        final String text = file.refused() != null
                ? "the changed file is not in force: " + file.refused()
                : file.waiting().isEmpty()
                        ? null
                        : file.waiting().size() + (file.waiting().size() == 1 ? " key waits" : " keys wait")
                                + " for a restart: " + String.join(", ", file.waiting());
        if (text != null || file.reload() != null) {
            lines.add("");
        }
        if (text != null) {
            lines.add("configuration: " + Ink.WARN.paint(Ink.harmless(text), colours));
        }
        if (file.reload() != null) {
            lines.add("a reload is under way: it " + Ink.harmless(file.reload()));
        }
    }

    private void notified() {
        if (status.notified().isEmpty()) {
            return;
        }
        lines.add("");
        lines.addAll(notified(status.notified(), colours));
    }

    /** A table of who is told of alarms. */
    public static List<String> notified(List<GatewayStatus.Notified> all, boolean colours) {
        final TextTable table = new TextTable(
                colours,
                "TOLD",
                "BY",
                "STATE",
                ">LAST",
                ">SENT",
                ">FAILED",
                ">WAIT",
                ">DROPPED",
                "CONFIRMED (UTC)",
                "TEST",
                "WHY");
        for (final GatewayStatus.Notified each : all) {
            table.row()
                    .cell(each.target())
                    .cell(each.kind())
                    .cell(each.state(), each.state().equals("unreachable") ? Ink.BAD : Ink.PLAIN)
                    .cell(each.lastNumber())
                    .cell(each.sent())
                    .cell(each.failed())
                    .cell(each.waiting(), each.waiting() == 0 ? Ink.PLAIN : Ink.WARN)
                    .cell(each.dropped(), each.dropped() == 0 ? Ink.PLAIN : Ink.WARN)
                    .cell(each.confirmedAt() == null ? null : second(each.confirmedAt()))
                    .cell(
                            each.test() == null ? null : each.test().state(),
                            each.test() != null && each.test().state().equals("failed") ? Ink.BAD : Ink.PLAIN)
                    .cell(each.why() == null ? "" : Ink.harmless(each.why()));
        }
        return table.lines();
    }

    private static String second(Instant at) {
        return at.toString().substring(0, 19).replace('T', ' ');
    }

    private void headline() {
        lines.add(Ink.BOLD.paint(status.site(), colours) + "  "
                + LiveInk.of(status.state()).paint(status.state().toString().toUpperCase(Locale.ROOT), colours)
                + "  active " + (status.active() == null ? "-" : status.active()) + "  mode " + mode() + "  epoch "
                + status.epoch());
        if (status.holdDownLeftMs() > 0) {
            lines.add("  held down for " + Amounts.time(status.holdDownLeftMs())
                    + ": something was switched just now, and nothing is by itself until then");
        }
        because().forEach(why -> lines.add("  because " + Ink.WARN.paint(Ink.harmless(why), colours)));
        lines.add(Ink.DIM.paint(
                "Tandem " + status.version() + ", process " + status.pid()
                        + (status.upSince() == null || status.at() == null
                                ? ""
                                : ", up " + lasts(status.upSince(), status.at())),
                colours));
    }

    /** What deciding waits for stands before its reasons; that it watches the active server on a calm day is none. */
    private List<String> because() {
        if (status.phase() == null) {
            return status.because();
        }
        final boolean calm = status.state() == SiteState.PROTECTED
                || status.state() == SiteState.UNPROTECTED
                || status.state() == SiteState.MAINTENANCE;
        final List<String> because = new ArrayList<>(status.because());
        if (calm) {
            because.removeIf(why -> why.startsWith(status.phase()));
        } else if (because.stream().noneMatch(why -> why.startsWith(status.phase()))) {
            because.add(0, status.phase());
        }
        return because;
    }

    /** In effect; and whose it is, where the two differ. */
    private String mode() {
        return status.modeOperator() == null || status.modeOperator().equals(status.modeFile())
                ? status.mode()
                : status.mode() + " (file " + status.modeFile() + ", operator " + status.modeOperator() + ")";
    }

    private static String recovery(Recovery kept) {
        final String begin = "recovery session " + kept.session() + " for " + kept.server() + ": ";
        if (kept.asOf() == 0) {
            return begin + "its mark is not written yet";
        }
        return begin + (kept.frames() < 0 ? "" : kept.frames() + " frames of the calls in flight, ") + "as of record "
                + kept.asOf()
                + (kept.lacking() > 0
                        ? "; it LACKS " + kept.lacking()
                                + " frames, which were deleted before they were fetched, or cannot be read"
                        : "");
    }

    private void acd(Acd acd) {
        lines.add("");
        lines.add(Ink.BOLD.paint("ACD " + acd.name(), colours) + "  " + acd.profile() + ", " + acd.mode()
                + (acd.paused() ? "  " + Ink.WARN.paint("PAUSED", colours) : "") + "  sequence " + acd.sequence()
                + (acd.synced() == acd.sequence() ? "" : " (synced " + acd.synced() + ")") + ", kept from "
                + acd.oldest() + ", generation " + acd.generation() + "  gaps "
                + (acd.gaps() == 0 ? Ink.PLAIN : Ink.WARN).paint(Long.toString(acd.gaps()), colours)
                + ", discontinuities "
                + (acd.discontinuities() == 0 ? Ink.PLAIN : Ink.WARN)
                        .paint(Long.toString(acd.discontinuities()), colours));
        if (acd.recovery() != null) {
            lines.add("  " + recovery(acd.recovery()));
        }
        if (acd.legs().stream().anyMatch(leg -> leg.relayed() != null)) {
            lines.addAll(RelayText.lines(acd.legs(), colours));
            return;
        }
        final TextTable table = new TextTable(
                colours,
                "  LEG",
                "STATE",
                "PEER",
                ">FIRST",
                ">CONFIRMED",
                ">OWED",
                ">LAG",
                ">SILENT",
                ">RECONN",
                ">BAD",
                "WHY");
        for (final Leg leg : acd.legs()) {
            table.row()
                    .cell("  " + leg.leg())
                    .cell(leg.state(), LiveInk.of(leg.state()))
                    .cell(leg.peer())
                    .cell(leg.first())
                    .cell(leg.confirmed())
                    .cell(leg.owed(), leg.owed() == 0 ? Ink.PLAIN : Ink.WARN)
                    .cell(leg.lagMs() + " ms")
                    .cell(leg.silenceMs() == null ? null : Amounts.time(leg.silenceMs()))
                    .cell(leg.reconnects())
                    .cell(leg.badFrames(), leg.badFrames() == 0 ? Ink.PLAIN : Ink.WARN)
                    .cell(leg.why() == null ? "" : leg.why());
        }
        lines.addAll(table.lines());
    }

    private void servers() {
        lines.add("");
        final TextTable table = new TextTable(
                colours,
                "SERVER",
                "ROLE",
                "HEALTH",
                "ACD",
                "FEED",
                "STATE",
                ">CURSOR",
                "KIND",
                ">SENT",
                ">UNACKED",
                ">BEHIND",
                ">LAG",
                ">REJECTED",
                ">BAD",
                "WHY");
        for (final Server server : status.servers()) {
            boolean first = true;
            for (final Feed feed : server.feeds()) {
                table.row()
                        .cell(first ? server.name() : "")
                        .cell(first ? server.role() : "", server.role() == ServerRole.OUT ? Ink.BAD : Ink.PLAIN)
                        .cell(first ? server.health() : "", LiveInk.of(server.health()));
                feed(table, feed);
                first = false;
            }
            if (first) {
                table.row().cell(server.name()).cell(server.role()).cell(server.health(), LiveInk.of(server.health()));
            }
        }
        lines.addAll(table.lines());
        probes();
    }

    private void probes() {
        if (status.servers().stream().allMatch(server -> server.probes().isEmpty())) {
            return;
        }
        lines.add("");
        final TextTable table = new TextTable(colours, "PROBE", "HEALTH", ">TOOK", ">FAILED", ">LOOKED", "SAID");
        for (final Server server : status.servers()) {
            for (final GatewayStatus.Probe probe : server.probes()) {
                table.row()
                        .cell(server.name() + "/" + probe.name())
                        .cell(probe.health(), LiveInk.of(probe.health()))
                        .cell(probe.lastMs() == null ? null : String.format(Locale.ROOT, "%.1f ms", probe.lastMs()))
                        .cell(probe.failures(), probe.failures() == 0 ? Ink.PLAIN : Ink.WARN)
                        .cell(
                                probe.at() == null || status.at() == null
                                        ? null
                                        : lasts(probe.at(), status.at()) + " ago")
                        .cell(probe.said() == null ? "" : probe.said());
            }
        }
        lines.addAll(table.lines());
    }

    /**
     * What waits here is behind; what was sent and not acknowledged yet stands apart, as that is known a second or two later only, and
     * would make every healthy server look late. Who is away gets it again.
     */
    private static void feed(TextTable table, Feed feed) {
        final boolean known = !feed.cursorKind().equals("none");
        final long unacknowledged = feed.connected() ? Math.max(0, feed.sent() - feed.cursor()) : 0;
        final long behind = Math.max(0, feed.lagFrames() - unacknowledged);
        table.cell(feed.acd())
                .cell(feed.kind())
                .cell(feed.connected() ? "connected" : "down", feed.connected() ? Ink.GOOD : Ink.BAD)
                .cell(known ? feed.cursor() : null)
                .cell(known ? feed.cursorKind() : null)
                .cell(known ? feed.sent() : null)
                .cell(feed.connected() ? unacknowledged : null)
                .cell(behind, behind == 0 ? Ink.PLAIN : Ink.WARN)
                .cell(behind == 0 ? "-" : Amounts.time(feed.lagMs()))
                .cell(feed.rejectedLogins())
                .cell(feed.badPackets())
                .cell(feed.connected() ? connected(feed) : feed.lastRefusal() == null ? "" : feed.lastRefusal());
    }

    private static String connected(Feed feed) {
        final String parity = parity(feed);
        return parity.isEmpty() && feed.deniedActions() > 0
                ? String.format(Locale.ROOT, "%,d actions refused: see  tandem audit", feed.deniedActions())
                : parity;
    }

    /** Empty at parity. */
    static String parity(Feed feed) {
        final String behind = String.format(Locale.ROOT, "%,d behind", feed.lagFrames());
        return switch (feed.parity()) {
            case "approaching" -> behind + ", at parity in about " + Amounts.about(feed.parityMs());
            case "measuring" -> behind + ", catching up";
            case "notAtThisRate" -> behind + ", does not catch up: takes " + feed.catchUpRate() + "/s";
            case "notAtThisLimit" -> behind + ", will not catch up at the limit of its catch-up key";
            default -> "";
        };
    }

    private void calls() {
        final GatewayStatus.Calls calls = status.calls();
        if (calls.inFlight() != null) {
            lines.add("");
            lines.add("calls " + calls.inFlight() + " in flight"
                    + (calls.waiting() == null ? "" : ", " + calls.waiting() + " waiting")
                    + (calls.agents() == null ? "" : ", " + calls.agents() + " agents")
                    + switched(calls)
                    + (calls.sure()
                            ? ""
                            : Ink.WARN.paint(
                                    "  (not sure: frames may have been missed since the ACD listed them)", colours)));
            if (calls.countedTogether() > 0) {
                lines.add("      "
                        + Ink.WARN.paint(
                                "interval statistics count the rest as (others): there are more than 20,000 queues, agents and groups of trunks",
                                colours));
            }
        } else if (calls.why() != null) {
            lines.add("");
            lines.add("calls " + Ink.WARN.paint("not known: " + Ink.harmless(calls.why()), colours));
        }
        if (calls.undecoded() > 0) {
            lines.add("calls "
                    + Ink.WARN.paint(
                            calls.undecoded()
                                    + " frames or items of lists could not be read, a fault of Tandem: the log has the first, send it in with a support bundle",
                            colours));
        }
    }

    private static String switched(GatewayStatus.Calls calls) {
        return calls.recovered() == null || calls.cut() == null || calls.recovered() + calls.cut() == 0
                ? ""
                : "; by the last switchover " + calls.recovered() + " recovered, " + calls.cut() + " cut";
    }

    private void disk() {
        lines.add("");
        lines.add("disk "
                + LiveInk.of(status.disk().state()).paint(status.disk().state().toString(), colours) + ", "
                + Amounts.bytes(status.disk().freeBytes()) + " free, journals "
                + Amounts.bytes(status.disk().journalBytes()));
        if (status.disk().why() != null) {
            lines.add("     " + status.disk().why());
        }
    }

    private void alarmList() {
        lines.add("");
        if (status.alarms().isEmpty()) {
            lines.add(Ink.GOOD.paint("no alarms", colours));
        } else {
            lines.addAll(alarms(status.alarms(), status.at() == null ? Instant.EPOCH : status.at(), colours));
        }
    }

    private void steps() {
        final List<NextSteps.Step> steps = NextSteps.of(status);
        if (steps.isEmpty()) {
            return;
        }
        lines.add("");
        final TextTable table = new TextTable(colours, "TYPE NEXT", "BECAUSE");
        steps.forEach(step -> table.row().cell(step.command(), Ink.BOLD).cell(step.why()));
        lines.addAll(table.lines());
    }

    private static String acknowledged(Alarm alarm) {
        return alarm.acknowledged() == null
                ? ""
                : " [" + alarm.acknowledged().who() + ": "
                        + alarm.acknowledged().reason() + "]";
    }

    private static String lasts(Instant from, Instant to) {
        return Amounts.time(Math.max(0, Duration.between(from, to).toMillis()));
    }
}
