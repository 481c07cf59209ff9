package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.Diagnoser;
import org.tandemgw.gateway.health.Diagnosis;
import org.tandemgw.gateway.health.FaultKind;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ProbeWatch;
import org.tandemgw.gateway.health.ServerHealth;

/**
 * Watches the active server: from the first look that fails to the verdict, from there through diagnosis and the time it is given
 * to come back, up to a switch or to a record of why there is none.
 */
final class Watch {
    private final Core core;
    private final Attempt attempt;
    private final Conditions conditions;
    private final HeldBook held;
    private final Silence silence;
    private final FaultPlace place;
    private long verdictMs;
    private long nextSetMs;

    Watch(Core core, Attempt attempt, Conditions conditions) {
        this.core = core;
        this.attempt = attempt;
        this.conditions = conditions;
        held = new HeldBook(core);
        silence = new Silence(core);
        place = new FaultPlace(core);
    }

    /** When the active server was found to be down; 0: it is not. */
    long verdictMs() {
        return verdictMs;
    }

    long unreachableUntilMs() {
        return verdictMs + Math.max(0, core.rules.unreachablePings()) * core.rules.unreachableEveryMs();
    }

    /** Until then it is given time to come back. */
    long reconnectUntilMs() {
        return place.fromMs(verdictMs) + core.rules.reconnectMs();
    }

    /** Whether enough looks have failed since the way to where the fault is was open. */
    boolean counted(ServerHealth server) {
        return place.counted(server);
    }

    private void calm() {
        verdictMs = 0;
        nextSetMs = 0;
        silence.forget();
        place.calm();
    }

    /** Decides anew, as far as an active server is being watched. */
    void decide() {
        if (!Phase.WATCH.contains(core.phases.phase())) {
            calm();
            return;
        }
        final String active = core.kept.active();
        final ServerHealth server = core.facts.health(active);
        switch (server.health(core.nowMs())) {
            case UP -> answers(active, " answers");
            case UNKNOWN -> unknown(server);
            case SUSPECT -> suspect(server);
            case DOWN -> {
                if (server.failing(core.nowMs())) {
                    down(server);
                } else if (server.probes().stream().anyMatch(each -> each.failed() > 0)) {
                    suspect(server);
                } else {
                    answers(active, " was restarted too often, and has been steady since");
                }
            }
        }
    }

    private void answers(String active, String how) {
        calm();
        if (!attempt.givenUp().holdsUnstarted(active)) {
            core.move(Phase.WATCHING, active + how);
        }
    }

    private void unknown(ServerHealth server) {
        calm();
        if (Phase.FAILING.contains(core.phases.phase())
                && !server.blind()
                && core.facts.distrust(core.nowMs()) == null) {
            core.move(
                    Phase.WATCHING,
                    "something answers again; the silence until then is forgotten, it may have been our own");
            core.lookEverywhere();
        } else {
            core.move(
                    Phase.WATCHING,
                    server.blind()
                            ? "whether " + server.name() + " is well cannot be seen: " + Told.blind(server)
                            : "nothing is known of " + server.name() + " yet");
        }
    }

    private void suspect(ServerHealth server) {
        calm();
        if (!core.phases.is(Phase.SUSPECTING)) {
            core.move(Phase.SUSPECTING, "a look at " + server.name() + " failed: " + said(server));
            core.lookEverywhere();
        }
    }

    private void down(ServerHealth server) {
        final String active = server.name();
        if (verdictMs == 0) {
            verdictMs = core.nowMs();
            nextSetMs = core.nowMs() + core.rules.unreachableEveryMs();
            core.lookEverywhere();
            silence.prove(server, verdictMs);
        }
        if (core.facts.distrust(core.nowMs()) != null) {
            blocked(active, conditions.automatic(active, this));
            return;
        }
        if (core.phases.is(Phase.ISOLATED) && proved(server)) {
            calm();
            core.facts.forget();
            core.move(Phase.WATCHING, "our own network is back; what was seen meanwhile is forgotten");
            core.lookEverywhere();
            return;
        }
        silence.prove(server, verdictMs);
        if (silence.doubtful(server)) {
            calm();
            core.facts.forgetSilence();
            core.move(Phase.WATCHING, "our own network may have been away; the silence until then is forgotten");
            core.lookEverywhere();
            return;
        }
        final Diagnosis diagnosis = diagnosis(active);
        place.found(diagnosis.kind(), server, verdictMs);
        if (diagnosis.kind() == FaultKind.OWN_NETWORK) {
            core.move(
                    diagnosis.certain() ? Phase.ISOLATED : Phase.DIAGNOSING,
                    diagnosis.certain() ? diagnosis.sentence() : active + " is down: " + said(server));
            if (diagnosis.certain()) {
                held.tell(active, conditions.automatic(active, this), diagnosis.sentence());
            }
        } else if (!diagnosis.certain()
                || silence.unconfirmed(server)
                || !place.counted(server)
                || unheard(core.rules.other(active))) {
            core.move(Phase.DIAGNOSING, active + " is down: " + said(server));
        } else {
            patience(active, diagnosis);
        }
    }

