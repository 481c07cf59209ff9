package org.tandemgw.gateway.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.deciding.Rules;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.history.HistoryEntry;
import org.tandemgw.gateway.history.HistoryReader;
import org.tandemgw.gateway.history.HistoryRun;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Trigger;

/**
 * Runs the thresholds of a file over what probes have really seen, and judges each switch that they would have made by what was seen afterwards. Reads a data folder or a
 * copy of it, writes nothing. One thread.
 */
public final class Hindsight {
    private static final long OUTAGE_MS = 60_000;
    private static final long GAP_MS = 30_000;

    private final SwitchoverRules rules;
    private final long windowMs;
    private final LongConsumer progress;
    private final PastSite site;
    private final Map<String, Long> failingSince = new HashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> stoodByFor = new LinkedHashSet<>();
    private final List<Open> switches = new ArrayList<>();
    private final List<HindsightReport.Outage> outages = new ArrayList<>();
    private Open open;
    private String really;
    private SwitchoverRules recorded;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long looks;
    private long undecidable;
    private boolean planned;
    private boolean maintained;
    private long plannedOutages;

    /** One that would have been made. */
    private static final class Open {
        final Action.Opened opened;
        final long atMs;
        final Long delayMs;
        String outcome;
        String judged;
        String because;

        Open(Action.Opened opened, long atMs, Long delayMs) {
            this.opened = opened;
            this.atMs = atMs;
            this.delayMs = delayMs;
        }

        String from() {
            return opened.decision().from();
        }
    }

    private Hindsight(SwitchoverRules rules, long windowMs, LongConsumer progress) {
        this.rules = rules;
        this.windowMs = windowMs;
        this.progress = progress;
        site = new PastSite(rules, this::did);
    }

    /**
     * Runs them.
     *
     * @param data the folder, or a copy
     * @param windowMs a server that answers again within this after the verdict was left for nothing
     * @param progress is told how far it is, in ms since 1970
     * @throws IOException if the files cannot be read
     */
    public static HindsightReport of(
            SiteConfiguration file, Path data, long fromMs, long toMs, long windowMs, LongConsumer progress)
            throws IOException {
        return of(Changed.auto(Rules.of(file, false)), data, fromMs, toMs, windowMs, progress);
    }

    /** The same, of rules in mode auto. */
    static HindsightReport of(
            SwitchoverRules rules, Path data, long fromMs, long toMs, long windowMs, LongConsumer progress)
            throws IOException {
        final Hindsight hindsight = new Hindsight(rules, windowMs, progress);
        final long unread = HistoryReader.read(data, fromMs, toMs, hindsight::entry);
        hindsight.end();
        return hindsight.report(data, fromMs, toMs, unread);
    }

    private void entry(HistoryEntry entry) {
        progress.accept(entry.atMs());
        if (entry.run() != null) {
            run(entry.run(), entry.atMs());
        } else if (entry.out() != null) {
            out(entry.out(), entry.atMs());
        } else if (entry.active() != null) {
            active(entry.active().server(), entry.atMs());
        } else if (site.begun()) {
            told(entry.event(), entry.atMs());
        }
        if (entry.event() != null) {
            maintained |= planned; // also what began before this time, and not what was over by then
            firstMs = Math.min(firstMs, entry.atMs());
            lastMs = Math.max(lastMs, entry.atMs());
        }
    }

    private void run(HistoryRun run, long atMs) {
        recorded = run.rules();
        if (run.begins() || !site.begun()) {
            judge(atMs, "unknown", "Tandem was started anew before it could be known");
            really = run.active() != null && rules.knows(run.active()) ? run.active() : first();
            failingSince.clear();
            site.out(run.out(), atMs);
            planned = !run.out().isEmpty();
            site.begin(really, atMs);
        }
    }

    /** Planned work begins or ends: what was done about it was not for the thresholds to say. */
    private void out(List<String> now, long atMs) {
        if (site.begun()) {
            site.advance(atMs);
            judge(atMs, "unknown", "somebody began or ended planned work before it could be known");
        }
        site.out(now, atMs);
        planned = !now.isEmpty();
    }

    private String first() {
        return rules.initial() == null ? rules.servers().get(0).name() : rules.initial();
    }

