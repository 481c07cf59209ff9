package org.tandemgw.gateway.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.status.GatewayStatus.Acd;
import org.tandemgw.gateway.status.GatewayStatus.Card;
import org.tandemgw.gateway.status.GatewayStatus.Feed;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.GatewayStatus.Probe;
import org.tandemgw.gateway.status.GatewayStatus.Server;
import org.tandemgw.gateway.status.GatewayStatus.TrunkSwitch;

/**
 * The picture for a screen of some height: everything that is not well is on it, and what is well takes as little room as there is. Four
 * densities, from one line for each thing to one line for all things of a kind that are well; the first that fits is taken. Pure; any thread.
 */
public final class LivePicture {
    private static final int TIGHTEST = 3;
    private static final int WIDE = 100;
    private static final int MOST_RATE_AGE_MS = 60_000;

    private final GatewayStatus status;
    private final GatewayStatus before;
    private final LiveInk ink;
    private final int density;
    private final boolean narrow;
    private final List<String> lines = new ArrayList<>();

    private LivePicture(GatewayStatus status, GatewayStatus before, LiveInk ink, int density, boolean narrow) {
        this.status = status;
        this.before = before;
        this.ink = ink;
        this.density = density;
        this.narrow = narrow;
    }

    /**
     * The lines; more than {@code rows} only if even the tightest picture needs them. A narrow screen gets fewer columns; what is too long for it is not cut here.
     *
     * @param before an earlier picture, for what happened since; null if there is none
     * @param unicode whether more than ASCII can be shown
     */
    public static List<String> lines(
            GatewayStatus status, GatewayStatus before, int rows, int columns, boolean colours, boolean unicode) {
        final LiveInk ink = new LiveInk(colours, unicode);
        List<String> lines = List.of();
        for (int density = 0; density <= TIGHTEST; density++) {
            lines = new LivePicture(status, before, ink, density, columns < WIDE).render();
            if (lines.size() <= rows) {
                break;
            }
        }
        return lines;
    }

    private List<String> render() {
        headline();
        if (density == TIGHTEST) {
            section(steps()); // what waits for a person is never below the edge
        }
        section(acds());
        section(servers());
        if (density == 0) {
            section(probes());
        }
        section(status.switches().stream().map(this::trunk).toList());
        section(amounts());
        section(alarms());
        if (density < TIGHTEST) {
            section(steps());
        }
        return lines;
    }

    private void section(List<String> section) {
        if (density == 0 && !section.isEmpty()) {
            lines.add("");
        }
        lines.addAll(section);
    }

    private void headline() {
        lines.add(ink.paint(Ink.BOLD, status.site()) + "  "
                + ink.paint(
                        LiveInk.of(status.state()), status.state().toString().toUpperCase(Locale.ROOT))
                + "  active " + (status.active() == null ? "-" : status.active()) + "  mode " + status.mode()
                + (status.modeOperator() == null || status.modeOperator().equals(status.modeFile())
                        ? ""
                        : " (file " + status.modeFile() + ")")
                + "  epoch " + status.epoch()
                + (status.upSince() == null || status.at() == null
                        ? ""
                        : "  up "
                                + Amounts.time(Math.max(
                                        0,
                                        Duration.between(status.upSince(), status.at())
                                                .toMillis()))));
        final boolean calm = status.state() == SiteState.PROTECTED || status.state() == SiteState.UNPROTECTED;
        if (status.phase() != null
                && !calm
                && status.because().stream().noneMatch(why -> why.startsWith(status.phase()))) {
            lines.add("  deciding: " + Ink.harmless(status.phase()));
        }
        if (status.holdDownLeftMs() > 0) {
            lines.add("  held down for " + Amounts.time(status.holdDownLeftMs()) + " after the last switch");
        }
        final int hidden = density < TIGHTEST ? 0 : Math.max(0, status.because().size() - 1);
        status.because().stream()
                .limit(status.because().size() - hidden)
                .forEach(why -> lines.add("  because " + ink.paint(Ink.WARN, Ink.harmless(why))
                        + (hidden == 0 ? "" : ink.paint(Ink.DIM, " (and " + hidden + " more)"))));
    }

