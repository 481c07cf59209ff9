package org.tandemgw.gateway.switchover;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ServerHealth;

/** The command that helps. */
final class Hints {
    private static final String ANY = "SERVER";
    private static final String IN_FILE = "write  mode: %s  below  switchover:  in the file, and restart Tandem";

    private Hints() {}

    /** Null: nothing is to be done. */
    static String next(Core core) {
        return switch (core.phases.phase()) {
            case HOLDING -> outOfHolding(core);
            case UNASSIGNED -> first(core, any(core));
            case BLOCKED, UNREACHABLE ->
                core.kept.active() == null ? "tandem why-not" : blocked(core.rules.other(core.kept.active()), core);
            case ISOLATED -> "tandem why-not";
            case SUSPECTING, DIAGNOSING, RECONNECTING -> null;
            case STARTING, DEMOTING, SELECTING, ROLLING_BACK, PROMOTING, PUTTING_BACK -> null;
            case WATCHING -> watching(core);
        };
    }

    /** A server that is out has to be put back before anybody may switch to it. */
    private static String back(Core core, String server) {
        return "once the work is done: " + core.kept.maintenance(server).off();
    }

    /** In mode manual it is for the operator to do what Tandem would do in auto. */
    private static String blocked(String other, Core core) {
        if (core.lead().kind() == Lead.Kind.UNKNOWN) {
            return query(core) + "; then tandem why-not";
        }
        if (core.kept.isOut(other)) {
            return "tandem status; then bring " + core.kept.active() + " back, or, " + back(core, other);
        }
        if (isDown(core, other)) {
            return "tandem status; then bring " + core.kept.active() + " or " + other + " back";
        }
        if (core.suspended() && core.allowedMode() == Mode.AUTO) {
            return back(core, null) + ", or " + switchTo(core, other);
        }
        final boolean his = core.mode() == Mode.MANUAL && core.standing(other).ready();
        return his ? switchTo(core, other) : "tandem why-not; then, if need be: " + switchTo(core, other);
    }

    private static String watching(Core core) {
        if (core.split()) {
            return switchTo(core, core.kept.active());
        }
        if (core.lead().kind() == Lead.Kind.UNKNOWN) {
            return query(core);
        }
        final String other = core.rules.other(core.kept.active());
        if (core.kept.isOut(other)) {
            return back(core, other);
        }
        if (core.suspended()) {
            return back(core, null);
        }
        if (isDown(core, other)) {
            return "tandem status; then bring " + other + " back: until then nothing protects the site";
        }
        final String drilled = DrillTold.next(core);
        if (drilled != null) {
            return drilled;
        }
        if (core.rules.mode() == Mode.AUTO && !core.checked()) {
            return "tandem check --live";
        }
        if (core.facts.servers().stream().anyMatch(ServerHealth::blind)) {
            return "tandem check --live";
        }
        final String home = core.kept.home();
        final boolean byHand = core.rules.failBack().policy() == FailBack.Policy.MANUAL;
        return byHand && home != null && core.standing(home).ready() ? switchTo(core, home) : null;
    }

    /** What ends the holding; null: it is not holding. */
    static String outOfHolding(Core core) {
        final Holding holding = core.kept.holding();
        if (holding == null) {
            return null;
        }
        final String why = holding.decision() == null ? "tandem why" : "tandem why " + holding.decision();
        final String active = core.kept.active();
        if (core.kept.isUnstarted(active)) {
            final String other = core.rules.other(active);
            return why + "; then "
                    + first(
                            core,
                            isDown(core, active) && !isDown(core, other)
                                    ? way(core, other)
                                    : way(core, active) + ", or " + way(core, other));
        }
        final boolean resumes = active != null && core.lead().agreesWith(active);
        return switch (holding.kind()) {
            case POSITIONS_UNKNOWN -> query(core);
            case POSITIONS_ELSEWHERE -> elsewhere(core);
            case RECORD_LOST -> lost(core);
            case SELECT_UNFINISHED ->
                (core.rules.switches().isEmpty() ? why : query(core)) + "; then " + first(core, any(core));
            case SWITCH_FAILED, PROMOTE_FAILED ->
                why + "; then " + first(core, any(core)) + (resumes ? ", or tandem resume --reason …" : "");
            case STORE_FAILED -> "tandem status; then tandem resume --reason …";
        };
    }

    /** Trunks were moved, and not by a switchover. To adopt what leads to both would end nothing. */
    private static String elsewhere(Core core) {
        final Lead lead = core.lead();
        final String active = core.kept.active();
        if (lead.kind() == Lead.Kind.UNKNOWN) {
            return query(core) + "; then " + first(core, any(core));
        }
        if (active == null) {
            return lead.kind() == Lead.Kind.TO_ONE && !isDown(core, lead.server())
                    ? adopt(core, null, any(core))
                    : first(core, any(core));
        }
        final String other = core.rules.other(active);
        if (lead.kind() == Lead.Kind.MIXED) {
            final boolean down = isDown(core, active);
            return first(core, way(core, down ? other : active) + ", or " + way(core, down ? active : other));
        }
        if (!lead.agreesWith(active)) {
            return isDown(core, other) && !isDown(core, active)
                    ? first(core, way(core, active))
                    : adopt(core, active, way(core, active));
        }
        final boolean byHand = core.rules.switches().stream()
                .map(each -> core.facts.trunks(each.name()))
                .anyMatch(each -> each != null && each.movedWithoutUs());
        return byHand ? "tandem trunks adopt " + moved(core, active) : "tandem resume --reason …";
    }

