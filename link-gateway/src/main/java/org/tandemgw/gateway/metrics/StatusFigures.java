package org.tandemgw.gateway.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.status.DiskState;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.GatewayStatus.Acd;
import org.tandemgw.gateway.status.GatewayStatus.Feed;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.GatewayStatus.Notified;
import org.tandemgw.gateway.status.GatewayStatus.Server;
import org.tandemgw.gateway.status.GatewayStatus.TrunkSwitch;
import org.tandemgw.gateway.status.Health;
import org.tandemgw.gateway.status.LegState;
import org.tandemgw.gateway.status.Relayed;
import org.tandemgw.gateway.status.Relayed.Flow;
import org.tandemgw.gateway.status.ServerRole;
import org.tandemgw.gateway.status.SiteState;

/** The newest picture as figures, when somebody asks. The metrics thread. */
final class StatusFigures implements MultiCollector {
    private static final double MS_PER_S = 1_000;

    private final Supplier<GatewayStatus> status;
    private final LongSupplier historyDropped;

    /** @param historyDropped lines of what probes see that were not kept */
    StatusFigures(Supplier<GatewayStatus> status, LongSupplier historyDropped) {
        this.status = status;
        this.historyDropped = historyDropped;
    }

    @Override
    public MetricSnapshots collect() {
        final GatewayStatus picture = status.get();
        final Sheet sheet = new Sheet();
        site(picture, sheet);
        sheet.counter(
                "tandem_history_dropped_total",
                "Lines of what probes see that were not kept.",
                historyDropped.getAsLong());
        picture.acds().forEach(acd -> acd(acd, sheet));
        picture.servers().forEach(server -> server(server, picture.active(), sheet));
        picture.switches().forEach(each -> trunkSwitch(each, sheet));
        calls(picture.calls(), sheet);
        alarms(picture, sheet);
        picture.notified().forEach(each -> notified(each, sheet));
        return sheet.snapshots();
    }

    private static void site(GatewayStatus s, Sheet sheet) {
        sheet.info("Which site and version this is; always 1.", "site", s.site(), "version", s.version());
        sheet.gauge("tandem_up_since_seconds", "When the process started, seconds since 1970.", seconds(s.upSince()));
        sheet.gauge("tandem_status_time_seconds", "When the picture was taken, seconds since 1970.", seconds(s.at()));
        sheet.states("tandem_site_state", "1 for the state that the site is in.", SiteState.class, s.state());
        sheet.gauge("tandem_protected", "1 if losing any one server would lose nothing.", s.protected_());
        for (final String mode : List.of("none", "held", "manual", "auto")) {
            sheet.gauge("tandem_mode", "1 for the mode in effect.", mode.equals(s.mode()), "mode", mode);
        }
        sheet.gauge("tandem_epoch", "Rises by one at each attempt to change the active server.", s.epoch());
        sheet.gauge("tandem_decision", "The number of the newest decision.", s.decision());
        sheet.gauge(
                "tandem_hold_down_seconds",
                "For how long nothing is switched automatically.",
                s.holdDownLeftMs() / MS_PER_S);
        sheet.gauge("tandem_disk_free_bytes", "Free below data.", s.disk().freeBytes());
        sheet.gauge(
                "tandem_disk_journal_bytes",
                "What the journals take on the disk.",
                s.disk().journalBytes());
        sheet.states(
                "tandem_disk_state",
                "1 for the state of the disk.",
                DiskState.class,
                s.disk().state());
    }

    private static void acd(Acd acd, Sheet sheet) {
        final String[] labels = {"acd", acd.name()};
        sheet.gauge("tandem_acd_paused", "1 after acd pause.", acd.paused(), labels);
        sheet.gauge("tandem_acd_generation", "The journal's generation.", acd.generation(), labels);
        sheet.gauge("tandem_acd_sequence", "The last record of this generation.", acd.sequence(), labels);
        sheet.gauge("tandem_acd_synced", "The last record that survives a power loss.", acd.synced(), labels);
        sheet.gauge("tandem_acd_oldest", "The oldest record kept.", acd.oldest(), labels);
        sheet.gauge("tandem_acd_gaps", "Gap records of this generation.", acd.gaps(), labels);
        sheet.gauge(
                "tandem_acd_discontinuities",
                "Discontinuity records of this generation.",
                acd.discontinuities(),
                labels);
        acd.legs().forEach(leg -> leg(leg, sheet, Sheet.with(labels, "leg", Integer.toString(leg.leg()))));
    }

