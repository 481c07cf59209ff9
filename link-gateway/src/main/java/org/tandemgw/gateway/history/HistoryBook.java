package org.tandemgw.gateway.history;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.config.SwitchoverConfig;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;

/**
 * Writes down what the machine that decides is told of servers, network and trunks. Thread {@code control} calls it, for every event, and never waits: it folds and hands
 * over. As many rows as the file has probes and places.
 */
public final class HistoryBook implements AutoCloseable {
    private static final long SWEEP_MS = 5_000;
    private static final long NETWORK_EVERY_MS = 1_000;
    private static final long NETWORK_QUICK_MICROS = 80_000;

    /** Answers within this part of a probe's timeout are quick: a changed timeout above that is judged exactly. */
    private static final int QUICK = 10;

    private volatile SwitchoverRules rules;
    private final String version;
    private final HistoryWriter writer;
    private final Map<Object, LookRow> rows = new HashMap<>();
    private final Map<String, ProbeRules> probes = new HashMap<>();
    private long sweptMs;
    private long lastMs;
    private volatile HistoryEntry.Active active;
    private volatile List<String> out = List.of();
    private int calls = Integer.MIN_VALUE;

    /** One source of looks. */
    private record Source(String server, String name, boolean second) {}

    /** Of a site that wants it kept; it writes nothing before {@link #start}. */
    public static Optional<HistoryBook> wanted(SiteConfiguration site, SwitchoverRules rules, String version) {
        final SwitchoverConfig.History history = site.switchover().history();
        return history.record()
                ? Optional.of(new HistoryBook(
                        new HistorySettings(
                                site.data(),
                                history.keep().toDays(),
                                history.mostBytes(),
                                site.journal().minFreeBytes()),
                        rules,
                        version))
                : Optional.empty();
    }

    /** Writes nothing before {@link #start}. */
    HistoryBook(HistorySettings settings, SwitchoverRules rules, String version) {
        this.rules = rules;
        this.version = version;
        writer = new HistoryWriter(settings, atMs -> HistoryLines.run(atMs, run(false)));
        know(rules);
    }

    private void know(SwitchoverRules known) {
        probes.clear();
        known.servers().forEach(server -> server.probes()
                .forEach(each -> probes.put(server.name() + "/" + each.name(), each)));
    }

    /** The machine goes on by other rules; what was folded by those before is ended. */
    public void follow(SwitchoverRules next) {
        sweep(true);
        rules = next;
        know(next);
        writer.add(lastMs, HistoryLines.run(lastMs, run(false)));
    }

    private HistoryRun run(boolean begins) {
        final HistoryEntry.Active now = active;
        return new HistoryRun(
                begins, version, now == null ? null : now.server(), now == null ? 0 : now.epoch(), rules, out);
    }

    /** Tandem begins, with this server in control, and this out for maintenance. */
    public void start(String server, long epoch, List<String> outNow, long nowMs) {
        active = new HistoryEntry.Active(server, epoch);
        out = List.copyOf(outNow);
        writer.add(nowMs, HistoryLines.run(nowMs, run(true)));
        writer.start();
    }

    /** What is out for maintenance, as it is written down. */
    public static List<String> out(SwitchoverView view) {
        return view.maintenance().stream()
                .map(each -> Objects.requireNonNullElse(each.server(), HistoryEntry.SITE))
                .toList();
    }

    /** How the site stands now. */
    public void stands(String server, long epoch, List<String> outNow, long nowMs) {
        if (!out.equals(outNow)) {
            out = List.copyOf(outNow);
            writer.add(nowMs, HistoryLines.out(nowMs, out));
        }
        if (active == null || !Objects.equals(active.server(), server) || active.epoch() != epoch) {
            active = new HistoryEntry.Active(server, epoch);
            writer.add(nowMs, HistoryLines.active(nowMs, server, epoch));
        }
    }

    /** The machine is told this. */
    public void event(Event event, long nowMs) {
        lastMs = nowMs;
        if (event instanceof Event.Looked looked) {
            final ProbeRules probe = probes.get(looked.server() + "/" + looked.probe());
            final boolean quick = probe != null && looked.look().tookMicros() * QUICK < probe.timeoutMs() * 1_000;
            look(
                    new Source(looked.server(), looked.probe(), looked.secondPath()),
                    event,
                    looked.look(),
                    nowMs,
                    quick ? probe.everyMs() : 0);
        } else if (event instanceof Event.NetworkLooked looked) {
            final boolean quick = looked.look().tookMicros() < NETWORK_QUICK_MICROS;
            look(new Source(null, looked.target(), false), event, looked.look(), nowMs, quick ? NETWORK_EVERY_MS : 0);
        } else if (event instanceof Event.CallsSeen seen) {
            final int some = Integer.signum(seen.inFlight());
            if (some != calls) {
                calls = some;
                writer.add(nowMs, HistoryLines.event(nowMs, event));
            }
        } else if (event instanceof Event.TrunksSeen
                || event instanceof Event.FeedsSeen
                || event instanceof Event.LegsSeen
                || event instanceof Event.ClockSeen
                || event instanceof Event.Stalled) {
            writer.add(nowMs, HistoryLines.event(nowMs, event));
        }
        if (nowMs - sweptMs > SWEEP_MS) {
            sweptMs = nowMs;
            sweep(false);
        }
    }

    /** @param everyMs the rhythm in which it may be folded; 0: it may not */
    private void look(Source source, Event event, Look look, long nowMs, long everyMs) {
        final boolean folds = everyMs > 0 && look.sight().answered();
        final LookRow row = rows.get(source);
        if (row != null && folds && row.takes(look, nowMs)) {
            return;
        }
        if (row != null) {
            writer.add(nowMs, rows.remove(source).line());
        }
        if (folds) {
            rows.put(source, new LookRow(event, look, nowMs, everyMs));
        } else {
            writer.add(nowMs, HistoryLines.event(nowMs, event));
        }
    }

    private void sweep(boolean all) {
        final Iterator<LookRow> each = rows.values().iterator();
        while (each.hasNext()) {
            final LookRow row = each.next();
            if (all || row.isOver(lastMs)) {
                writer.add(lastMs, row.line());
                each.remove();
            }
        }
    }

    /** Lines that a full disk, or one too slow, did not take. Any thread. */
    public long dropped() {
        return writer.dropped();
    }

    /** Writes the rows that are open. Nothing may be told any more. */
    @Override
    public void close() {
        sweep(true);
        writer.close();
    }
}