    /** To take for true where all trunks lead, or another way; to adopt switches to that server, and is refused where a switch is. */
    private static String adopt(Core core, String active, String or) {
        final String server = core.lead().server();
        if (!needsForce(core, server)) {
            return "tandem trunks adopt " + moved(core, active) + ", or " + first(core, or);
        }
        final String by = way(core, server);
        return "tandem status; " + first(core, by + (or.equals(by) || or.contains(ANY) ? "" : ", or " + or));
    }

    /** To switch to this server, by force where nothing but its feed is missing. */
    static String way(Core core, String server) {
        if (core.kept.isOut(server)) {
            return core.kept.maintenance(server).off() + "; then " + plain(server);
        }
        return needsForce(core, server) ? "if it must be: " + forced(server) : plain(server);
    }

    /** Either server, or the one that can take over where the other cannot. */
    private static String any(Core core) {
        final List<String> alive = core.rules.servers().stream()
                .map(ServerRules::name)
                .filter(each -> !isDown(core, each) && !core.kept.isOut(each))
                .toList();
        final List<String> fed =
                alive.stream().filter(each -> !needsForce(core, each)).toList();
        final List<String> fit = fed.isEmpty() ? alive : fed;
        if (fit.size() == 1) {
            return way(core, fit.get(0));
        }
        return fed.isEmpty() && !alive.isEmpty() ? "if it must be: " + forced(ANY) : plain(ANY);
    }

    /** Whether nothing is missing for a switch to this server but its feed: it may never come before somebody logs it in. */
    private static boolean needsForce(Core core, String server) {
        final List<Condition> missing = new Conditions(core)
                .manual(server).stream()
                        .filter(each -> !each.met() && !each.name().equals(Conditions.OPERATORS_MODE))
                        .toList();
        return !missing.isEmpty() && missing.stream().allMatch(Conditions::isFeed);
    }

    private static boolean isDown(Core core, String server) {
        return server != null && core.facts.health(server).health(core.nowMs()) == Health.DOWN;
    }

    /** Nothing is moved before somebody has looked and said so, of each trunk switch. */
    private static String lost(Core core) {
        final String adopt = core.rules.switches().stream()
                .map(each -> "tandem trunks adopt " + each.name())
                .collect(Collectors.joining("; "));
        final String first = first(core);
        return adopt.isEmpty()
                ? switchTo(core, ANY)
                : (first == null ? "" : first + "; ") + adopt + "; then, if another server is to be active: "
                        + plain(ANY) + forcedToo(core);
    }

    /** With several trunk switches to adopt one after the other ends nothing where no server takes its feed. */
    private static String forcedToo(Core core) {
        final boolean needed = core.rules.switches().size() > 1
                && core.rules.servers().stream().allMatch(each -> needsForce(core, each.name()));
        return needed ? ", or " + forced(ANY) : "";
    }

    private static String query(Core core) {
        return "tandem trunks query " + name(core, each -> !Lead.known(core.facts.trunks(each.name())));
    }

    /** The first that does not lead to this server, or was moved by somebody. */
    private static String moved(Core core, String server) {
        return name(core, each -> {
            final Event.TrunksSeen seen = core.facts.trunks(each.name());
            return seen != null && (seen.movedWithoutUs() || !Objects.equals(seen.leadsTo(), server));
        });
    }

    /** The first of which this holds; if of none, the first. */
    private static String name(Core core, Predicate<SwitchRules> which) {
        final List<SwitchRules> all = core.rules.switches();
        return all.stream()
                .filter(which)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(SwitchRules::name)
                .orElse("NAME");
    }

    /** What makes that Tandem may switch by itself; null: it may. The more careful of file and operator counts. */
    static String toAuto(Core core) {
        final Mode operator = core.kept.mode();
        if (core.rules.mode() != Mode.AUTO) {
            return IN_FILE.formatted("auto");
        }
        if (operator != null && operator != Mode.AUTO) {
            return "tandem mode auto --reason …";
        }
        return core.checked() ? null : "tandem check --live";
    }

    /** What has to be done before anybody may switch at all; null: nothing. */
    static String first(Core core) {
        if (core.rules.monitorOnly()) {
            return "restart Tandem without --monitor-only";
        }
        return switch (core.mode()) {
            case NONE -> IN_FILE.formatted("manual");
            case HELD -> "tandem mode manual --reason …";
            case MANUAL, AUTO -> null;
        };
    }

    /** With what an operator has to do before it. */
    static String switchTo(Core core, String server) {
        return first(core, plain(server));
    }

    private static String first(Core core, String then) {
        final String first = first(core);
        return (first == null ? "" : first + "; then ") + then;
    }

    private static String forced(String server) {
        return "tandem switch " + server + " --force --reason …";
    }

    private static String plain(String server) {
        return "tandem switch " + server + " --reason …";
    }
}
