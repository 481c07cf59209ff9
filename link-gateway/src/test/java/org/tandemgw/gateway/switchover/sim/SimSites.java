package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Sites that Tandem itself is tried at. */
final class SimSites {
    private SimSites() {}

    /** The site that the manual shows, in mode auto. */
    static SimSite reference() {
        return site(
                rules(
                        List.of(
                                server("cms-east", 10_000, 10_000, true, true),
                                server("cms-west", 10_000, 10_000, true, true)),
                        List.of("gateway-1", "gateway-2"),
                        FencePolicy.TRUNK_SWITCH,
                        5_000,
                        3,
                        10_000,
                        600_000,
                        FailBack.NEVER,
                        List.of(new SwitchRules("trunks", OnPartial.HOLD, 4, 20_000, 10_000))),
                2,
                false,
                List.of(0, 1),
                false);
    }

    /** Any site that the file allows, more often a small one. */
    static SimSite random(Dice dice) {
        int nets = dice.oneIn(3) ? 1 : 2;
        boolean witnesses = !dice.oneIn(6);
        List<String> gateways = new ArrayList<>();
        for (int net = 0; net < nets && witnesses; net++) {
            gateways.add("gateway-" + (net + 1));
        }
        int boxes = dice.oneIn(5) ? 0 : dice.oneIn(4) ? 2 : 1;
        FencePolicy fence = boxes > 0
                ? dice.oneIn(5) ? FencePolicy.DEMOTE : FencePolicy.TRUNK_SWITCH
                : dice.oneIn(3) ? FencePolicy.NONE : FencePolicy.DEMOTE;
        long demoteMs = fence == FencePolicy.DEMOTE || dice.oneIn(2) ? dice.between(1_000, 10_000) : 0;
        long promoteMs = dice.oneIn(4) ? 0 : dice.between(1_000, 10_000);
        List<ServerRules> servers = new ArrayList<>();
        for (String name : new String[] {"east", "west"}) {
            servers.add(randomServer(dice, name, promoteMs, demoteMs, witnesses && !dice.oneIn(4)));
        }
        List<SwitchRules> switches = new ArrayList<>();
        for (int box = 0; box < boxes; box++) {
            switches.add(new SwitchRules(
                    "trunks-" + (box + 1),
                    dice.of(OnPartial.values()),
                    1 + dice.below(4),
                    dice.between(8_000, 20_000),
                    dice.of(0L, 2_000L, 10_000L)));
        }
        SwitchoverRules rules = rules(
                servers,
                gateways,
                fence,
                dice.of(0L, 500L, 2_000L, 5_000L),
                dice.of(-1, 0, 1, 3),
                dice.between(1_000, 5_000),
                dice.of(30_000L, 60_000L, 600_000L),
                failBack(dice),
                switches);
        boolean carry = dice.oneIn(3);
        List<Integer> mainNet = List.of(0, nets == 1 || dice.oneIn(2) ? 0 : 1);
        return site(rules, nets, carry, mainNet, dice.oneIn(4));
    }

    /** The same place after somebody has changed the file: one to three of the keys that a running site takes. */
    static SimSite changed(SimSite site, Dice dice) {
        SimSite now = site;
        for (int i = dice.below(3); i >= 0; i--) {
            now = changedOnce(now, dice);
        }
        return now;
    }

    private static SimSite changedOnce(SimSite site, Dice dice) {
        SwitchoverRules r = site.rules();
        boolean demotes = r.servers().stream().allMatch(each -> each.demoteMs() > 0);
        FencePolicy fence = r.fence();
        long reconnectMs = r.reconnectMs();
        int pings = r.unreachablePings();
        long pingsEveryMs = r.unreachableEveryMs();
        long holdDownMs = r.holdDownMs();
        FailBack failBack = r.failBack();
        String hash = r.configHash();
        boolean skewAllowed = r.skewAllowed();
        List<ServerRules> servers = r.servers();
        List<SwitchRules> switches = r.switches();
        RestartRules restarts = r.restarts();
        switch (dice.below(10)) {
            case 0 -> reconnectMs = dice.of(0L, 500L, 2_000L, 5_000L);
            case 1 -> {
                pings = dice.of(-1, 0, 1, 3);
                pingsEveryMs = dice.between(1_000, 5_000);
            }
            case 2 -> holdDownMs = dice.of(30_000L, 60_000L, 600_000L);
            case 3 -> failBack = failBack(dice);
            case 4 -> hash = "c0ffee" + dice.below(4);
            case 5 -> skewAllowed = dice.oneIn(2);
            case 6 ->
                switches = switches.stream()
                        .map(each -> new SwitchRules(
                                each.name(),
                                dice.of(OnPartial.values()),
                                each.cards(),
                                each.selectMs(),
                                each.dwellMs()))
                        .toList();
            case 7 -> restarts = new RestartRules(1 + dice.below(3), 1 + dice.below(4), 300_000);
            case 8 ->
                fence = fence == FencePolicy.NONE || !demotes || switches.isEmpty()
                        ? fence
                        : fence == FencePolicy.DEMOTE ? FencePolicy.TRUNK_SWITCH : FencePolicy.DEMOTE;
            default ->
                servers = servers.stream().map(each -> changed(each, dice)).toList();
        }
        return site.with(new SwitchoverRules(
                r.site(),
                r.mode(),
                servers,
                r.gateways(),
                fence,
                reconnectMs,
                pings,
                pingsEveryMs,
                restarts,
                holdDownMs,
                failBack,
                r.initial(),
                switches,
                r.monitorOnly(),
                skewAllowed,
                hash,
                r.timeZone()));
    }