    private void patience(String active, Diagnosis diagnosis) {
        final boolean unreachable = diagnosis.kind() == FaultKind.NETWORK && core.rules.unreachablePings() > 0;
        if (unreachable && core.nowMs() >= nextSetMs && core.nowMs() < unreachableUntilMs()) {
            nextSetMs = core.nowMs() + core.rules.unreachableEveryMs();
            core.lookEverywhere();
        }
        if (unreachable && core.nowMs() < unreachableUntilMs()) {
            core.move(Phase.UNREACHABLE, diagnosis.sentence());
        } else if (core.nowMs() < reconnectUntilMs()) {
            core.move(Phase.RECONNECTING, diagnosis.sentence());
        } else if (silence.asking(core.facts.health(active))) {
            core.move(Phase.DIAGNOSING, active + " is still silent, and everything is asked once more");
        } else {
            act(active, diagnosis);
        }
    }

    private void act(String active, Diagnosis diagnosis) {
        final List<Condition> all = conditions.automatic(active, this);
        if (!Conditions.unmet(all).isEmpty()) {
            blocked(active, all);
            return;
        }
        attempt.begin(
                plan(active, all, diagnosis.sentence()),
                core.facts.health(active).hard(core.nowMs()));
    }

    /** Decisions not to switch that have no record, in words; null: all have. */
    String notRecorded() {
        return held.notRecorded();
    }

    private void blocked(String active, List<Condition> all) {
        core.move(Phase.BLOCKED, String.join("; ", Conditions.unmet(all)));
        held.tell(active, all, diagnosis(active).sentence());
    }

    private Decision plan(String active, List<Condition> all, String diagnosis) {
        return Plans.automatic(core, active, core.rules.other(active), active + " is down", all, diagnosis);
    }

    /** Why a switch that is not past its point of no return is wanted no more; null: it is. */
    String unwanted() {
        final OpenAttempt open = core.kept.open();
        if (!core.phases.is(Phase.DEMOTING) || open.committed()) {
            return null;
        }
        if (open.trigger() == Trigger.DRILL) {
            return new DrillConditions(core, conditions).gone(open.to());
        }
        if (open.trigger() == Trigger.MANUAL) {
            return open.forced() ? null : conditions.gone(open.to());
        }
        if (core.mode() != Mode.AUTO) {
            return core.allowedMode() == Mode.AUTO
                    ? "automatic switching is suspended for maintenance"
                    : "mode is " + core.mode();
        }
        final String elsewhere = Lead.elsewhere(core, open.from());
        if (elsewhere != null) {
            return elsewhere;
        }
        if (unsure() != null) {
            return null;
        }
        final boolean home = open.to().equals(core.kept.home());
        if (!home && core.facts.health(open.from()).health(core.nowMs()) == Health.UP) {
            return open.from() + " answers again";
        }
        if (!home && !proved(core.facts.health(open.from()))) {
            return "it is not proved any more that our own network is well";
        }
        final List<String> unmet = Conditions.unmet(conditions.target(open.to(), 0));
        return unmet.isEmpty() ? null : String.join("; ", unmet);
    }

    /** Why nobody can say now whether a switch is still wanted; null: it can be said. */
    private String unsure() {
        final OpenAttempt open = core.kept.open();
        final String distrust = core.facts.distrust(core.nowMs());
        if (distrust != null) {
            return distrust;
        }
        if (open.trigger() != Trigger.AUTOMATIC) {
            return conditions.wellEnough(open.to()) ? null : "it is not known whether " + open.to() + " is well";
        }
        final Health from = core.facts.health(open.from()).health(core.nowMs());
        final Health to = core.facts.health(open.to()).health(core.nowMs());
        if (to == Health.UNKNOWN) {
            return "nothing is known of " + open.to();
        }
        final boolean home = open.to().equals(core.kept.home());
        return home || from == Health.DOWN || from == Health.UP
                ? null
                : "it is not known whether " + open.from() + " is down";
    }

