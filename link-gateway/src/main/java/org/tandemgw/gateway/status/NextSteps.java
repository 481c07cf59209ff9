package org.tandemgw.gateway.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.status.GatewayStatus.Acd;
import org.tandemgw.gateway.status.GatewayStatus.Leg;
import org.tandemgw.gateway.status.GatewayStatus.TrunkSwitch;

/** What an operator should type next, from the picture alone: for everything that waits for a person. Pure; any thread. */
public final class NextSteps {
    /**
     * One step.
     *
     * @param command what to type
     * @param why one sentence
     */
    public record Step(String command, String why) {}

    private NextSteps() {}

    /** The steps, the most urgent first; empty if nothing waits for anybody. */
    public static List<Step> of(GatewayStatus status) {
        final List<Step> steps = new ArrayList<>();
        if (status.disk().state() == DiskState.PAUSED || status.disk().state() == DiskState.CRITICAL) {
            steps.add(new Step("df -h", "the disk is " + status.disk().state() + ": make room below the data folder"));
        }
        for (final Acd acd : status.acds()) {
            if (acd.paused()) {
                steps.add(new Step("tandem acd resume " + acd.name(), acd.name() + " is paused"));
            }
            for (final Leg leg : acd.legs()) {
                if (leg.state() == LegState.BUSIED_OUT) {
                    steps.add(new Step(
                            "tandem leg release " + acd.name() + " " + leg.leg(),
                            "leg " + leg.leg() + " of " + acd.name() + " is busied out"));
                }
            }
        }
        status.switches().forEach(each -> trunkSwitch(each, status, steps));
        for (final Alarm alarm : status.alarms()) {
            if (alarm.name().latched() && alarm.acknowledged() == null) {
                steps.add(new Step(
                        "tandem alarms ack " + alarm.number() + " --reason TEXT",
                        alarm.name() + " on " + alarm.object() + " stays until both legs have run for 10 s, or this"));
            }
        }
        if (status.next() != null
                && steps.stream().noneMatch(step -> status.next().startsWith(step.command()))) {
            steps.add(
                    0,
                    new Step(
                            status.next(),
                            "the site is " + status.state()
                                    + (status.because().isEmpty() ? "" : ", because of what stands above")));
        }
        story(status).ifPresent(steps::add);
        return steps;
    }

    /** Where deciding has come to a stop, or is about to act, its story comes last: it explains, and mends nothing. */
    private static Optional<Step> story(GatewayStatus status) {
        return switch (status.state()) {
            case HOLDING, SWITCHING ->
                status.decision() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Step("tandem why", "the newest decision, " + status.decision() + ", on one page"));
            case ISOLATED, SUSPECTING, DIAGNOSING, RECONNECTING ->
                Optional.of(new Step("tandem why-not", "what an automatic switch still needs"));
            default -> Optional.empty();
        };
    }

    private static void trunkSwitch(TrunkSwitch trunk, GatewayStatus status, List<Step> steps) {
        final String name = trunk.name();
        if (trunk.reach() == null) {
            return; // of another version
        }
        if (status.state() == SiteState.SWITCHING) {
            return; // nobody touches a box that is being ordered
        }
        switch (trunk.reach()) {
            case "unconfirmed" ->
                steps.add(new Step(
                        "tandem check",
                        name + " is not confirmed: write  confirmed: \"DATE NAME\"  once you have seen the box"));
            case "reachable", "notAsked" -> {
                // Whatever is wrong with its cards is said below.
            }
            case "notUnderstood" ->
                steps.add(new Step(
                        "tandem profiles show " + trunk.boxProfile(),
                        name + " answers what this profile does not know: " + trunk.reachWhy()
                                + "; compare before you ask again"));
            default -> {
                final String hint = TrunkHints.of(trunk.reach(), trunk.path(), trunk.boxProfile());
                steps.add(new Step(
                        "tandem trunks query " + name,
                        name + " is " + trunk.reach() + ": " + trunk.reachWhy()
                                + (hint == null ? "" : "; first: " + hint)));
            }
        }
        if (trunk.reach().equals("unconfirmed")) {
            return;
        }
        final boolean decided = status.state() == SiteState.HOLDING
                || status.next() != null && status.next().contains("tandem switch ");
        if (decided && (trunk.movedWithoutUs() || trunk.position().equals("mixed"))) {
            return; // what ends it, whoever decides knows best
        }
        if (trunk.movedWithoutUs()) {
            steps.add(new Step(
                    "tandem trunks adopt " + name,
                    "cards of " + name + " moved without an order; or  tandem trunks select " + name
                            + " A|B  to move them back"));
        } else if (trunk.position().equals("mixed")) {
            steps.add(new Step("tandem trunks select " + name + " A|B", "the cards of " + name + " differ"));
        } else if (trunk.position().equals("unknown") && trunk.reach().equals("reachable")) {
            steps.add(new Step("tandem trunks query " + name, "not every card of " + name + " could be read"));
        }
    }
}
