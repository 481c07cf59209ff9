package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Drills: asked for or on the schedule, out to the other server and home again. Each way is a switchover like any other, carried out by {@link Attempt}; what is
 * known of a drill is {@link DrillBook}, and nothing else is remembered here. Home is never forced, and nobody goes out twice.
 */
final class DrillRule {
    /** So often it is begun to go home; one that is given up before anything was moved may be begun again. */
    static final int MOST_TRIES = 3;

    /** It is looked at again so long after something was in the way, if nothing else happens before: away, and on schedule. */
    private static final long LOOK_AGAIN_MS = 1_000;

    private static final long LOOK_AGAIN_AT_SCHEDULE_MS = 10_000;

    private final Core core;
    private final Attempt attempt;
    private final DrillConditions conditions;
    private final DrillSchedule schedule;

    DrillRule(Core core, Attempt attempt, DrillConditions conditions) {
        this.core = core;
        this.attempt = attempt;
        this.conditions = conditions;
        schedule = new DrillSchedule(core.rules.drill(), core.rules.timeZone());
    }

    /** An operator asks for one; exactly one answer. */
    void asked(Event.Asked asked, Wish.Drill wish) {
        final List<Condition> all = conditions.out();
        final List<String> unmet = Conditions.unmet(all);
        final String what = unmet.isEmpty() && !wish.dryRun() ? number() + ", out" : "drill";
        final String why = asked.why() == null || asked.why().isEmpty() ? what : what + ": " + asked.why();
        final Decision plan = Plans.drill(core, conditions.target(), why, asked.who(), all);
        if (wish.dryRun()) {
            answer(
                    asked,
                    unmet.isEmpty()
                            ? "would drill: " + plan.from() + " to " + plan.to() + ", and home"
                            : "would be refused: " + String.join("; ", unmet),
                    plan.opened(0, null, core.now())
                            .closed(
                                    unmet.isEmpty() ? Outcome.WOULD_SWITCH : Outcome.REFUSED,
                                    unmet,
                                    List.of(),
                                    null,
                                    core.now()));
        } else if (!unmet.isEmpty()) {
            final Decision refused = plan.opened(core.kept.nextDecision(), null, core.now())
                    .closed(Outcome.REFUSED, unmet, List.of(), null, core.now());
            core.act(new Action.Closed(refused));
            core.act(new Action.Hook(HookEvent.REFUSED, refused));
            answer(asked, "refused: " + String.join("; ", unmet), refused);
        } else {
            final Decision begun =
                    begin(plan, asked.why(), false, core.kept.drills().slotMs());
            answer(
                    asked,
                    "drill " + core.kept.drills().number() + " has begun, decision " + begun.decision() + ": "
                            + begun.to() + " is to be active, then " + begun.from() + " again",
                    begun);
        }
    }

    private String number() {
        return "drill " + (core.kept.drills().number() + 1);
    }

    private void answer(Event.Asked asked, String message, Decision decision) {
        final boolean ok = decision.outcome() != Outcome.REFUSED;
        final String helps = decision.conditions().stream()
                .filter(each -> !each.met() && each.command() != null)
                .map(Condition::command)
                .findFirst()
                .orElse("tandem status");
        core.act(new Action.Answer(asked.request(), ok, message, ok ? null : helps, decision));
    }

    private Decision begin(Decision plan, String reason, boolean scheduled, long slotMs) {
        final DrillBook book = core.kept.drills();
        final Instant now = utc();
        final Decision begun = attempt.begin(plan, false);
        final Drill drill = new Drill(
                book.number() + 1,
                DrillStage.OUT,
                plan.from(),
                plan.to(),
                reason,
                plan.who(),
                scheduled,
                core.rules.drill().callsAtMost(),
                now,
                begun.decision(),
                begun.epoch(),
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                core.rules.configHash());
        core.kept.drills(book.begun(drill, slotMs));
        core.act(new Action.Drilled(drill));
        return begun;
    }

    /** Goes on with what is under way, or begins what is due. */
    void decide() {
        final Drill open = core.kept.drills().open();
        if (open == null) {
            onSchedule();
            return;
        }
        switch (open.stage()) {
            case OUT -> out(open);
            case AWAY -> away(open);
            case HOME -> home(open);
            case OVER -> throw new IllegalStateException("a drill that is over is not open: " + open);
        }
    }

    /** What ends and what begins is not written down in one step: if that fails, the end stands and the beginning does not. */
    private boolean somethingEnded() {
        return core.actions().stream().anyMatch(Action.Closed.class::isInstance);
    }

    private boolean isOpen(long decision) {
        return core.kept.open() != null && core.kept.open().decision() == decision;
    }

