package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;

/** Everything that is true, whether Tandem knows it or not. Nothing in here asks what Tandem believes. */
final class SimWorld {
    final SimTime time;
    final Dice dice;
    final SimNetwork network;
    final List<SimServer> servers;
    final List<SimBox> boxes;
    final SimPace pace;
    /** Tandem has no descriptors left to ask with. */
    boolean blind;

    private final List<Runnable> watchers = new ArrayList<>();
    private long changedMs;
    private long ownTroubleMs = Long.MIN_VALUE / 2;

    SimWorld(SimTime time, Dice dice, SimNetwork network, List<SimServer> servers, List<SimBox> boxes, SimPace pace) {
        this.time = time;
        this.dice = dice;
        this.network = network;
        this.servers = List.copyOf(servers);
        this.boxes = List.copyOf(boxes);
        this.pace = pace;
        this.changedMs = time.nowMs();
    }

    /** Who is told after each change of what is true. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** To be called after each change. */
    void changed() {
        changedMs = time.nowMs();
        if (!network.ownPerfect()) {
            ownTroubleMs = changedMs;
        }
        watchers.forEach(Runnable::run);
    }

    long changedMs() {
        return changedMs;
    }

    /** The last time at which Tandem's own interfaces or gateways were not in order. */
    long ownTroubleMs() {
        return network.ownPerfect() ? ownTroubleMs : time.nowMs();
    }

    SimServer server(String name) {
        for (SimServer each : servers) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no server " + name);
    }

    SimServer other(SimServer server) {
        return servers.get(1 - server.index);
    }

    /** Whether this server and its surroundings, as far as Tandem can ask about them, are without fault. */
    boolean perfect(SimServer server) {
        return server.serves()
                && server.main.perfect()
                && server.second.perfect()
                && server.netTest.perfect()
                && !server.feedCut;
    }

    /** Moves a card without an order of Tandem's that is under way. */
    void moveByHand(SimBox box, int card, int server) {
        if (box.leadsTo[card] != server) {
            box.leadsTo[card] = server;
            box.handMoves++;
            changed();
        }
    }
}
