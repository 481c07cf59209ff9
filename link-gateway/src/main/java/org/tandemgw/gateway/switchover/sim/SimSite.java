package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * A site: the rules that Tandem goes by, and what they do not say of the world.
 *
 * @param rules what the file says
 * @param nets how many networks Tandem is on
 * @param gatewaysCarry whether the way to the servers leads through the gateways
 * @param mainNet for each server the network of its main path
 * @param holds whether probes keep their connections
 */
record SimSite(SwitchoverRules rules, int nets, boolean gatewaysCarry, List<Integer> mainNet, boolean holds) {
    static final long NETWORK_EVERY_MS = 1_000;
    static final long NETWORK_TIMEOUT_MS = 1_000;

    /** The site that the manual shows, in mode auto. */
    static SimSite reference() {
        return new SimSite(
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
        return new SimSite(rules, nets, dice.oneIn(3), List.of(0, nets == 1 || dice.oneIn(2) ? 0 : 1), dice.oneIn(4));
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

    /**
     * What somebody made of the file while Tandem was away.
     *
     * @param swapped whether A and B are taken for each other
     */
    record Other(SwitchoverRules rules, boolean swapped) {
        static Other of(SimSite site, Dice dice) {
            SwitchoverRules own = site.rules();
            List<SwitchRules> boxes = new ArrayList<>(own.switches());
            boolean demotes = own.servers().stream().allMatch(each -> each.demoteMs() > 0);
            FencePolicy weaker = demotes && own.fence() != FencePolicy.DEMOTE ? FencePolicy.DEMOTE : FencePolicy.NONE;
            switch (dice.below(6)) {
                case 0 -> {
                    return new Other(changed(own, weaker, List.of(), false, "0ther"), false);
                }
                case 1 -> boxes.add(new SwitchRules("more", OnPartial.HOLD, 4, 10_000, 0));
                case 2 -> {
                    return new Other(changed(own, own.fence(), boxes, false, "0ther"), true);
                }
                case 3 -> {
                    return new Other(changed(own, weaker, boxes, false, "0ther"), false);
                }
                case 4 -> {
                    return new Other(changed(own, own.fence(), boxes, true, own.configHash()), false);
                }
                default -> {
                    if (boxes.size() > 1) {
                        boxes.remove(0);
                    }
                }
            }
            return new Other(changed(own, own.fence(), boxes, false, "0ther"), false);
        }

        private static SwitchoverRules changed(
                SwitchoverRules own, FencePolicy fence, List<SwitchRules> boxes, boolean monitorOnly, String hash) {
            return new SwitchoverRules(
                    own.site(),
                    own.mode(),
                    own.servers(),
                    own.gateways(),
                    fence,
                    own.reconnectMs(),
                    own.unreachablePings(),
                    own.unreachableEveryMs(),
                    own.restarts(),
                    own.holdDownMs(),
                    own.failBack(),
                    own.initial(),
                    boxes,
                    monitorOnly,
                    own.skewAllowed(),
                    hash,
                    own.timeZone());
        }
    }

    /** The world in which it stands, all well. */
    SimWorld world(SimTime time, Dice dice) {
        List<SimServer> servers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            servers.add(new SimServer(i, rules.servers().get(i).name()));
        }
        List<SimBox> boxes = new ArrayList<>();
        rules.switches().forEach(each -> boxes.add(new SimBox(each.name(), each.cards(), 0)));
        servers.get(0).promoted = rules.servers().get(0).promoteMs() > 0;
        return new SimWorld(
                time, dice, new SimNetwork(nets, gatewaysCarry, mainNet.get(0), mainNet.get(1)), servers, boxes);
    }

    /** What the watcher looks at. */
    void looks(SimWorld world, SimLooks looks) {
        for (SimServer server : world.servers) {
            ServerRules its = rules.servers().get(server.index);
            its.probes().forEach(probe -> looks.probe(server, probe, !probe.machine(), holds && !probe.machine()));
            if (its.netTest() != null) {
                looks.netTest(its.netTest(), server, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
            }
            if (its.machine() != null) {
                looks.machine(its.machine(), server, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
            }
        }
        for (int net = 0; net < rules.gateways().size(); net++) {
            looks.gateway(rules.gateways().get(net), net, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
        }
    }

    long promoteMs(SimServer server) {
        return rules.servers().get(server.index).promoteMs();
    }

    long demoteMs(SimServer server) {
        return rules.servers().get(server.index).demoteMs();
    }
}
