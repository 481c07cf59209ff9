package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ProbeWatch;
import org.tandemgw.gateway.health.ServerHealth;
import org.tandemgw.gateway.switchover.SwitchoverView.AlarmLine;
import org.tandemgw.gateway.switchover.SwitchoverView.MaintenanceView;
import org.tandemgw.gateway.switchover.SwitchoverView.ProbeView;
import org.tandemgw.gateway.switchover.SwitchoverView.ServerView;

/** Makes the picture of the machine; changes nothing. */
final class Viewer {
    private final Core core;
    private final Attempt attempt;
    private final Watch watch;
    private final Conditions conditions;
    private final Protection protection;
    private final DrillRule drills;

    Viewer(Core core, Attempt attempt, Watch watch, Conditions conditions, Protection protection, DrillRule drills) {
        this.core = core;
        this.attempt = attempt;
        this.watch = watch;
        this.conditions = conditions;
        this.protection = protection;
        this.drills = drills;
    }

    SwitchoverView view() {
        final String active = core.kept.active();
        return new SwitchoverView(
                core.phases.phase(),
                core.phases.sinceMs(),
                state(),
                active,
                Math.max(core.kept.epoch(), core.facts.epochSeen()), // also of an order by hand
                core.mode(),
                core.rules.mode(),
                core.kept.mode(),
                protection.holds(),
                core.rules.servers().stream().map(this::server).toList(),
                because(),
                core.next(),
                Math.max(0, core.kept.holdDownUntilMs() - core.nowMs()),
                active == null ? conditions.nobodyActive() : conditions.automatic(active, watch),
                alarms(),
                core.phases.moves(),
                core.kept.decision(),
                attempt.plan(),
                core.kept.maintenance().stream()
                        .map(each -> new MaintenanceView(
                                each.server(),
                                each.who(),
                                each.why(),
                                each.sinceMs(),
                                each.untilMs(),
                                each.overdue(core.utcMs())))
                        .toList(),
                drills.view());
    }

    /** The first that applies, in the order of the words of status. */
    private String state() {
        final Phase phase = core.phases.phase();
        if (phase.switching()) {
            return "switching";
        }
        if (phase == Phase.ISOLATED || core.facts.diagnoser().gatewaysLost()) {
            return "isolated";
        }
        return switch (phase) {
            case STARTING -> "starting";
            case HOLDING, BLOCKED -> "holding";
            default -> core.suspended() ? "maintenance" : watched(phase);
        };
    }

    private String watched(Phase phase) {
        return switch (phase) {
            case DIAGNOSING, UNREACHABLE -> "diagnosing";
            case RECONNECTING -> "reconnecting";
            case SUSPECTING -> "suspecting";
            default -> protection.holds() || bothWell() ? "protected" : "unprotected";
        };
    }

    /** Where nobody was named active, either of two that are well can be lost. */
    private boolean bothWell() {
        return core.kept.active() == null && core.standings.stream().allMatch(Standing::ready);
    }

    private ServerView server(ServerRules rules) {
        final ServerHealth health = core.facts.health(rules.name());
        final List<ProbeView> probes = health.probes().stream()
                .map(each -> new ProbeView(
                        each.name(), each.health(core.nowMs()), each.answerMs(), each.failed(), Told.said(core, each)))
                .toList();
        return new ServerView(
                rules.name(),
                core.standing(rules.name()).role(core.kept.active(), core.facts, core.nowMs()),
                health.health(core.nowMs()),
                probes,
                conditions.release(rules));
    }

    /** Why it stands as it does. That it watches an active server that answers is no reason for anything. */
    private List<String> because() {
        final List<String> all = new ArrayList<>();
        final List<PhaseMove> moves = core.phases.moves();
        final String last = reason();
        if (!core.phases.is(Phase.WATCHING)) {
            all.add(core.phases.phase().sentence() + (last.isEmpty() ? "" : ": " + last));
        }
        core.facts.servers().stream()
                .filter(ServerHealth::blind)
                .forEach(each -> all.add("a failure of " + each.name() + " cannot be seen: " + Told.blind(each)));
        final Holding holding = core.kept.holding();
        if (holding != null && !last.contains(holding.why())) {
            all.add("holding: " + holding.why());
        }
        if (holding != null
                && holding.kind() == Holding.Kind.POSITIONS_ELSEWHERE
                && core.kept.active() != null
                && core.lead().agreesWith(core.kept.active())) {
            all.add(core.lead().sentence() + " again, as the record says: an operator has to say that it is over");
        }
        for (final ServerHealth each : core.facts.servers()) {
            final Health health = each.health(core.nowMs());
            final String said = text(each, health);
            if (health == Health.DOWN && !all.toString().contains(said)) {
                all.add(said);
            }
        }
        for (final Maintenance each : core.kept.maintenance()) {
            all.add(each.sentence() + (each.overdue(core.utcMs()) ? "; that time is over" : ""));
        }
        if (core.rules.mode() == Mode.AUTO && !core.checked()) {
            all.add("mode auto takes effect once check --live has passed for this configuration");
        }
        if (core.kept.active() != null && core.split()) {
            all.add(core.lead().sentence() + ", and " + core.kept.active() + " is active");
        }
        final String distrust = core.facts.distrust(core.nowMs());
        if (distrust != null) {
            all.add(distrust);
        }
        final Condition releases = conditions.releases();
        if (!releases.met()) {
            all.add(releases.missing() + " (" + releases.value() + "): only an operator may switch");
        }
        if (watch.notRecorded() != null) {
            all.add(watch.notRecorded());
        }
        all.addAll(DrillTold.because(drills.view()));
        final String home = core.kept.home();
        if (home != null) {
            all.add(home + " was left by an automatic switch; fail-back is "
                    + core.rules.failBack().policy());
        }
        return all;
    }