    private List<String> acds() {
        final TextTable table = narrow
                ? new TextTable(ink.colours(), "ACD", "LEG", "STATE", ">RECORDS", ">RATE", ">OWED", ">LAG", "")
                : new TextTable(
                        ink.colours(),
                        "ACD",
                        "LEG",
                        "STATE",
                        ">RECORDS",
                        ">RATE",
                        ">OWED",
                        ">LAG",
                        ">FIRST",
                        ">SILENT",
                        "");
        for (final Acd acd : status.acds()) {
            final boolean tight = density >= 2 && acd.legs().stream().allMatch(leg -> leg.state() == LegState.UP);
            boolean first = true;
            for (final Leg leg : tight ? acd.legs().subList(0, 1) : acd.legs()) {
                table.row()
                        .cell(first ? acd.name() : "")
                        .cell(tight ? "both" : leg.leg())
                        .cell(leg.state(), LiveInk.of(leg.state()))
                        .cell(first ? String.format(Locale.ROOT, "%,d", acd.sequence()) : "")
                        .cell(first ? rate(acd) : "");
                final long owed =
                        tight ? acd.legs().stream().mapToLong(Leg::owed).max().orElse(0) : leg.owed();
                table.cell(owed, owed == 0 ? Ink.PLAIN : Ink.WARN).cell(tight ? "" : leg.lagMs() + " ms");
                if (!narrow) {
                    table.cell(tight ? "" : share(acd, leg))
                            .cell(tight ? "" : leg.silenceMs() == null ? null : Amounts.time(leg.silenceMs()));
                }
                table.cell(about(acd, leg, first), first && isLossy(acd) ? Ink.WARN : Ink.PLAIN);
                first = false;
            }
        }
        return table.lines();
    }

    private static boolean isLossy(Acd acd) {
        return acd.paused() || acd.gaps() + acd.discontinuities() > 0;
    }

    private static String about(Acd acd, Leg leg, boolean first) {
        final List<String> about = new ArrayList<>();
        if (first && acd.paused()) {
            about.add("PAUSED");
        }
        if (first && acd.gaps() > 0) {
            about.add(acd.gaps() + (acd.gaps() == 1 ? " gap" : " gaps"));
        }
        if (first && acd.discontinuities() > 0) {
            about.add(acd.discontinuities() + (acd.discontinuities() == 1 ? " discontinuity" : " discontinuities"));
        }
        if (leg.why() != null) {
            about.add(leg.why());
        } else if (leg.peer() != null) {
            about.add(leg.peer());
        }
        return String.join(", ", about);
    }

    private String rate(Acd acd) {
        if (before == null || before.at() == null || status.at() == null) {
            return null;
        }
        final long ms = Duration.between(before.at(), status.at()).toMillis();
        return before.acds().stream()
                .filter(each -> each.name().equals(acd.name()) && each.generation() == acd.generation())
                .filter(each -> ms > 0 && ms <= MOST_RATE_AGE_MS && each.sequence() <= acd.sequence())
                .map(each ->
                        String.format(Locale.ROOT, "%,d/s", Math.round((acd.sequence() - each.sequence()) * 1e3 / ms)))
                .findFirst()
                .orElse(null);
    }

    private static String share(Acd acd, Leg leg) {
        final long all = acd.legs().stream().mapToLong(Leg::first).sum();
        return all == 0 ? null : Math.round(leg.first() * 100.0 / all) + " %";
    }