    private static void leg(Leg leg, Sheet sheet, String... labels) {
        sheet.states("tandem_leg_state", "1 for the state that the leg is in.", LegState.class, leg.state(), labels);
        sheet.counter("tandem_leg_first_total", "Frames that came here first.", leg.first(), labels);
        sheet.counter(
                "tandem_leg_confirmed_total", "Frames that the other leg had brought before.", leg.confirmed(), labels);
        sheet.gauge("tandem_leg_owed", "Frames of the other leg that are still missing here.", leg.owed(), labels);
        sheet.gauge("tandem_leg_lag_seconds", "How far it comes after the other leg.", leg.lagMs() / MS_PER_S, labels);
        sheet.gauge(
                "tandem_leg_silence_seconds",
                "Since its last byte; absent if there was none.",
                leg.silenceMs() == null ? null : leg.silenceMs() / MS_PER_S,
                labels);
        sheet.counter("tandem_leg_reconnects_total", "Sessions after the first.", leg.reconnects(), labels);
        sheet.counter("tandem_leg_bad_frames_total", "Frames that were damaged.", leg.badFrames(), labels);
        sheet.counter(
                "tandem_leg_failed_attempts_total", "Dials and logins that failed.", leg.failedAttempts(), labels);
        sheet.counter("tandem_leg_replaced_total", "Sessions that gave way to a newer one.", leg.replaced(), labels);
        sheet.counter("tandem_leg_refused_total", "Connections from addresses not allowed.", leg.refused(), labels);
        sheet.counter("tandem_leg_local_frames_total", "Frames of the session alone.", leg.localFrames(), labels);
        sheet.counter("tandem_leg_jumps_total", "How often its place had to be found again.", leg.jumps(), labels);
        sheet.counter("tandem_leg_forced_ends_total", "Searches that ended without a proof.", leg.forcedEnds(), labels);
        sheet.counter("tandem_leg_strays_total", "Frames emitted after a discontinuity.", leg.strays(), labels);
        sheet.counter("tandem_leg_buffer_drops_total", "Frames dropped from a full buffer.", leg.bufferDrops(), labels);
        if (leg.relayed() != null) {
            relayed(leg.relayed(), sheet, labels);
        }
    }

    private static void relayed(Relayed relayed, Sheet sheet, String... labels) {
        flow("from", relayed.fromAcd(), sheet, labels);
        flow("to", relayed.toAcd(), sheet, labels);
        sheet.counter(
                "tandem_relay_unrecorded_bytes_total",
                "Bytes that passed and are not in the journal.",
                relayed.unrecordedBytes(),
                labels);
    }

    private static void flow(String direction, Flow flow, Sheet sheet, String... labels) {
        final String[] of = Sheet.with(labels, "direction", direction + "-acd");
        sheet.counter("tandem_relay_bytes_total", "Bytes that passed.", flow.bytes(), of);
        sheet.counter("tandem_relay_chunks_total", "Chunks in which they passed.", flow.chunks(), of);
        sheet.gauge(
                "tandem_relay_stalled_seconds",
                "For how long it has come faster than it is taken; 0: it is taken.",
                flow.stalledMs() / MS_PER_S,
                of);
    }

    private static void server(Server server, String active, Sheet sheet) {
        final String[] labels = {"server", server.name()};
        sheet.gauge(
                "tandem_server_active", "1 if it is in control.", server.name().equals(active), labels);
        sheet.states("tandem_server_role", "1 for its role.", ServerRole.class, server.role(), labels);
        sheet.states("tandem_server_health", "1 for its health.", Health.class, server.health(), labels);
        for (final GatewayStatus.Probe probe : server.probes()) {
            final String[] of = Sheet.with(labels, "probe", probe.name());
            sheet.states("tandem_probe_health", "1 for what the probe says.", Health.class, probe.health(), of);
            sheet.gauge(
                    "tandem_probe_seconds",
                    "How long the last answer took; absent if there was none.",
                    probe.lastMs() == null ? null : probe.lastMs() / MS_PER_S,
                    of);
            sheet.gauge("tandem_probe_failures", "Looks in a row that failed.", probe.failures(), of);
        }
        server.feeds().forEach(feed -> feed(feed, sheet, Sheet.with(labels, "acd", feed.acd(), "kind", feed.kind())));
    }

    private static void feed(Feed feed, Sheet sheet, String... labels) {
        sheet.gauge("tandem_feed_connected", "1 if the server is connected.", feed.connected(), labels);
        sheet.gauge(
                "tandem_feed_cursor", "The last record that the server has, as far as known.", feed.cursor(), labels);
        sheet.gauge("tandem_feed_sent", "The last record written to it.", feed.sent(), labels);
        sheet.gauge("tandem_feed_acknowledged", "The last record that TCP acknowledged.", feed.acknowledged(), labels);
        sheet.gauge("tandem_feed_hold", "Records after this are held for it; absent: none.", feed.hold(), labels);
        sheet.gauge("tandem_feed_lag_frames", "Records that it does not have yet.", feed.lagFrames(), labels);
        sheet.gauge(
                "tandem_feed_lag_seconds",
                "For how long the oldest of what was not written to it has waited.",
                feed.lagMs() / MS_PER_S,
                labels);
        sheet.gauge("tandem_feed_at_parity", "1 if it has all.", feed.parity().equals("atParity"), labels);
        sheet.gauge(
                "tandem_feed_parity_seconds",
                "Until it is at parity; absent if nobody can say.",
                feed.parityMs() == null ? null : feed.parityMs() / MS_PER_S,
                labels);
        sheet.gauge("tandem_feed_catch_up_rate", "Records a second while it is behind.", feed.catchUpRate(), labels);
        sheet.counter("tandem_feed_rejected_logins_total", "Logins refused.", feed.rejectedLogins(), labels);
        sheet.counter("tandem_feed_bad_packets_total", "Packets that broke the protocol.", feed.badPackets(), labels);
        sheet.counter("tandem_feed_denied_actions_total", "Actions refused.", feed.deniedActions(), labels);
    }

