package org.tandemgw.gateway.switchover;

import java.util.List;
import org.tandemgw.gateway.health.ProbeRules;

/**
 * One of the two servers.
 *
 * @param name unique
 * @param probes how it is watched; may be empty
 * @param promoteMs how long its promote may take; 0: it has none
 * @param demoteMs how long its demote may take; 0: it has none
 * @param release as its profile or the file says; null: only what probes report is known
 * @param netTest the address beside it that tells network from machine, as {@code NetworkLooked} names it; null: none
 * @param machine its own address, likewise; null: only its probes tell
 */
public record ServerRules(
        String name,
        List<ProbeRules> probes,
        long promoteMs,
        long demoteMs,
        String release,
        String netTest,
        String machine) {
    /** Copies the list. */
    public ServerRules {
        probes = List.copyOf(probes);
    }

    /** How long what an earlier run left to it may go on, so that nothing else is begun there. */
    long longestMs() {
        return Math.max(promoteMs, demoteMs);
    }
}