    /** The old active has stopped: goes on as soon as it can be said that this is still wanted, and not for ever. */
    void goOn() {
        if (!attempt.stopped()) {
            return;
        }
        final OpenAttempt open = core.kept.open();
        final String unsure = open.committed() || open.forced() ? null : unsure();
        if (unsure == null) {
            attempt.select();
        } else if (attempt.doubtfulTooLong()) {
            attempt.abandon(unsure);
        }
    }

    private boolean proved(ServerHealth server) {
        return silence.proved(server, verdictMs);
    }

    /** Whether nothing has answered yet since the look that confirmed the silence. */
    boolean unprovedAgain(ServerHealth server) {
        return silence.unprovedAgain(server);
    }

    Diagnosis diagnosis(String active) {
        final ServerRules rules = core.rules.server(active);
        final ServerHealth server = core.facts.health(active);
        return core.facts
                .diagnoser()
                .diagnose(server, proved(server), rules.netTest(), rules.machine(), verdictMs, core.nowMs());
    }

    /** The server that is to take over was well before the verdict, and has its time to answer once more. */
    private boolean unheard(String to) {
        final ServerHealth health = core.facts.health(to);
        return health.health(core.nowMs()) == Health.UP
                && health.answeredMs() < verdictMs
                && core.nowMs() < verdictMs + Diagnoser.LIMIT_MS;
    }

    /** Silence needs a second witness; what the server said itself needs none. */
    Condition witness(String from) {
        final ServerHealth server = core.facts.health(from);
        if (server.hard(core.nowMs())) {
            return Condition.met("second witness", "not needed: " + said(server));
        }
        final String to = core.rules.other(from);
        final String missing = "silence needs a second witness: its second path, the other server, or a leg";
        if (!silence.confirmed(server)) {
            return Condition.unmet("second witness", "no look since our own network was proved", missing, "wait");
        }
        final boolean path = server.causes(core.nowMs()).stream()
                .anyMatch(each -> each.rules().secondPath());
        if (path) {
            return Condition.met("second witness", "its second path is silent as well");
        }
        if (core.facts.health(to).reachedMs() >= verdictMs) {
            return Condition.met("second witness", to + " answers");
        }
        final boolean legs = core.facts.legsAlive() && !core.facts.dark();
        return Condition.of(legs, "second witness", legs ? "legs of the ACD are alive" : "none", missing, null);
    }

    private String said(ServerHealth server) {
        return server.probes().stream()
                .filter(each -> each.failed() > 0 || each.health(core.nowMs()) == Health.DOWN)
                .map(this::said)
                .reduce((one, two) -> one + "; " + two)
                .orElse("nothing");
    }

    private String said(ProbeWatch probe) {
        return probe.failed() > 0
                ? probe.name() + " " + probe.said() + ", " + probe.failed() + " in a row"
                : probe.name() + " " + Told.said(core, probe);
    }

    /** When time alone changes what is decided. */
    long dueMs() {
        if (verdictMs == 0) {
            return Long.MAX_VALUE;
        }
        final String active = core.kept.active();
        long due = Long.MAX_VALUE;
        for (final long at : new long[] {
            verdictMs + Diagnoser.LIMIT_MS,
            reconnectUntilMs(),
            unreachableUntilMs(),
            nextSetMs < unreachableUntilMs() ? nextSetMs : 0,
            silence.dueMs(core.facts.health(active)),
            core.kept.holdDownUntilMs()
        }) {
            due = at > core.nowMs() ? Math.min(due, at) : due;
        }
        return due;
    }

    Memory memory() {
        return new Memory(verdictMs, nextSetMs, silence.memory(), place.memory(), held.memory());
    }

    void recall(Memory memory) {
        verdictMs = memory.verdictMs;
        nextSetMs = memory.nextSetMs;
        silence.recall(memory.silence);
        place.recall(memory.place);
        held.recall(memory.held);
    }

    record Memory(
            long verdictMs, long nextSetMs, Silence.Memory silence, FaultPlace.Memory place, HeldBook.Memory held) {}
}