    private static void trunkSwitch(TrunkSwitch each, Sheet sheet) {
        final String[] labels = {"switch", each.name()};
        sheet.gauge("tandem_switch_reachable", "1 if it answered the last query.", each.reachable(), labels);
        sheet.gauge(
                "tandem_switch_moved_by_others",
                "1 if a card changed without an order.",
                each.movedWithoutUs(),
                labels);
        sheet.gauge("tandem_switch_monitor_only", "1 if it is never moved.", each.monitorOnly(), labels);
        sheet.gauge("tandem_switch_last_epoch", "The newest that an order carried.", each.lastEpoch(), labels);
        sheet.gauge(
                "tandem_switch_age_seconds",
                "How old the oldest position of its cards is; absent if never read.",
                each.ageMs() == null ? null : each.ageMs() / MS_PER_S,
                labels);
        sheet.gauge(
                "tandem_switch_position",
                "1; the position is a label.",
                1,
                "switch",
                each.name(),
                "position",
                each.position());
        for (final GatewayStatus.Card card : each.cards()) {
            sheet.gauge(
                    "tandem_card_position",
                    "1; the position is a label.",
                    1,
                    "switch",
                    each.name(),
                    "card",
                    Integer.toString(card.card()),
                    "position",
                    card.position());
        }
    }

    private static void calls(GatewayStatus.Calls calls, Sheet sheet) {
        sheet.gauge("tandem_calls_in_flight", "Calls; absent if nobody counts them.", calls.inFlight());
        sheet.gauge("tandem_calls_waiting", "Of them, those that wait in a queue.", calls.waiting());
        sheet.gauge("tandem_agents", "Agents logged on.", calls.agents());
        sheet.gauge("tandem_calls_recovered", "Recovered by the newest switchover.", calls.recovered());
        sheet.gauge("tandem_calls_cut", "Cut by the newest switchover.", calls.cut());
        sheet.gauge("tandem_calls_sure", "1 if there are these and no others.", calls.sure());
        sheet.counter("tandem_calls_refused_questions_total", "Questions not taken.", calls.refusedQuestions());
        sheet.counter(
                "tandem_calls_lists_given_up_total",
                "Lists not taken in time, or not whole because an item was too long.",
                calls.listsGivenUp());
        sheet.counter("tandem_calls_disk_errors_total", "Errors of the tables' files.", calls.diskErrors());
        sheet.counter("tandem_calls_undecoded_total", "Frames that Tandem failed to read.", calls.undecoded());
    }

    private static void alarms(GatewayStatus s, Sheet sheet) {
        for (final Severity severity : Severity.values()) {
            sheet.gauge(
                    "tandem_alarms",
                    "Alarms that stand.",
                    s.alarms().stream()
                            .filter(each -> each.severity() == severity)
                            .count(),
                    "severity",
                    severity.toString());
        }
        s.alarms()
                .forEach(alarm -> sheet.gauge(
                        "tandem_alarm_since_seconds",
                        "When an alarm that stands was raised, seconds since 1970.",
                        seconds(alarm.since()),
                        "name",
                        alarm.name().toString(),
                        "severity",
                        alarm.severity().toString(),
                        "object",
                        alarm.object()));
    }

    private static void notified(Notified each, Sheet sheet) {
        final String[] labels = {"target", each.target(), "kind", each.kind()};
        sheet.gauge(
                "tandem_notified_reached",
                "0 if it cannot be reached.",
                !each.state().equals("unreachable"),
                labels);
        sheet.gauge("tandem_notified_waiting", "Messages that wait for it.", each.waiting(), labels);
        sheet.counter("tandem_notified_sent_total", "Messages that it took.", each.sent(), labels);
        sheet.counter("tandem_notified_failed_total", "Attempts that it did not take.", each.failed(), labels);
        sheet.counter("tandem_notified_untold_total", "Alarms without a message of their own.", each.untold(), labels);
        sheet.gauge(
                "tandem_notified_dropped", "Messages that it will never get, over all runs.", each.dropped(), labels);
    }

    private static Double seconds(Instant at) {
        return at == null ? null : at.toEpochMilli() / MS_PER_S;
    }
}
