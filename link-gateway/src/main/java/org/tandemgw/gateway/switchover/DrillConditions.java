package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Health;

/** What must hold before a drill goes out, and before it goes home: all that a switch needs, and what practice may not risk. Looks, decides nothing. */
final class DrillConditions {
    private final Core core;
    private final Conditions conditions;

    DrillConditions(Core core, Conditions conditions) {
        this.core = core;
        this.conditions = conditions;
    }

    /** Who would take over; null: nobody is known to be active. */
    String target() {
        return core.kept.active() == null ? null : core.rules.other(core.kept.active());
    }

    /** What a drill that an operator asks for needs. Nothing overrides any of it. */
    List<Condition> out() {
        if (core.kept.active() == null) {
            return conditions.nobodyActive();
        }
        final List<Condition> all = new ArrayList<>(conditions.always());
        final Drill open = core.kept.drills().open();
        all.add(Condition.of(
                open == null,
                "no other drill",
                open == null ? "none" : "drill " + open.number() + ", " + open.stage(),
                "a drill is under way",
                "tandem drill show"));
        both(all, target());
        return all;
    }

    /** What one on the schedule needs. */
    List<Condition> scheduled() {
        final List<Condition> all = new ArrayList<>(out());
        all.add(Condition.of(
                core.mode() == Mode.AUTO,
                "mode",
                core.mode().toString(),
                "only in mode auto does Tandem begin a drill by itself",
                Hints.toAuto(core)));
        final long leftMs = Math.max(0, core.kept.holdDownUntilMs() - core.nowMs());
        all.add(Condition.of(
                leftMs == 0,
                "hold-down",
                leftMs == 0 ? "over" : (leftMs + 999) / 1_000 + " s left",
                "the last automatic switch was too recent",
                "tandem resume --reason …"));
        all.add(conditions.releases());
        return all;
    }

    /** What the way home of this drill needs. */
    List<Condition> home(Drill drill) {
        final List<Condition> all = new ArrayList<>(conditions.always());
        both(all, drill.home());
        final long leftMs = drill.awayAt().toEpochMilli() + Standing.PROOF_MS - core.facts.utcMs(core.nowMs());
        final boolean over = leftMs <= 0 || leftMs > Standing.PROOF_MS; // a clock that was set back is not waited for
        all.add(Condition.of(
                over,
                "proof since the way out",
                over ? "over" : leftMs + " ms left",
                drill.home() + " was left less than " + Standing.PROOF_MS / 1_000 + " s ago",
                "wait"));
        if (core.lastSelectMs == 0) {
            all.add(dwell(drill));
        }
        return all;
    }

    /** Of relays that a run before has moved: this one has not seen it. */
    private Condition dwell(Drill drill) {
        final long dwellMs = core.rules.switches().stream()
                .mapToLong(SwitchRules::dwellMs)
                .max()
                .orElse(0);
        final long leftMs = drill.awayAt().toEpochMilli() + dwellMs - core.facts.utcMs(core.nowMs());
        return Condition.of(
                leftMs <= 0,
                "dwell since the way out",
                leftMs <= 0 ? "over" : leftMs + " ms left",
                "the relays were moved less than " + dwellMs + " ms ago",
                "wait");
    }

    private void both(List<Condition> all, String to) {
        all.addAll(conditions.manual(to));
        conditions.suspended(all);
        final String from = core.rules.other(to);
        final Health health = core.facts.health(from).health(core.nowMs());
        final boolean unwatched = core.facts.health(from).probes().isEmpty();
        all.add(Condition.of(
                unwatched || health == Health.UP,
                "health of " + from,
                unwatched ? "not watched, it has no probes" : health.toString(),
                from + " is active and not well, and this is no time to practise",
                "tandem status"));
        all.add(Condition.of(
                core.standing(to).ready(),
                "standby",
                core.standing(to).ready() ? to + " has proved itself" : "not proved yet",
                to + " has not been well and at parity for " + Standing.PROOF_MS / 1_000 + " s",
                "tandem status"));
        final Holding holding = core.kept.holding();
        all.add(Condition.of(
                holding == null,
                "nothing left undecided",
                holding == null ? "nothing" : holding.why(),
                "an operator has to decide it first",
                Hints.outOfHolding(core)));
        all.add(Condition.of(
                core.phases.is(Phase.WATCHING) && !core.facts.diagnoser().gatewaysLost(),
                "a quiet site",
                core.phases.phase().sentence(),
                core.facts.diagnoser().gatewaysLost()
                        ? "our own network is lost"
                        : core.phases.phase().sentence(),
                "tandem status"));
        final String distrust = core.facts.distrust(core.nowMs());
        all.add(Condition.of(
                distrust == null,
                "Tandem itself",
                distrust == null ? "clock and threads are well" : distrust,
                "what Tandem sees is not to be trusted now",
                "tandem alarms"));
        all.add(calls());
    }

    /** Practice cuts nobody off: what is not counted may be anything. */
    private Condition calls() {
        final int most = core.rules.drill().callsAtMost();
        final int now = core.facts.calls();
        return Condition.of(
                now >= 0 && now <= most,
                "calls",
                now < 0 ? "not known" : now + " up, at most " + most + " allowed",
                now < 0
                        ? "how many calls are up is not known, and a drill may cut them"
                        : now + " calls are up, and switchover.drill.calls-at-most is " + most,
                now < 0 ? "tandem status; then tandem calls" : "wait, and try again; tandem calls");
    }

    /** Why a drill that has told a server to stop is to be given up before anything is moved; null: nothing has come up. */
    String gone(String to) {
        final Condition calls = calls();
        final String gone = conditions.gone(to);
        return gone != null ? gone : calls.met() || core.facts.calls() < 0 ? null : calls.missing();
    }
}
