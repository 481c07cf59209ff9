package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.OnPartial;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/**
 * A site: the rules that Tandem goes by, and what they do not say of the world. Immutable.
 *
 * @param rules what the file says
 * @param nets how many networks Tandem is on, 1 or 2
 * @param gatewaysCarry whether the way to the servers leads through the gateways
 * @param mainNet for each server the network of its main path
 * @param senses what each probe can see, by {@code server/probe}; of one that is not named: everything
 * @param pace how long things take that the file does not say
 */
public record SimSite(
        SwitchoverRules rules,
        int nets,
        boolean gatewaysCarry,
        List<Integer> mainNet,
        Map<String, SimSense> senses,
        SimPace pace) {
    static final long NETWORK_EVERY_MS = 1_000;
    static final long NETWORK_TIMEOUT_MS = 1_000;

    /** Copies the collections. */
    public SimSite {
        mainNet = List.copyOf(mainNet);
        senses = Map.copyOf(senses);
    }

    /** The same place under other rules. */
    public SimSite with(SwitchoverRules other) {
        return new SimSite(other, nets, gatewaysCarry, mainNet, senses, pace);
    }

    /** The same with probes that see other things. */
    public SimSite withSenses(Map<String, SimSense> other) {
        return new SimSite(rules, nets, gatewaysCarry, mainNet, other, pace);
    }

    private SimSense sense(ServerRules server, String probe) {
        return senses.getOrDefault(server.name() + "/" + probe, SimSense.ALL);
    }

    /** Whether every probe sees everything: only then is it promised what comes of a fault, and when. */
    boolean seesEverything() {
        return senses.values().stream().allMatch(each -> each == SimSense.ALL_HELD)
                && rules.servers().stream().noneMatch(each -> each.probes().isEmpty());
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

    /** Whether the file gives both servers one address: then they are one machine, and its end is the end of both. */
    public boolean oneMachine() {
        return same(rules.servers().get(0).machine(), rules.servers().get(1).machine());
    }

    private static boolean same(String one, String other) {
        return one != null && one.equals(other);
    }

    /** The world in which it stands, all well. */
    SimWorld world(SimTime time, Dice dice) {
        ServerRules one = rules.servers().get(0);
        ServerRules two = rules.servers().get(1);
        SimServer first = new SimServer(0, one.name());
        List<SimServer> servers =
                List.of(first, first.another(1, two.name(), oneMachine(), same(one.netTest(), two.netTest())));
        List<SimBox> boxes = new ArrayList<>();
        int initial = two.name().equals(rules.initial()) ? 1 : 0;
        rules.switches().forEach(each -> boxes.add(new SimBox(each.name(), each.cards(), initial)));
        servers.get(initial).promoted = rules.servers().get(initial).promoteMs() > 0;
        SimNetwork network = new SimNetwork(nets, gatewaysCarry, mainNet.get(0), mainNet.get(1));
        return new SimWorld(time, dice, network, servers, boxes, pace);
    }

    /** What the watcher looks at: each address once, however many things the file calls it. */
    void looks(SimWorld world, SimLooks looks) {
        Set<String> known = new HashSet<>();
        for (SimServer server : world.servers) {
            ServerRules its = rules.servers().get(server.index);
            its.probes().forEach(probe -> looks.probe(server, probe, sense(its, probe.name())));
            if (its.netTest() != null && isOnlyNeighbour(its.netTest()) && known.add(its.netTest())) {
                looks.netTest(its.netTest(), server, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
            }
            if (its.machine() != null && known.add(its.machine())) {
                looks.machine(its.machine(), server, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
            }
        }
        for (int i = 0; i < rules.gateways().size(); i++) {
            if (known.add(rules.gateways().get(i))) {
                looks.gateway(rules.gateways().get(i), i % nets, NETWORK_EVERY_MS, NETWORK_TIMEOUT_MS);
            }
        }
    }

    /** A neighbour that is a server's machine or a gateway as well is as that is. */
    private boolean isOnlyNeighbour(String target) {
        return !rules.gateways().contains(target)
                && rules.servers().stream().noneMatch(each -> target.equals(each.machine()));
    }

    /**
     * From here on the looks of another file with the same servers, gateways and neighbours.
     *
     * @return {@code server/probe} of those that ask otherwise
     */
    Set<String> follow(SimSite next, SimWorld world, SimLooks looks) {
        Set<String> anew = new HashSet<>();
        for (SimServer server : world.servers) {
            ServerRules its = next.rules.servers().get(server.index);
            for (ProbeRules probe : its.probes()) {
                if (!rules.servers().get(server.index).probes().contains(probe)) {
                    looks.anew(server, probe, next.sense(its, probe.name()));
                    anew.add(server.name + "/" + probe.name());
                }
            }
        }
        return anew;
    }

    long promoteMs(SimServer server) {
        return rules.servers().get(server.index).promoteMs();
    }

    long demoteMs(SimServer server) {
        return rules.servers().get(server.index).demoteMs();
    }
}