    /** Whether the newest switchover of this drill has made this server the active one, and told it to start. */
    private boolean arrived(Drill drill, String server) {
        return core.kept.switched() == drill.epoch()
                && server.equals(core.kept.active())
                && core.kept.holding() == null
                && !core.kept.isUnstarted(server);
    }

    private void out(Drill drill) {
        if (isOpen(drill.out())) {
            return;
        }
        if (arrived(drill, drill.away())) {
            core.kept.drills(core.kept.drills().with(drill.away(utc())));
            return;
        }
        final boolean gone = drill.away().equals(core.kept.active());
        end(
                drill,
                gone ? DrillVerdict.STAYED : abandoned(drill.out()) ? DrillVerdict.INTERRUPTED : DrillVerdict.FAILED,
                "on the way out: " + because(drill.out()));
    }

    private void away(Drill drill) {
        final String interrupted = interrupted(drill);
        if (interrupted != null) {
            end(drill, DrillVerdict.INTERRUPTED, interrupted);
            return;
        }
        if (core.phases.is(Phase.STARTING)) {
            return; // nobody knows yet where the trunks are
        }
        final List<Condition> all = conditions.home(drill);
        final List<String> unmet = Conditions.unmet(all);
        if (unmet.isEmpty() && !somethingEnded()) {
            final Decision begun = attempt.begin(
                    Plans.drill(
                            core,
                            drill.home(),
                            "drill " + drill.number() + ", home: " + drill.reason(),
                            drill.who(),
                            all),
                    false);
            core.kept.drills(core.kept.drills().with(drill.goingHome(begun.decision(), begun.epoch())));
            home(core.kept.drills().open()); // it may have no steps
        } else if (!unmet.isEmpty() && core.facts.utcMs(core.nowMs()) >= homeUntilMs(drill)) {
            end(
                    drill,
                    DrillVerdict.STAYED,
                    "what the way home needs did not come within "
                            + core.rules.drill().homeWithinMs() / 1_000 + " s: " + String.join("; ", unmet));
        }
    }

    private long homeUntilMs(Drill drill) {
        return drill.awayAt().toEpochMilli() + core.rules.drill().homeWithinMs();
    }

    /** What ends the drill before home was begun; null: nothing. */
    private String interrupted(Drill drill) {
        if (!Objects.equals(core.rules.configHash(), drill.configHash())) {
            return "the configuration was changed in the middle of it";
        }
        final OpenAttempt other = core.kept.open();
        if (other != null) {
            return "decision " + other.decision() + " began meanwhile, " + other.trigger() + ", by " + other.who()
                    + ": " + other.reason();
        }
        if (core.kept.epoch() != drill.epoch() || !drill.away().equals(core.kept.active())) {
            return "something else was decided meanwhile;  tandem why --list";
        }
        final Holding holding = core.kept.holding();
        if (holding != null && holding.kind() != Holding.Kind.POSITIONS_UNKNOWN) {
            return holding.why();
        }
        return core.phases.is(Phase.BLOCKED) ? drill.away() + " is down, and nobody may take over by itself" : null;
    }

    private void home(Drill drill) {
        if (isOpen(drill.back())) {
            return;
        }
        final boolean there = drill.away().equals(core.kept.active());
        if (arrived(drill, drill.home())) {
            end(drill, DrillVerdict.PASSED, null);
        } else if (there && core.kept.holding() == null && abandoned(drill.back()) && drill.tries() < MOST_TRIES) {
            core.kept.drills(core.kept.drills().with(drill.away(utc())));
        } else {
            end(drill, there ? DrillVerdict.STAYED : DrillVerdict.FAILED, "on the way home: " + because(drill.back()));
        }
    }

    /** How this decision ended, if that is told in this step; null: it was not. */
    private Decision closed(long decision) {
        return core.actions().stream()
                .filter(Action.Closed.class::isInstance)
                .map(each -> ((Action.Closed) each).decision())
                .filter(each -> each.decision() == decision)
                .findFirst()
                .orElse(null);
    }

    private boolean abandoned(long decision) {
        final Decision closed = closed(decision);
        return closed != null && closed.outcome() == Outcome.ABANDONED;
    }

    private String because(long decision) {
        final Decision closed = closed(decision);
        final Holding holding = core.kept.holding();
        final String why = closed == null || closed.refusedBecause().isEmpty()
                ? holding == null ? "it did not succeed" : holding.why()
                : closed.refusedBecause().stream().collect(Collectors.joining("; "));
        return "decision " + decision + ": " + why;
    }