    private List<AlarmLine> alarms() {
        final List<AlarmLine> all = new ArrayList<>();
        final String site = core.rules.site();
        for (final ServerHealth each : core.facts.servers()) {
            final Health health = each.health(core.nowMs());
            if ((health == Health.DOWN || health == Health.SUSPECT) && !core.quiet(each.name())) {
                all.add(new AlarmLine(
                        health == Health.DOWN ? "serverDown" : "serverSuspect", each.name(), text(each, health)));
            }
        }
        core.facts.servers().stream()
                .filter(each -> each.probes().stream().anyMatch(ProbeWatch::blind) && !core.quiet(each.name()))
                .forEach(each -> all.add(new AlarmLine(
                        "probeBlind",
                        each.name(),
                        Told.blind(each) + (each.blind() ? "; a failure of " + each.name() + " cannot be seen" : ""))));
        final Holding holding = core.kept.holding();
        if (holding != null) {
            all.add(new AlarmLine("holding", site, holding.why()));
            if (holding.kind() != Holding.Kind.POSITIONS_UNKNOWN
                    && holding.kind() != Holding.Kind.POSITIONS_ELSEWHERE
                    && holding.kind() != Holding.Kind.RECORD_LOST) {
                all.add(new AlarmLine("switchFailed", site, holding.why()));
            }
        } else if (core.phases.is(Phase.BLOCKED)) {
            all.add(new AlarmLine(
                    "holding",
                    site,
                    "not switched: " + reason() + "; ends by itself once nothing is missing, or " + core.kept.active()
                            + " answers"));
        }
        if (core.phases.is(Phase.ISOLATED) || core.facts.diagnoser().gatewaysLost()) {
            all.add(new AlarmLine("isolated", site, "our own network is lost; nothing is decided"));
        }
        final String active = core.kept.active();
        if (active != null && !protection.holds() && !core.phases.is(Phase.STARTING) && !protection.planned()) {
            all.add(new AlarmLine(
                    "unprotected",
                    site,
                    core.split()
                            ? core.lead().sentence() + ", and " + active + " is active"
                            : core.facts.health(active).blind()
                                    ? "a failure of " + active + " cannot be seen"
                                    : core.rules.other(active) + " could not take over: it is "
                                            + core.standing(core.rules.other(active))
                                                    .role(active, core.facts, core.nowMs())));
        }
        core.kept.maintenance().forEach(each -> maintenance(each, all));
        all.addAll(DrillTold.alarms(drills.view(), core));
        return all;
    }

    private void maintenance(Maintenance each, List<AlarmLine> all) {
        final String object = each.server() == null ? core.rules.site() : each.server();
        all.add(new AlarmLine("maintenance", object, each.sentence()));
        if (each.overdue(core.utcMs())) {
            all.add(new AlarmLine(
                    "maintenanceOverdue",
                    object,
                    "the maintenance of " + object + " was planned until " + Maintenance.time(each.untilMs()) + ", by "
                            + each.who() + ": end it, or plan anew"));
        }
    }

    /** What keeps Tandem from switching changes with time; every other reason is that of the change. */
    private String reason() {
        if (core.phases.is(Phase.BLOCKED)) {
            final List<String> unmet = Conditions.unmet(conditions.automatic(core.kept.active(), watch));
            return unmet.isEmpty() ? "nothing any more" : String.join("; ", unmet);
        }
        final List<PhaseMove> moves = core.phases.moves();
        return moves.isEmpty() ? "" : moves.get(moves.size() - 1).why();
    }

    private String text(ServerHealth server, Health health) {
        return server.name() + " is " + health + ": "
                + String.join(
                        "; ",
                        server.probes().stream()
                                .filter(each -> each.health(core.nowMs()) != Health.UP)
                                .map(each -> each.name() + (each.said() == null ? "" : " " + Told.said(core, each)))
                                .toList());
    }
}
