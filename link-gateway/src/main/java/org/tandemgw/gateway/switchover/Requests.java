package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What operators ask for: done, or refused with what is missing and the command that helps. */
final class Requests {
    private final Core core;
    private final Attempt attempt;
    private final Conditions conditions;
    private final Maintaining maintaining;

    Requests(Core core, Attempt attempt, Conditions conditions) {
        this.core = core;
        this.attempt = attempt;
        this.conditions = conditions;
        maintaining = new Maintaining(core, this);
    }

    /** Exactly one answer to each. */
    void asked(Event.Asked asked) {
        final Wish wish = asked.wish();
        if (wish instanceof Wish.Switch wanted) {
            switchTo(asked, wanted);
        } else if (wish instanceof Wish.SetMode wanted) {
            mode(asked, wanted.mode());
        } else if (wish instanceof Wish.Resume) {
            resume(asked);
        } else if (wish instanceof Wish.Adopted adopted) {
            adopted(asked, adopted.name());
        } else if (wish instanceof Wish.LiveChecked checked) {
            checked(asked, checked.hash());
        } else if (wish instanceof Wish.Maintain wanted) {
            maintaining.asked(asked, wanted);
        }
    }

    private void switchTo(Event.Asked asked, Wish.Switch wish) {
        if (!core.rules.knows(wish.server())) {
            unknownServer(asked, wish.server());
            return;
        }
        final List<Condition> all = new ArrayList<>(conditions.always());
        final List<String> unmet = new ArrayList<>(Conditions.unmet(all));
        final List<Condition> manual = conditions.manual(wish.server());
        all.addAll(manual);
        if (!wish.force()) {
            unmet.addAll(Conditions.unmet(manual));
        }
        final Decision plan = Plans.manual(core, wish, asked, all);
        if (wish.dryRun()) {
            dryRun(asked, plan, unmet);
        } else if (!unmet.isEmpty()) {
            refuse(asked, plan, unmet);
        } else {
            final Decision begun = attempt.begin(
                    plan, core.facts.health(core.rules.other(wish.server())).hard(core.nowMs()));
            final boolean over = core.kept.open() == null;
            answer(
                    asked,
                    true,
                    "decision " + begun.decision() + (over ? ": " : " has begun: ") + wish.server()
                            + (over ? " is active" : " is to be active") + warning(),
                    null,
                    begun);
        }
    }

    void unknownServer(Event.Asked asked, String server) {
        answer(
                asked,
                false,
                "there is no server " + server,
                "the file has " + core.rules.servers().get(0).name() + " and "
                        + core.rules.servers().get(1).name(),
                null);
    }

    private String warning() {
        final Condition releases = conditions.releases();
        return releases.met() ? "" : "; warning: " + releases.missing() + " (" + releases.value() + ")";
    }

    private void dryRun(Event.Asked asked, Decision plan, List<String> unmet) {
        final boolean would = unmet.isEmpty();
        final Decision answer = plan.opened(0, null, core.now())
                .closed(would ? Outcome.WOULD_SWITCH : Outcome.REFUSED, unmet, List.of(), null, core.now());
        answer(
                asked,
                would,
                would ? "would switch to " + plan.to() + warning() : "would be refused: " + String.join("; ", unmet),
                would ? null : remedy(plan),
                answer);
    }

    private void refuse(Event.Asked asked, Decision plan, List<String> unmet) {
        final Decision refused = plan.opened(core.kept.nextDecision(), null, core.now())
                .closed(Outcome.REFUSED, unmet, List.of(), null, core.now());
        core.act(new Action.Closed(refused));
        core.act(new Action.Hook(HookEvent.REFUSED, refused));
        answer(asked, false, "refused: " + String.join("; ", unmet), remedy(plan), refused);
    }

    /** The command that helps; and force, where that goes over all that is missing without a doubt about where the trunks lead. */
    private static String remedy(Decision plan) {
        final List<Condition> missing =
                plan.conditions().stream().filter(each -> !each.met()).toList();
        final String helps = missing.stream()
                .map(Condition::command)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return helps != null && !plan.forced() && missing.stream().allMatch(Conditions::forcible)
                ? helps + "; if it must be: tandem switch " + plan.to() + " --force --reason …"
                : helps;
    }

    private void mode(Event.Asked asked, Mode wanted) {
        if (wanted == Mode.NONE) {
            answer(asked, false, "none can only be written in the file", "tandem mode held --reason …", null);
            return;
        }
        core.kept.mode(wanted);
        final Mode now = core.mode();
        final Maintenance site = core.kept.maintenance(null);
        final boolean suspended = site != null && core.allowedMode() == Mode.AUTO;
        final String limited = now == wanted
                ? ""
                : suspended
                        ? "; automatic switching is suspended for maintenance"
                        : core.rules.mode().compareTo(wanted) < 0
                                ? "; the file's mode " + core.rules.mode() + " is more careful"
                                : "; auto takes effect once check --live has passed for this configuration";
        answer(
                asked,
                true,
                "the operator's mode is " + wanted + "; in effect: " + now + limited + underWay(now),
                wanted != Mode.AUTO ? null : suspended ? site.off() : Hints.toAuto(core),
                null);
    }

