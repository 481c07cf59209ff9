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
            case UNASSIGNED -> switchTo(core, ANY);
            case BLOCKED, UNREACHABLE ->
                core.kept.active() == null ? "tandem why-not" : blocked(core.rules.other(core.kept.active()), core);
            case ISOLATED -> "tandem why-not";
            case SUSPECTING, DIAGNOSING, RECONNECTING -> null;
            case STARTING, DEMOTING, SELECTING, ROLLING_BACK, PROMOTING, PUTTING_BACK -> null;
            case WATCHING -> watching(core);
        };
    }

    /** In mode manual it is for the operator to do what Tandem would do in auto. */
    private static String blocked(String other, Core core) {
        if (core.lead().kind() == Lead.Kind.UNKNOWN) {
            return query(core) + "; then tandem why-not";
        }
        if (isDown(core, other)) {
            return "tandem status; then bring " + core.kept.active() + " or " + other + " back";
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
        if (isDown(core, other)) {
            return "tandem status; then bring " + other + " back: until then nothing protects the site";
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
            final boolean otherFirst = isDown(core, active) && !isDown(core, other);
            return why + "; then " + switchTo(core, otherFirst ? other : active) + ", or "
                    + plain(otherFirst ? active : other);
        }
        final boolean resumes = active != null && core.lead().agreesWith(active);
        return switch (holding.kind()) {
            case POSITIONS_UNKNOWN -> query(core);
            case POSITIONS_ELSEWHERE -> elsewhere(core);
            case RECORD_LOST -> lost(core);
            case SELECT_UNFINISHED ->
                (core.rules.switches().isEmpty() ? why : query(core)) + "; then " + switchTo(core, ANY);
            case SWITCH_FAILED, PROMOTE_FAILED ->
                why + "; then " + switchTo(core, isDown(core, active) ? core.rules.other(active) : ANY)
                        + (resumes ? ", or tandem resume --reason …" : "");
            case STORE_FAILED -> "tandem status; then tandem resume --reason …";
        };
    }

    /** Trunks were moved, and not by a switchover. To adopt what leads to both would end nothing. */
    private static String elsewhere(Core core) {
        final Lead lead = core.lead();
        final String active = core.kept.active();
        if (lead.kind() == Lead.Kind.UNKNOWN) {
            return query(core) + "; then " + switchTo(core, ANY);
        }
        if (active == null) {
            return lead.kind() == Lead.Kind.TO_ONE
                    ? "tandem trunks adopt " + moved(core, null) + ", or " + switchTo(core, ANY)
                    : switchTo(core, ANY);
        }
        final String other = core.rules.other(active);
        if (lead.kind() == Lead.Kind.MIXED) {
            final boolean down = isDown(core, active);
            return switchTo(core, down ? other : active) + ", or " + plain(down ? active : other);
        }
        if (!lead.agreesWith(active)) {
            return "tandem trunks adopt " + moved(core, active) + ", or " + switchTo(core, active);
        }
        final boolean byHand = core.rules.switches().stream()
                .map(each -> core.facts.trunks(each.name()))
                .anyMatch(each -> each != null && each.movedWithoutUs());
        return byHand ? "tandem trunks adopt " + moved(core, active) : "tandem resume --reason …";
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
                        + plain(ANY);
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
        final String first = first(core);
        return (first == null ? "" : first + "; then ") + plain(server);
    }

    private static String plain(String server) {
        return "tandem switch " + server + " --reason …";
    }
}
