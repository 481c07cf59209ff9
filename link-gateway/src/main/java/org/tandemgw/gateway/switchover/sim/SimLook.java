package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.Sight;

/** What one look sees, from what is true. Depends on the seed, the source and the time alone, never on looks before it. */
final class SimLook {
    private static final int REFUSED_MS = 1;
    private static final int NO_WAY_MS = 20;

    private final SimWorld world;

    SimLook(SimWorld world) {
        this.world = world;
    }

    /** A look at a server's service or machine. */
    Look server(SimServer server, ProbeRules probe, boolean second, SimSense sense, int source) {
        if (world.blind) {
            return look(Sight.NOT_ASKED, "too many open files", 0, null, null);
        }
        int net = second ? world.network.secondNet(server) : world.network.mainNet(server);
        SimPath path = second ? server.second : server.main;
        Look lost = lost(net, path, server, source, probe.timeoutMs());
        if (lost != null) {
            return sense == SimSense.PROGRAM ? failed(probe.timeoutMs()) : lost;
        }
        long tookMs = answerMs(net, path, source);
        if (tookMs >= probe.timeoutMs()) {
            return silent(probe.timeoutMs());
        }
        if (probe.machine()) {
            return look(Sight.ANSWERED, "echo", tookMs, null, null);
        }
        boolean unfed = sense == SimSense.FEED && server.feedCut;
        return switch (unfed ? Sight.SILENT : sense.of(server.service)) {
            case ANSWERED ->
                look(
                        Sight.ANSWERED,
                        "200",
                        tookMs,
                        sense.identity ? server.name + "-" + server.incarnation : null,
                        sense.identity ? server.release : null);
            case WRONG -> look(Sight.WRONG, "503", tookMs, null, null);
            case SILENT -> silent(sense == SimSense.FEED ? tookMs : probe.timeoutMs());
            case FAILED -> failed(tookMs);
            default -> look(Sight.REFUSED, "connection refused", tookMs, null, null);
        };
    }

    private static Look failed(long tookMs) {
        return look(Sight.FAILED, "exit status 2", tookMs, null, null);
    }

    /** A look at a machine by itself. */
    Look machine(SimServer server, int source, long timeoutMs) {
        int net = world.network.mainNet(server);
        Look lost = lost(net, server.main, server, source, timeoutMs);
        return lost != null ? lost : answered(net, server.main, source, timeoutMs);
    }

    /** A look at a server's neighbour, which shares its network and nothing else. */
    Look netTest(SimServer server, int source, long timeoutMs) {
        int net = world.network.mainNet(server);
        Look lost = lost(net, server.netTest, null, source, timeoutMs);
        return lost != null ? lost : answered(net, server.netTest, source, timeoutMs);
    }

    /** A look at a gateway. */
    Look gateway(int net, int source, long timeoutMs) {
        SimPath way = world.network.gateway[net];
        if (world.network.own[net].cut || way.cut || dropped(net, way, source)) {
            return world.network.saysNoWay(net, way) ? noWay() : silent(timeoutMs);
        }
        return answered(net, way, source, timeoutMs);
    }

    private Look lost(int net, SimPath path, SimServer server, int source, long timeoutMs) {
        boolean dead = server != null && !server.machineUp;
        if (world.network.open(net, path) && !dead && !dropped(net, path, source)) {
            return null;
        }
        boolean told = world.network.saysNoWay(net, path) || dead && server.machineSaysNoWay;
        return told ? noWay() : silent(timeoutMs);
    }

    private Look answered(int net, SimPath path, int source, long timeoutMs) {
        long tookMs = answerMs(net, path, source);
        return tookMs >= timeoutMs ? silent(timeoutMs) : look(Sight.ANSWERED, "reached", tookMs, null, null);
    }

    private boolean dropped(int net, SimPath path, int source) {
        int percent = world.network.lossPercent(net, path);
        return percent > 0 && world.dice.at(source, world.time.nowMs(), 100) < percent;
    }

    private long answerMs(int net, SimPath path, int source) {
        return REFUSED_MS
                + world.dice.at(source + 10_000, world.time.nowMs(), 3)
                + world.network.extraMs(net, path)
                + world.pace.answerMs();
    }

    private static Look noWay() {
        return look(Sight.UNREACHABLE, "no route to host", NO_WAY_MS, null, null);
    }

    private static Look silent(long timeoutMs) {
        return look(Sight.SILENT, "no answer", timeoutMs, null, null);
    }

    private static Look look(Sight sight, String said, long tookMs, String identity, String release) {
        return new Look(sight, said, tookMs * 1_000, identity, release);
    }
}