    /** Another server is really in control: from here on it is in thought, too. */
    private void active(String server, long atMs) {
        if (server == null || !rules.knows(server) || !site.begun()) {
            return;
        }
        final boolean changed = !server.equals(really);
        really = server;
        if (changed) {
            site.advance(atMs);
            if (open != null && server.equals(open.opened.decision().to())) {
                judge(atMs, "as-it-was", "Tandem, or an operator, really switched then");
            } else {
                judge(atMs, "unknown", "the active server was changed before it could be known");
            }
            if (!server.equals(site.active())) {
                site.begin(server, 0, failing(server), atMs);
            }
        }
    }

    private void told(Event event, long atMs) {
        if (lastMs != Long.MIN_VALUE && atMs - lastMs > GAP_MS) {
            site.seen(new Event.Stalled(atMs - lastMs), atMs); // nothing was kept of that time
        }
        if (event instanceof Event.Looked looked) {
            looked(looked, atMs);
        } else {
            site.seen(event, atMs);
        }
        if (open != null && atMs - open.atMs > windowMs) {
            judge(atMs, "right", open.from() + " was not heard again within " + Words.took(windowMs));
        }
        outage(atMs);
    }

    private void looked(Event.Looked looked, long atMs) {
        final String name = looked.server() + "/" + looked.probe();
        final ProbeRules probe = rules.knows(looked.server()) ? probe(looked.server(), looked.probe()) : null;
        if (probe == null) {
            unknown.add(name);
            return;
        }
        looks++;
        final Look look = underTimeout(looked.look(), probe);
        final boolean answered = look.sight().answered();
        if (!looked.secondPath()) {
            if (answered) {
                failingSince.remove(name);
            } else if (look.sight() != Sight.NOT_ASKED) {
                failingSince.putIfAbsent(name, atMs);
            }
        }
        site.seen(new Event.Looked(looked.server(), looked.probe(), looked.secondPath(), look), atMs);
        if (answered && open != null && looked.server().equals(open.from()) && speaks(looked.server(), probe)) {
            judge(
                    atMs,
                    "false",
                    open.from() + " answered again " + Words.seconds(atMs - open.atMs) + " s after the verdict ("
                            + looked.probe() + ")");
        }
    }

    /** A shorter timeout makes silence of an answer; what a longer one would have heard nobody knows. */
    private Look underTimeout(Look look, ProbeRules probe) {
        if (look.sight().reached() && look.tookMicros() > probe.timeoutMs() * 1_000) {
            return Look.of(Sight.SILENT, "no answer", probe.timeoutMs() * 1_000);
        }
        if (look.sight() == Sight.SILENT && look.tookMicros() < probe.timeoutMs() * 900) {
            undecidable++;
        }
        return look;
    }

