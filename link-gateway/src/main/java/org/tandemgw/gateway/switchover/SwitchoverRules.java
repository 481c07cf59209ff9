package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.RestartRules;

/**
 * All of the configuration that deciding depends on; goes into every decision record as JSON.
 *
 * @param site its name
 * @param mode the file's
 * @param servers exactly two
 * @param gateways our own, as {@code NetworkLooked} names them; may be empty
 * @param fence what makes sure that the old active cannot act
 * @param reconnectMs how long a lost server may take to return before it counts
 * @param unreachablePings sets of looks that must fail while a server is merely unreachable; -1: never switch for it
 * @param unreachableEveryMs pause between them
 * @param restarts how many count as a failure
 * @param holdDownMs no automatic switch for so long after one
 * @param failBack when to go back
 * @param initial the active server of the very first start; null: none is named
 * @param switches all trunk switches; empty: there is none
 * @param monitorOnly never act
 * @param skewAllowed whether different releases let an automatic switch pass
 * @param configHash of the configuration in force, as {@code check --live} remembers it
 * @param timeZone of schedules, such as {@code Europe/Berlin}
 * @param drill what the file says of drills
 */
public record SwitchoverRules(
        String site,
        Mode mode,
        List<ServerRules> servers,
        List<String> gateways,
        FencePolicy fence,
        long reconnectMs,
        int unreachablePings,
        long unreachableEveryMs,
        RestartRules restarts,
        long holdDownMs,
        FailBack failBack,
        String initial,
        List<SwitchRules> switches,
        boolean monitorOnly,
        boolean skewAllowed,
        String configHash,
        String timeZone,
        DrillRules drill) {
    /** Of a file that says nothing of drills. */
    public SwitchoverRules(
            String site,
            Mode mode,
            List<ServerRules> servers,
            List<String> gateways,
            FencePolicy fence,
            long reconnectMs,
            int unreachablePings,
            long unreachableEveryMs,
            RestartRules restarts,
            long holdDownMs,
            FailBack failBack,
            String initial,
            List<SwitchRules> switches,
            boolean monitorOnly,
            boolean skewAllowed,
            String configHash,
            String timeZone) {
        this(
                site,
                mode,
                servers,
                gateways,
                fence,
                reconnectMs,
                unreachablePings,
                unreachableEveryMs,
                restarts,
                holdDownMs,
                failBack,
                initial,
                switches,
                monitorOnly,
                skewAllowed,
                configHash,
                timeZone,
                DrillRules.NONE);
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there are not exactly two servers, or what is named does not exist
     */
    public SwitchoverRules {
        servers = List.copyOf(servers);
        gateways = List.copyOf(gateways);
        switches = List.copyOf(switches);
        drill = drill == null ? DrillRules.NONE : drill; // a record of an older version
        if (servers.size() != 2 || servers.get(0).name().equals(servers.get(1).name())) {
            throw new IllegalArgumentException("there must be two servers with two names, not " + servers);
        }
        if (fence == FencePolicy.TRUNK_SWITCH && switches.isEmpty()) {
            throw new IllegalArgumentException("fence trunk-switch needs a trunk switch");
        }
        if (fence == FencePolicy.DEMOTE && servers.stream().anyMatch(server -> server.demoteMs() == 0)) {
            throw new IllegalArgumentException("fence demote needs a demote of both servers");
        }
    }

    /**
     * The server of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ServerRules server(String name) {
        return servers.get(index(name));
    }

    /** Its place in the list: asked for at every fact. */
    int index(String name) {
        if (servers.get(0).name().equals(name)) {
            return 0;
        }
        if (servers.get(1).name().equals(name)) {
            return 1;
        }
        throw new IllegalArgumentException("no server " + name);
    }

    /** The name of the other one. */
    public String other(String name) {
        return servers.get(1 - index(name)).name();
    }

    /** Whether a server of this name exists. */
    public boolean knows(String name) {
        return servers.stream().anyMatch(server -> server.name().equals(name));
    }
}
