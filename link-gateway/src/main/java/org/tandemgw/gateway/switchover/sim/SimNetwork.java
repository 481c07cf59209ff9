package org.tandemgw.gateway.switchover.sim;

import java.util.List;

/**
 * Tandem's networks as they truly are: on each an interface of its own and perhaps a gateway. A server's main path and its neighbour
 * lie on one network, its second path on the other.
 */
final class SimNetwork {
    final int nets;
    final SimPath[] own = {new SimPath(), new SimPath()};
    final SimPath[] gateway = {new SimPath(), new SimPath()};
    /** Whether the way to the servers leads through the gateways. */
    final boolean gatewaysCarry;
    /** The call distributor's own trouble, with both legs. */
    boolean legsCut;

    private final int[] mainNet;

    SimNetwork(int nets, boolean gatewaysCarry, int... mainNet) {
        this.nets = nets;
        this.gatewaysCarry = gatewaysCarry;
        this.mainNet = mainNet.clone();
    }

    int mainNet(SimServer server) {
        return mainNet[server.index];
    }

    int secondNet(SimServer server) {
        return nets == 1 ? 0 : 1 - mainNet[server.index];
    }

    /** Whether answers come back over this path, as far as the network is concerned. */
    boolean open(int net, SimPath path) {
        return !own[net].cut && !path.cut && !(gatewaysCarry && gateway[net].cut);
    }

    boolean mainOpen(SimServer server) {
        return open(mainNet(server), server.main);
    }

    boolean secondOpen(SimServer server) {
        return open(secondNet(server), server.second);
    }

    boolean saysNoWay(int net, SimPath path) {
        return own[net].cut ? own[net].saysNoWay : path.cut && path.saysNoWay;
    }

    int extraMs(int net, SimPath path) {
        return own[net].extraMs + path.extraMs;
    }

    int lossPercent(int net, SimPath path) {
        return Math.min(100, own[net].lossPercent + path.lossPercent);
    }

    /** Nothing of Tandem's own can be reached: it is alone. */
    boolean allOwnCut() {
        for (int net = 0; net < nets; net++) {
            if (!own[net].cut) {
                return false;
            }
        }
        return true;
    }

    /** Whether Tandem's own part is in order: interfaces and gateways. */
    boolean ownPerfect() {
        for (int net = 0; net < nets; net++) {
            if (!own[net].perfect() || !gateway[net].perfect()) {
                return false;
            }
        }
        return true;
    }

    void heal(List<SimServer> servers) {
        for (int net = 0; net < 2; net++) {
            own[net].heal();
            gateway[net].heal();
        }
        legsCut = false;
        servers.forEach(server -> {
            server.main.heal();
            server.second.heal();
            server.netTest.heal();
        });
    }
}
