package org.tandemgw.gateway.decision;

import java.time.Instant;
import java.util.List;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FenceHeld;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Trigger;

/** Rules and decisions to be kept and told. */
public final class Decisions {
    static final Instant VERDICT = Instant.parse("2026-11-21T02:12:45.310Z");
    static final String EAST = "cms-east";
    static final String WEST = "cms-west";

    private Decisions() {}

    static SwitchoverRules rules() {
        return new SwitchoverRules(
                "hq-east",
                Mode.AUTO,
                List.of(server(EAST, "10.1.1.21", "10.1.1.20"), server(WEST, "10.2.1.21", "10.2.1.20")),
                List.of("10.1.1.1", "10.2.1.1"),
                FencePolicy.TRUNK_SWITCH,
                1_000,
                3,
                10_000,
                new RestartRules(2, 2, 300_000),
                600_000,
                FailBack.NEVER,
                EAST,
                List.of(new SwitchRules("trunks", OnPartial.HOLD, 4, 60_000, 10_000)),
                false,
                false,
                "0123456789abcdef",
                "Europe/Berlin");
    }

    /** After somebody has edited the file: another hash, another reconnect, manual. */
    static SwitchoverRules otherRules() {
        final SwitchoverRules was = rules();
        return new SwitchoverRules(
                was.site(),
                Mode.MANUAL,
                was.servers(),
                was.gateways(),
                was.fence(),
                60_000,
                was.unreachablePings(),
                was.unreachableEveryMs(),
                was.restarts(),
                was.holdDownMs(),
                was.failBack(),
                was.initial(),
                was.switches(),
                was.monitorOnly(),
                was.skewAllowed(),
                "fedcba9876543210",
                was.timeZone());
    }

    private static ServerRules server(String name, String netTest, String machine) {
        return new ServerRules(
                name,
                List.of(
                        new ProbeRules("app", 1_000, 500, 3, 200, true, false),
                        new ProbeRules("host", 1_000, 500, 3, 200, false, true)),
                10_000,
                10_000,
                "21",
                netTest,
                machine);
    }

    /** As it begins. */
    public static Decision opened(long number) {
        return decision(number, null, List.of(), List.of(), null, null);
    }

    /** Four cards, promoted. */
    static Decision switched(long number) {
        return decision(
                number,
                Outcome.SWITCHED,
                List.of(),
                List.of(
                        step("demote", EAST, null, null, 2, 118.0, "failed", "no answer within 10 s"),
                        step("select", null, "trunks", 1, 120, 41.2, "MOVED", null),
                        step("select", null, "trunks", 2, 161, 40.9, "MOVED", null),
                        step("select", null, "trunks", 3, 202, 44.0, "MOVED", null),
                        step("select", null, "trunks", 4, 246, 3.1, "ALREADY_THERE", null),
                        step("promote", WEST, null, null, 250, 812.0, "ok", "listener is up")),
                FenceHeld.TRUNK_SWITCH,
                VERDICT.plusMillis(1_062));
    }

    static Decision refused(long number) {
        return decision(
                number,
                Outcome.REFUSED,
                List.of("feeds of cms-west: acd1 is not connected", "health of cms-west: probe app is down"),
                List.of(),
                null,
                VERDICT);
    }

    static Decision decision(
            long number,
            Outcome outcome,
            List<String> refusedBecause,
            List<Decision.StepLine> steps,
            FenceHeld fence,
            Instant closedAt) {
        return new Decision(
                number,
                outcome == Outcome.REFUSED ? null : number + 3,
                EAST,
                WEST,
                Trigger.AUTOMATIC,
                "cms-east is down: probe app was refused 3 times",
                "tandem",
                false,
                outcome,
                refusedBecause,
                conditions(refusedBecause.isEmpty()),
                "the service on cms-east: its machine 10.1.1.20 answers, its port refuses",
                List.of(new Decision.EvidenceLine(
                        VERDICT.minusMillis(400), "probe cms-east/app", "refused: connection refused")),
                steps,
                fence,
                12,
                VERDICT,
                closedAt);
    }

    static List<Condition> conditions(boolean met) {
        return List.of(
                new Condition("mode in effect", true, "auto", null, null),
                new Condition(
                        "feeds of cms-west",
                        met,
                        met ? "connected, at parity" : "not connected",
                        met ? null : "acd1 is not connected",
                        met ? null : "tandem status"),
                new Condition(
                        "health of cms-west",
                        met,
                        met ? "up" : "down",
                        met ? null : "probe app is down",
                        met ? null : "tandem status --watch"),
                new Condition("release", true, "both 21", null, null));
    }

    public static DecisionRecord record(Decision decision) {
        return new DecisionRecord(
                DecisionRecord.FORMAT, "1.0.0", decision, opened(decision.decision()), rules(), List.of());
    }

    private static Decision.StepLine step(
            String step,
            String server,
            String name,
            Integer card,
            int afterMs,
            Double ms,
            String outcome,
            String said) {
        return new Decision.StepLine(step, server, name, card, VERDICT.plusMillis(afterMs), ms, outcome, said);
    }
}