    private List<String> servers() {
        final TextTable table = density == 0
                ? new TextTable(ink.colours(), "SERVER", "ROLE", "HEALTH", "FEED", "STATE", ">BEHIND", ">UNACKED", "")
                : new TextTable(
                        ink.colours(), "SERVER", "ROLE", "HEALTH", "FEED", "STATE", ">BEHIND", ">UNACKED", "PROBES");
        for (final Server server : status.servers()) {
            final boolean tight = density >= 2
                    && server.feeds().size() > 1
                    && server.feeds().stream()
                            .allMatch(feed ->
                                    feed.connected() && StatusText.parity(feed).isEmpty());
            boolean first = true;
            for (final Feed feed : tight ? server.feeds().subList(0, 1) : server.feeds()) {
                server(table, server, first);
                final long unacked = feed.connected() ? Math.max(0, feed.sent() - feed.cursor()) : 0;
                final long behind = Math.max(0, feed.lagFrames() - unacked);
                table.cell(tight ? "all " + server.feeds().size() : feed.acd())
                        .cell(feed.connected() ? "connected" : "down", feed.connected() ? Ink.GOOD : Ink.BAD)
                        .cell(String.format(Locale.ROOT, "%,d", behind), behind == 0 ? Ink.PLAIN : Ink.WARN)
                        .cell(feed.connected() ? String.format(Locale.ROOT, "%,d", unacked) : null)
                        .cell(said(server, feed, first));
                first = false;
            }
            if (first) {
                server(table, server, true);
                table.cell(null).cell("").cell("").cell("").cell(density == 0 ? "" : shortly(server));
            }
        }
        return table.lines();
    }

    private static void server(TextTable table, Server server, boolean first) {
        table.row()
                .cell(first ? server.name() : "")
                .cell(first ? server.role() : "", server.role() == ServerRole.OUT ? Ink.BAD : Ink.PLAIN)
                .cell(first ? server.health() : "", LiveInk.of(server.health()));
    }

    private String said(Server server, Feed feed, boolean first) {
        final String why =
                feed.connected() ? StatusText.parity(feed) : feed.lastRefusal() == null ? "" : feed.lastRefusal();
        final String probes = first && density > 0 ? shortly(server) : "";
        return probes + (probes.isEmpty() || why.isEmpty() ? "" : "; ") + why;
    }

    /** The probes of a server on one line: those that fail first, and what they found. */
    private static String shortly(Server server) {
        final Predicate<Probe> well = probe -> probe.health() == Health.UP && probe.failures() == 0;
        final List<String> parts = new ArrayList<>();
        server.probes().stream()
                .filter(well.negate())
                .forEach(probe ->
                        parts.add(probe.name() + " " + probe.health().toString().toUpperCase(Locale.ROOT)
                                + (probe.said() == null ? "" : " " + probe.said())));
        server.probes().stream()
                .filter(well)
                .forEach(probe -> parts.add(probe.name() + (probe.lastMs() == null ? " up" : " " + took(probe))));
        return String.join(", ", parts);
    }

    private static String took(Probe probe) {
        return String.format(Locale.ROOT, "%.1f ms", probe.lastMs());
    }

    private List<String> probes() {
        if (status.servers().stream().allMatch(server -> server.probes().isEmpty())) {
            return List.of();
        }
        final TextTable table = new TextTable(ink.colours(), "PROBE", "HEALTH", ">TOOK", ">FAILED", "SAID");
        for (final Server server : status.servers()) {
            for (final Probe probe : server.probes()) {
                table.row()
                        .cell(server.name() + "/" + probe.name())
                        .cell(probe.health(), LiveInk.of(probe.health()))
                        .cell(probe.lastMs() == null ? null : took(probe))
                        .cell(probe.failures(), probe.failures() == 0 ? Ink.PLAIN : Ink.WARN)
                        .cell(probe.said() == null ? "" : probe.said());
            }
        }
        return table.lines();
    }