    private static ServerRules changed(ServerRules server, Dice dice) {
        List<ProbeRules> probes = server.probes().stream()
                .map(each -> new ProbeRules(
                        each.name(),
                        each.everyMs(),
                        dice.oneIn(2) ? each.timeoutMs() : dice.of(200L, each.everyMs() / 2, each.everyMs() - 100),
                        1 + dice.below(4),
                        dice.of(100L, 200L, 1_000L),
                        each.secondPath(),
                        each.machine()))
                .toList();
        return new ServerRules(
                server.name(),
                probes,
                server.promoteMs() == 0 ? 0 : dice.between(1_000, 10_000),
                server.demoteMs() == 0 ? 0 : dice.between(1_000, 10_000),
                server.release(),
                server.netTest(),
                server.machine());
    }

    private static FailBack failBack(Dice dice) {
        return switch (dice.below(8)) {
            case 0 -> new FailBack(FailBack.Policy.IDLE, 0, 0);
            case 1 -> new FailBack(FailBack.Policy.MANUAL, 0, 0);
            case 2 -> new FailBack(FailBack.Policy.WINDOW, 120, 240);
            default -> FailBack.NEVER;
        };
    }

    private static ServerRules randomServer(Dice dice, String name, long promoteMs, long demoteMs, boolean witnesses) {
        long everyMs = dice.of(500L, 1_000L, 2_000L);
        List<ProbeRules> probes = new ArrayList<>();
        probes.add(new ProbeRules(
                "app",
                everyMs,
                dice.of(200L, everyMs / 2, everyMs - 100),
                1 + dice.below(4),
                dice.of(100L, 200L, 1_000L),
                dice.oneIn(2),
                false));
        if (dice.oneIn(3)) {
            probes.add(new ProbeRules("host", 1_000, 500, 3, 200, false, true));
        }
        return new ServerRules(
                name,
                probes,
                promoteMs,
                demoteMs,
                dice.oneIn(2) ? "R21" : null,
                witnesses ? "neighbour-" + name : null,
                witnesses || dice.oneIn(2) ? "machine-" + name : null);
    }

    private static ServerRules server(
            String name, long promoteMs, long demoteMs, boolean secondPath, boolean witnesses) {
        return new ServerRules(
                name,
                List.of(
                        new ProbeRules("app", 1_000, 500, 3, 200, secondPath, false),
                        new ProbeRules("host", 1_000, 500, 3, 200, false, true)),
                promoteMs,
                demoteMs,
                "R21",
                witnesses ? "neighbour-" + name : null,
                witnesses ? "machine-" + name : null);
    }

    private static SwitchoverRules rules(
            List<ServerRules> servers,
            List<String> gateways,
            FencePolicy fence,
            long reconnectMs,
            int pings,
            long pingsEveryMs,
            long holdDownMs,
            FailBack failBack,
            List<SwitchRules> switches) {
        return new SwitchoverRules(
                "simulated",
                Mode.AUTO,
                servers,
                gateways,
                fence,
                reconnectMs,
                pings,
                pingsEveryMs,
                new RestartRules(2, 2, 300_000),
                holdDownMs,
                failBack,
                servers.get(0).name(),
                switches,
                false,
                false,
                "c0ffee",
                "UTC");
    }

    private static SimSite site(
            SwitchoverRules rules, int nets, boolean gatewaysCarry, List<Integer> mainNet, boolean holds) {
        Map<String, SimSense> senses = new HashMap<>();
        for (ServerRules server : holds ? rules.servers() : List.<ServerRules>of()) {
            server.probes().stream()
                    .filter(each -> !each.machine())
                    .forEach(each -> senses.put(server.name() + "/" + each.name(), SimSense.ALL_HELD));
        }
        return new SimSite(rules, nets, gatewaysCarry, mainNet, senses, SimPace.CHANCE);
    }
}