    private ProbeRules probe(String server, String name) {
        return rules.server(server).probes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Whether this probe speaks for the service. */
    private boolean speaks(String server, ProbeRules probe) {
        return !probe.machine() || rules.server(server).probes().stream().allMatch(ProbeRules::machine);
    }

    private List<String> failing(String server) {
        return failingSince.keySet().stream()
                .filter(each -> each.startsWith(server + "/"))
                .sorted()
                .toList();
    }

    private Long failingSinceMs(String server) {
        return failingSince.entrySet().stream()
                .filter(each -> each.getKey().startsWith(server + "/"))
                .filter(each -> speaks(server, probe(server, each.getKey().substring(server.length() + 1))))
                .map(Map.Entry::getValue)
                .min(Long::compare)
                .orElse(null);
    }

    private void did(Action action, long atMs) {
        if (action instanceof Action.Opened opened && opened.decision().trigger() == Trigger.AUTOMATIC) {
            final Long sinceMs = failingSinceMs(opened.decision().from());
            open = new Open(opened, atMs, sinceMs == null ? null : atMs - sinceMs);
            switches.add(open);
        } else if (action instanceof Action.Closed closed && open != null && open.outcome == null) {
            open.outcome = String.valueOf(closed.decision().outcome()).toLowerCase(Locale.ROOT);
        }
    }

    /** It is known what it was worth; the site goes on with the server that was really in control, and with hold-down. */
    private void judge(long atMs, String judged, String because) {
        if (open == null) {
            return;
        }
        final Open over = open;
        over.judged = judged;
        over.because = because;
        final Long sinceMs = failingSinceMs(over.from());
        if (sinceMs != null) {
            stoodByFor.add(over.from() + sinceMs); // it would have been acted on
        }
        open = null;
        if (really != null && !really.equals(site.active())) {
            site.begin(really, over.atMs + rules.holdDownMs(), failing(really), atMs);
        }
    }

    private void outage(long atMs) {
        if (open != null || really == null || !really.equals(site.active())) {
            return;
        }
        final Long sinceMs = failingSinceMs(really);
        if (sinceMs == null || atMs - sinceMs < Math.max(windowMs, OUTAGE_MS) || !stoodByFor.add(really + sinceMs)) {
            return;
        }
        final boolean down = site.view().servers().stream()
                .anyMatch(each -> each.name().equals(really) && each.health() == Health.DOWN);
        if (down && planned) {
            plannedOutages++;
        } else if (down) {
            outages.add(new HindsightReport.Outage(
                    Instant.ofEpochMilli(sinceMs),
                    really,
                    atMs - sinceMs,
                    site.view().conditions().stream()
                            .filter(each -> !each.met())
                            .map(Condition::missing)
                            .toList()));
        }
    }

    private void end() {
        if (site.begun() && lastMs != Long.MIN_VALUE) {
            site.advance(lastMs);
        }
        judge(lastMs, "unknown", "the records end before it could be known");
    }

    private HindsightReport report(Path data, long fromMs, long toMs, long unread) throws IOException {
        final List<HindsightReport.Would> would =
                switches.stream().map(this::would).toList();
        final long falsely =
                switches.stream().filter(each -> "false".equals(each.judged)).count();
        final List<Long> delays = switches.stream()
                .map(each -> each.delayMs)
                .filter(each -> each != null)
                .sorted()
                .toList();
        return new HindsightReport(
                falsely == 0 && outages.isEmpty() && looks > 0,
                firstMs == Long.MAX_VALUE ? null : Instant.ofEpochMilli(firstMs),
                lastMs == Long.MIN_VALUE ? null : Instant.ofEpochMilli(lastMs),
                looks,
                falsely,
                delays.isEmpty() ? null : delays.get((delays.size() - 1) / 2),
                delays.isEmpty() ? null : delays.get(delays.size() - 1),
                would,
                outages,
                PastDecisions.within(data, fromMs, toMs),
                PastDecisions.asked(data, fromMs, toMs),
                notes(unread));
    }

    private HindsightReport.Would would(Open each) {
        return new HindsightReport.Would(
                Instant.ofEpochMilli(each.atMs),
                each.from(),
                each.opened.decision().to(),
                each.opened.decision().reason(),
                each.opened.decision().diagnosis(),
                each.delayMs,
                each.outcome == null ? "not known" : each.outcome,
                each.judged,
                each.because);
    }

    private List<String> notes(long unread) {
        final List<String> notes = new ArrayList<>();
        if (looks == 0) {
            notes.add("no look at a server of this file was recorded in that time: nothing can be judged");
        }
        notes.add("promote, demote and trunk switches are taken to succeed, and mode to be auto");
        notes.add(
                "looks are told in the rhythm in which they were made: every and retry of the file change nothing here");
        if (undecidable > 0) {
            notes.add(
                    undecidable
                            + " looks were given up before the timeout of this file: they count as failed, and might have been answered");
        }
        if (!unknown.isEmpty()) {
            notes.add("recorded, and not in this file: " + String.join(", ", unknown));
        }
        final List<String> never = never();
        if (!never.isEmpty()) {
            notes.add("in this file, and not recorded by then: " + String.join(", ", never));
        }
        if (maintained || plannedOutages > 0) {
            notes.add(
                    "there was maintenance in that time: nothing is switched by itself or to whoever is out meanwhile, and "
                            + (plannedOutages == 0 ? "no" : String.valueOf(plannedOutages))
                            + " outages of it are counted as planned");
        }
        if (unread > 0) {
            notes.add(unread + " lines could not be read");
        }
        return notes;
    }

    /** Probes of the file that whoever recorded had not. */
    private List<String> never() {
        final List<String> never = new ArrayList<>();
        for (final ServerRules server : recorded == null ? List.<ServerRules>of() : rules.servers()) {
            final boolean known = recorded.knows(server.name());
            for (final ProbeRules probe : server.probes()) {
                final boolean there = known
                        && recorded.server(server.name()).probes().stream()
                                .anyMatch(each -> each.name().equals(probe.name()));
                if (!there) {
                    never.add(server.name() + "/" + probe.name());
                }
            }
        }
        return never;
    }
}
