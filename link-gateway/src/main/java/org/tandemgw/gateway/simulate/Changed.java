package org.tandemgw.gateway.simulate;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Rules with something else in one place. Pure. */
final class Changed {
    private Changed() {}

    /** In mode auto. */
    static SwitchoverRules auto(SwitchoverRules rules) {
        return copy(
                rules,
                Mode.AUTO,
                rules.servers(),
                rules.gateways(),
                rules.reconnectMs(),
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                rules.restarts(),
                rules.initial());
    }

    /** With this server active at the first start. */
    static SwitchoverRules initial(SwitchoverRules rules, String server) {
        return copy(
                rules,
                rules.mode(),
                rules.servers(),
                rules.gateways(),
                rules.reconnectMs(),
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                rules.restarts(),
                server);
    }

    static SwitchoverRules servers(SwitchoverRules rules, UnaryOperator<ServerRules> change) {
        return copy(
                rules,
                rules.mode(),
                rules.servers().stream().map(change).toList(),
                rules.gateways(),
                rules.reconnectMs(),
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                rules.restarts(),
                rules.initial());
    }

    static SwitchoverRules probes(SwitchoverRules rules, UnaryOperator<ProbeRules> change) {
        return servers(
                rules,
                server -> probes(server, server.probes().stream().map(change).toList()));
    }

    static ServerRules probes(ServerRules server, List<ProbeRules> probes) {
        return new ServerRules(
                server.name(),
                probes,
                server.promoteMs(),
                server.demoteMs(),
                server.release(),
                server.netTest(),
                server.machine());
    }

    static SwitchoverRules gateways(SwitchoverRules rules, List<String> gateways) {
        return copy(
                rules,
                rules.mode(),
                rules.servers(),
                gateways,
                rules.reconnectMs(),
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                rules.restarts(),
                rules.initial());
    }

    static SwitchoverRules reconnect(SwitchoverRules rules, long ms) {
        return copy(
                rules,
                rules.mode(),
                rules.servers(),
                rules.gateways(),
                ms,
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                rules.restarts(),
                rules.initial());
    }

    static SwitchoverRules unreachable(SwitchoverRules rules, int pings, long everyMs) {
        return copy(
                rules,
                rules.mode(),
                rules.servers(),
                rules.gateways(),
                rules.reconnectMs(),
                pings,
                everyMs,
                rules.restarts(),
                rules.initial());
    }

    static SwitchoverRules restarts(SwitchoverRules rules, RestartRules restarts) {
        return copy(
                rules,
                rules.mode(),
                rules.servers(),
                rules.gateways(),
                rules.reconnectMs(),
                rules.unreachablePings(),
                rules.unreachableEveryMs(),
                restarts,
                rules.initial());
    }

    private static SwitchoverRules copy(
            SwitchoverRules rules,
            Mode mode,
            List<ServerRules> servers,
            List<String> gateways,
            long reconnectMs,
            int pings,
            long everyMs,
            RestartRules restarts,
            String initial) {
        return new SwitchoverRules(
                rules.site(),
                mode,
                servers,
                gateways,
                rules.fence(),
                reconnectMs,
                pings,
                everyMs,
                restarts,
                rules.holdDownMs(),
                rules.failBack(),
                initial,
                rules.switches(),
                rules.monitorOnly(),
                rules.skewAllowed(),
                rules.configHash(),
                rules.timeZone());
    }
}