    /** What becomes of a switch that this mode would not have allowed; past its point of no return it is finished in any. */
    String underWay(Mode now) {
        final OpenAttempt open = core.kept.open();
        final boolean against =
                open != null && (now == Mode.HELD || open.trigger() == Trigger.AUTOMATIC && now != Mode.AUTO);
        if (!against) {
            return "";
        }
        final boolean ends = core.phases.is(Phase.DEMOTING) && !open.committed() && !open.forced();
        return "; decision " + open.decision() + " is under way and will be " + (ends ? "given up" : "finished");
    }

    private void resume(Event.Asked asked) {
        if (attempt.open()) {
            answer(asked, false, "a switch is under way", "tandem why", null);
            return;
        }
        final Holding holding = core.kept.holding();
        final String active = core.kept.active();
        if (holding != null && (active == null || !core.lead().agreesWith(active))) {
            answer(
                    asked,
                    false,
                    "cannot resume: "
                            + (active == null
                                    ? "no active server is known"
                                    : core.lead().sentence() + ", and " + active + " is active"),
                    Hints.outOfHolding(core),
                    null);
            return;
        }
        if (core.kept.isUnstarted(active)) {
            answer(
                    asked,
                    false,
                    "cannot resume: " + active + " is in control, but was not told to start with success",
                    Hints.switchTo(core, active),
                    null);
            return;
        }
        final boolean heldDown = core.kept.holdDownUntilMs() > core.nowMs();
        core.kept.holdDownUntilMs(0);
        if (holding != null) {
            core.kept.holding(null);
            core.move(Phase.WATCHING, asked.who() + " resumed: " + asked.why());
        }
        answer(
                asked,
                true,
                (holding != null
                                ? "holding and hold-down are over"
                                : heldDown
                                        ? "hold-down is over"
                                        : "nothing was holding, and no hold-down ran: nothing is changed")
                        + (core.kept.anySpent() ? "; evidence that has had its switch must still clear and recur" : ""),
                null,
                null);
    }

    private void adopted(Event.Asked asked, String name) {
        final Lead lead = core.lead();
        final String active = core.kept.active();
        if (attempt.open()) {
            answer(asked, false, "a switch is under way", "tandem why", null);
            return;
        }
        looked();
        if (lead.kind() != Lead.Kind.TO_ONE) {
            final boolean holds = core.kept.holding() != null;
            answer(
                    asked,
                    !holds,
                    name + " is adopted; " + (holds ? "still holding: " : "") + lead.sentence(),
                    Hints.next(core),
                    null);
        } else if (lead.server().equals(active) && !core.kept.isUnstarted(active)) {
            final boolean ends = core.kept.holding() != null
                    && fromPositions(core.kept.holding().kind());
            if (ends) {
                core.kept.holding(null);
                core.move(Phase.WATCHING, asked.who() + " adopted " + name);
            }
            final boolean holds = core.kept.holding() != null;
            answer(
                    asked,
                    !holds,
                    name + " is adopted; " + lead.sentence()
                            + (holds
                                    ? "; still holding: " + core.kept.holding().why()
                                    : ends ? ", holding is over" : ""),
                    Hints.outOfHolding(core),
                    null);
        } else {
            switchTo(asked, new Wish.Switch(lead.server(), false, false));
        }
    }

    /** Somebody has looked at the only trunk switch: from now on it is not in the way that what was known of it is lost. */
    private void looked() {
        final Holding holding = core.kept.holding();
        if (holding != null
                && holding.kind() == Holding.Kind.RECORD_LOST
                && core.rules.switches().size() == 1) {
            core.kept.holding(new Holding(
                    Holding.Kind.POSITIONS_ELSEWHERE, holding.why(), holding.sinceMs(), holding.decision()));
        }
    }

    private static boolean fromPositions(Holding.Kind kind) {
        return switch (kind) {
            case POSITIONS_UNKNOWN, POSITIONS_ELSEWHERE, RECORD_LOST, SELECT_UNFINISHED -> true;
            case SWITCH_FAILED, PROMOTE_FAILED, STORE_FAILED -> false;
        };
    }

    private void checked(Event.Asked asked, String hash) {
        final boolean same = hash.equals(core.rules.configHash());
        if (same) {
            core.kept.checkedHash(hash);
        }
        answer(
                asked,
                same,
                same ? "checked live; mode in effect: " + core.mode() : "the configuration in force is another one",
                same ? null : "tandem check --live",
                null);
    }

    private void answer(Event.Asked asked, boolean ok, String message, String remedy, Decision decision) {
        core.act(new Action.Answer(asked.request(), ok, message, remedy, decision));
    }
}
