package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ServerHealth;

/** The command that helps. */
final class Hints {
    private Hints() {}

    /** Null: nothing is to be done. */
    static String next(Core core) {
        return switch (core.phases.phase()) {
            case HOLDING -> outOfHolding(core);
            case UNASSIGNED -> "tandem switch SERVER --reason …";
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
        final boolean his = core.mode() == Mode.MANUAL && core.standing(other).ready();
        return his ? switchTo(other) : "tandem why-not; then, if need be: " + switchTo(other);
    }

    private static String watching(Core core) {
        if (core.split()) {
            return switchTo(core.kept.active());
        }
        final String other = core.rules.other(core.kept.active());
        if (core.facts.health(other).health(core.nowMs()) == Health.DOWN) {
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
        return byHand && home != null && core.standing(home).ready() ? switchTo(home) : null;
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
            return why + "; then " + switchTo(active) + ", or " + switchTo(core.rules.other(active));
        }
        final String name = core.rules.switches().isEmpty()
                ? "NAME"
                : core.rules.switches().get(0).name();
        return switch (holding.kind()) {
            case POSITIONS_UNKNOWN -> "tandem trunks query " + name;
            case POSITIONS_ELSEWHERE -> "tandem trunks adopt " + name + ", or tandem switch SERVER --reason …";
            case SELECT_UNFINISHED ->
                core.rules.switches().isEmpty()
                        ? why + "; then tandem switch SERVER --reason …"
                        : "tandem trunks query " + name + "; then tandem switch SERVER --reason …";
            case SWITCH_FAILED, PROMOTE_FAILED ->
                why + "; then tandem switch SERVER --reason …, or tandem resume --reason …";
            case STORE_FAILED -> "tandem status; then tandem resume --reason …";
        };
    }

    static String switchTo(String server) {
        return "tandem switch " + server + " --reason …";
    }
}