    /** One line for a box and all of its cards. */
    private String trunk(TrunkSwitch trunk) {
        final boolean known = trunk.position().equals("A") || trunk.position().equals("B");
        final String cards = trunk.cards().stream()
                .map(card -> card.card() + (known ? "" : card.position()) + (card.movedWithoutUs() ? "!" : ""))
                .collect(Collectors.joining(" "));
        final List<String> bad = trunk.cards().stream()
                .filter(card -> card.lastOutcome() != null
                        && !card.lastOutcome().equals("MOVED")
                        && !card.lastOutcome().equals("ALREADY_THERE"))
                .map(LivePicture::outcome)
                .toList();
        return ink.paint(Ink.BOLD, trunk.name()) + "  "
                + ink.paint(known ? Ink.GOOD : Ink.BAD, trunk.position())
                + (trunk.leadsTo() == null ? "" : " " + ink.arrow() + " " + trunk.leadsTo())
                + (cards.isEmpty() ? "" : "  cards " + cards) + "  "
                + ink.paint(trunk.reachable() ? Ink.PLAIN : Ink.BAD, trunk.reach())
                + (trunk.ageMs() == null ? "" : ", read " + Amounts.time(trunk.ageMs()) + " ago")
                + (trunk.movedWithoutUs() ? "  " + ink.paint(Ink.BAD, "moved without an order") : "")
                + (bad.isEmpty() ? "" : "  " + ink.paint(Ink.BAD, String.join(" ", bad)))
                + (trunk.monitorOnly() ? "  monitor only" : "")
                + (trunk.reachable() || trunk.reachWhy() == null ? "" : "  " + Ink.harmless(trunk.reachWhy()));
    }

    private static String outcome(Card card) {
        return card.card() + " " + card.lastOutcome();
    }

    private List<String> amounts() {
        final String calls = status.calls().inFlight() == null
                ? ""
                : "calls " + status.calls().inFlight() + " in flight"
                        + (status.calls().recovered() == null
                                ? ""
                                : ", by the last switchover " + status.calls().recovered() + " recovered, "
                                        + status.calls().cut() + " cut")
                        + "   ";
        return List.of(calls + "disk "
                + ink.paint(
                        LiveInk.of(status.disk().state()), status.disk().state().toString()) + ", "
                + Amounts.bytes(status.disk().freeBytes()) + " free, journals "
                + Amounts.bytes(status.disk().journalBytes())
                + (status.disk().state() == DiskState.OK || status.disk().why() == null
                        ? ""
                        : ": " + Ink.harmless(status.disk().why())));
    }

    private List<String> alarms() {
        if (status.alarms().isEmpty()) {
            return List.of(ink.paint(Ink.GOOD, "no alarms"));
        }
        final int most = density == 0 ? Integer.MAX_VALUE : density == 1 ? 10 : density == 2 ? 6 : 3;
        final TextTable table = new TextTable(ink.colours(), ">#", "SEVERITY", "ALARM", "OBJECT", ">LASTS", "TEXT");
        status.alarms().stream()
                .sorted(Comparator.comparing(Alarm::severity))
                .limit(most)
                .forEach(alarm -> table.row()
                        .cell(alarm.number())
                        .cell(alarm.severity(), LiveInk.of(alarm.severity()))
                        .cell(alarm.name())
                        .cell(alarm.object())
                        .cell(lasts(alarm))
                        .cell((alarm.acknowledged() == null
                                        ? ""
                                        : "[" + alarm.acknowledged().who() + "] ")
                                + alarm.text()));
        final List<String> lines = new ArrayList<>(table.lines());
        if (status.alarms().size() > most) {
            lines.add(ink.paint(Ink.DIM, "  and " + (status.alarms().size() - most) + " more: tandem alarms"));
        }
        return lines;
    }

    private String lasts(Alarm alarm) {
        return status.at() == null
                ? null
                : Amounts.time(
                        Math.max(0, Duration.between(alarm.since(), status.at()).toMillis()));
    }

    private List<String> steps() {
        final List<NextSteps.Step> steps = NextSteps.of(status);
        return steps.stream()
                .limit(density < 2 ? 4 : 1)
                .map(step -> "type next  " + ink.paint(Ink.BOLD, Ink.harmless(step.command())) + "   "
                        + ink.paint(Ink.DIM, Ink.harmless(step.why())))
                .toList();
    }
}
