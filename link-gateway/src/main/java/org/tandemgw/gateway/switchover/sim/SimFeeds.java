package org.tandemgw.gateway.switchover.sim;

import java.util.function.Consumer;
import org.tandemgw.gateway.switchover.Event;

/**
 * What Tandem sees of its feeds and of its call distributors' legs: it follows what is true, with the delays of connections that are
 * reset, of heartbeats that stay away, of servers that dial again and catch up.
 */
final class SimFeeds {
    private static final int HEARTBEAT_LIMIT_MS = 15_000;
    private static final int LEGS_SILENT_MS = 3_000;

    private final SimWorld world;
    private final Consumer<Event> ear;
    private final boolean[] wantConnected = new boolean[2];
    private final boolean[] wantParity = new boolean[2];
    private final boolean[] connected = new boolean[2];
    private final boolean[] parity = new boolean[2];
    private final int[] generation = new int[2];
    private boolean legs;
    private boolean wantLegs;
    private int legsGeneration;
    private boolean over;

    SimFeeds(SimWorld world, Consumer<Event> ear) {
        this.world = world;
        this.ear = ear;
    }

    /** Tandem began: nobody is connected yet. */
    void begin() {
        world.servers.forEach(server -> ear.accept(new Event.FeedsSeen(server.name, false, false)));
        ear.accept(new Event.LegsSeen(false));
        follow();
    }

    /** Tandem ended. */
    void end() {
        over = true;
    }

    /** To be called whenever the truth changed. */
    void follow() {
        if (over) {
            return;
        }
        for (SimServer server : world.servers) {
            followServer(server);
        }
        boolean alive = !world.network.legsCut && !world.network.allOwnCut();
        if (alive != wantLegs) {
            wantLegs = alive;
            int mine = ++legsGeneration;
            world.time.afterMs(alive ? world.dice.between(300, 2_000) : LEGS_SILENT_MS, () -> {
                if (!over && mine == legsGeneration && legs != alive) {
                    legs = alive;
                    ear.accept(new Event.LegsSeen(alive));
                }
            });
        }
    }

    private void followServer(SimServer server) {
        int i = server.index;
        boolean open = world.network.mainOpen(server) && server.machineUp && !server.feedCut;
        boolean mayConnect = open && server.service != SimServer.Service.DEAD;
        boolean mayFollow = mayConnect && server.service != SimServer.Service.HUNG;
        if (mayConnect == wantConnected[i] && mayFollow == wantParity[i]) {
            return;
        }
        wantConnected[i] = mayConnect;
        wantParity[i] = mayFollow;
        int mine = ++generation[i];
        if (!mayConnect) {
            boolean reset = server.machineUp && world.network.mainOpen(server);
            later(reset ? 2 : HEARTBEAT_LIMIT_MS, i, mine, false, false);
        } else if (!mayFollow) {
            later(2_000, i, mine, connected[i], false);
        } else {
            long dialled = world.dice.between(200, 2_500);
            later(dialled, i, mine, true, false);
            later(dialled + world.dice.between(200, 3_000), i, mine, true, true);
        }
    }

    private void later(long delayMs, int server, int mine, boolean nowConnected, boolean nowParity) {
        world.time.afterMs(delayMs, () -> {
            if (over || mine != generation[server]) {
                return;
            }
            if (connected[server] != nowConnected || parity[server] != nowParity) {
                connected[server] = nowConnected;
                parity[server] = nowParity;
                ear.accept(new Event.FeedsSeen(world.servers.get(server).name, nowConnected, nowParity));
            }
        });
    }

    boolean atParity(SimServer server) {
        return parity[server.index];
    }
}