    private void end(Drill drill, DrillVerdict how, String why) {
        final String active = core.kept.active();
        final Drill over = drill.over(how, why, active, utc());
        core.kept.drills(core.kept.drills().with(over));
        if (active != null && active.equals(core.kept.home()) && core.kept.open() == null) {
            core.kept.home(null); // it is there: nobody has to go back to it
        }
        core.act(new Action.Drilled(over));
    }

    private void onSchedule() {
        if (!core.rules.drill().scheduled()) {
            core.kept.drills(core.kept.drills().by(null, 0));
            return;
        }
        if (core.rules.monitorOnly() || core.facts.clockSuspect() != null) {
            return;
        }
        final long nowMs = core.facts.utcMs(core.nowMs());
        final DrillBook book =
                core.kept.drills().notAfter(nowMs).by(core.rules.drill().schedule(core.rules.timeZone()), nowMs);
        core.kept.drills(book);
        final long slotMs = schedule.nextMs(core.kept.drills());
        if (nowMs < slotMs || core.phases.is(Phase.STARTING)) {
            return;
        }
        final List<Condition> all = conditions.scheduled();
        final List<String> unmet = Conditions.unmet(all);
        if (nowMs >= slotMs + core.rules.drill().withinMs()) {
            skip(schedule.newestOverMs(nowMs), unmet);
        } else if (unmet.isEmpty() && !somethingEnded()) {
            begin(
                    Plans.drill(core, conditions.target(), number() + ", out: on schedule", Plans.TANDEM, all),
                    "on schedule",
                    true,
                    slotMs);
        } else if (book.triedMs() != slotMs) {
            core.kept.drills(core.kept.drills().tries(slotMs));
        }
    }

    private void skip(long slotMs, List<String> unmet) {
        final DrillBook book = core.kept.drills();
        final boolean wanted = book.triedMs() == slotMs && !unmet.isEmpty();
        final String active = core.kept.active();
        final Drill skipped = new Drill(
                book.number() + 1,
                DrillStage.OVER,
                active,
                conditions.target(),
                "on schedule",
                Plans.TANDEM,
                true,
                core.rules.drill().callsAtMost(),
                Instant.ofEpochMilli(slotMs),
                0,
                0,
                null,
                0,
                0,
                utc(),
                DrillVerdict.SKIPPED,
                wanted
                        ? String.join("; ", unmet)
                        : "nothing was in its way at the end, but Tandem did not run or could not trust its clock then",
                active,
                null);
        core.kept.drills(book.skips(skipped, slotMs));
        core.act(new Action.Drilled(skipped));
    }

    private Instant utc() {
        return Instant.ofEpochMilli(core.facts.utcMs(core.nowMs()));
    }

    /** When it is to be looked at again. */
    long dueMs() {
        final Drill open = core.kept.drills().open();
        final long aheadMs = core.facts.utcMs(core.nowMs()) - core.nowMs();
        if (open != null && open.stage() == DrillStage.AWAY) {
            final long untilMs = homeUntilMs(open) - aheadMs;
            return Math.max(core.nowMs() + 1, Math.min(untilMs, core.nowMs() + LOOK_AGAIN_MS));
        }
        if (open != null
                || !core.rules.drill().scheduled()
                || core.kept.drills().sinceMs() == 0) {
            return Long.MAX_VALUE;
        }
        final long slotMs = schedule.nextMs(core.kept.drills()) - aheadMs;
        final long overdueMs = schedule.overdueMs(core.kept.drills()) - aheadMs;
        final long endMs = slotMs + core.rules.drill().withinMs();
        final long againMs = core.nowMs() + LOOK_AGAIN_AT_SCHEDULE_MS;
        final long nextMs = slotMs > core.nowMs() ? slotMs : endMs > core.nowMs() ? Math.min(endMs, againMs) : againMs;
        return overdueMs > core.nowMs() ? Math.min(nextMs, overdueMs) : nextMs;
    }

    /** For status and alarms. */
    DrillView view() {
        final DrillBook book = core.kept.drills();
        final Drill open = book.open();
        final boolean scheduled = core.rules.drill().scheduled() && book.sinceMs() > 0;
        final long nowMs = core.facts.utcMs(core.nowMs());
        final long overdueMs = scheduled ? schedule.overdueMs(book) : Long.MAX_VALUE;
        final boolean waits = open != null && open.stage() == DrillStage.AWAY && !core.phases.is(Phase.STARTING);
        return new DrillView(
                book.newest(),
                book.skipped(),
                book.passedMs() == 0 ? null : Instant.ofEpochMilli(book.passedMs()),
                scheduled ? Instant.ofEpochMilli(schedule.nextMs(book)) : null,
                nowMs >= overdueMs ? Instant.ofEpochMilli(overdueMs) : null,
                waits ? Conditions.unmet(conditions.home(open)) : List.of());
    }
}
