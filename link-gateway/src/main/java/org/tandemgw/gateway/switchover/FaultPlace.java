package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.Diagnoser;
import org.tandemgw.gateway.health.FaultKind;
import org.tandemgw.gateway.health.ServerHealth;

/**
 * Where the fault of the active server has been found to be, and since when looks tell of that place. A machine that answers again
 * shows that the way is open from now on: what its service did not answer before may have been lost on the way, and counts no more;
 * nor does what it did not answer while the way was lost once more.
 */
final class FaultPlace {
    private final Core core;
    private FaultKind kind = FaultKind.OWN_NETWORK;
    private long openMs;
    private long countedMs;
    /** Nothing answers there at the moment; not for long enough to say that the place of the fault is another one. */
    private boolean lost;

    FaultPlace(Core core) {
        this.core = core;
    }

    void calm() {
        kind = FaultKind.OWN_NETWORK;
        openMs = 0;
        countedMs = 0;
        lost = false;
    }

    /** What is found now. One look that got lost of a place that answered since changes nothing: else it might be counted anew for ever. */
    void found(FaultKind now, ServerHealth server, long verdictMs) {
        if (now.compareTo(kind) > 0) {
            kind = now;
            lost = false;
            openMs = now.compareTo(FaultKind.NETWORK) > 0 ? backMs(server, verdictMs) : 0;
            countedMs = openMs == 0 || anew(server) || server.hard(core.nowMs()) ? verdictMs : 0;
        } else if (now.compareTo(kind) < 0 && core.nowMs() >= reachedMs(server) + Diagnoser.LIMIT_MS) {
            kind = now;
            lost = false;
            openMs = 0;
            countedMs = verdictMs;
        } else if (now.compareTo(kind) < 0) {
            lost = true;
        } else if (countedMs == 0) {
            openMs = lost ? Math.max(openMs, backMs(server, verdictMs)) : openMs;
            lost = false;
            countedMs = server.hard(core.nowMs()) ? verdictMs : anew(server) ? core.nowMs() : 0;
        }
    }

    private long backMs(ServerHealth server, long verdictMs) {
        final ServerRules rules = core.rules.server(server.name());
        final long backMs = core.facts.diagnoser().backMs(kind, server, rules.netTest(), rules.machine(), verdictMs);
        return backMs == Long.MAX_VALUE ? 0 : backMs;
    }

    private boolean anew(ServerHealth server) {
        return server.causes(core.nowMs()).stream().anyMatch(each -> each.failedAnewSince(openMs));
    }

    private long reachedMs(ServerHealth server) {
        final ServerRules rules = core.rules.server(server.name());
        final String place = kind == FaultKind.MACHINE ? rules.netTest() : rules.machine();
        final long placeMs = place == null ? 0 : core.facts.reach().answeredMs(place);
        return kind == FaultKind.MACHINE ? placeMs : Math.max(placeMs, server.reachedMs());
    }

    /** Whether as many looks have failed as it takes, all begun since the way is open; what the server said itself came over it. */
    boolean counted(ServerHealth server) {
        return openMs == 0 || countedMs > 0 || server.hard(core.nowMs());
    }

    /** From when on it is given time to come back. */
    long fromMs(long verdictMs) {
        return Math.max(verdictMs, countedMs);
    }

    Memory memory() {
        return new Memory(kind, openMs, countedMs, lost);
    }

    void recall(Memory memory) {
        kind = memory.kind;
        openMs = memory.openMs;
        countedMs = memory.countedMs;
        lost = memory.lost;
    }

    record Memory(FaultKind kind, long openMs, long countedMs, boolean lost) {}
}
