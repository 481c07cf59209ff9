package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.ServerHealth;

/**
 * Whether a silence is the server's, and not our own: our own network is proved after the verdict, the silence must go on after
 * that, and then our own network is proved once more.
 */
final class Silence {
    private final Core core;
    private long provedMs;
    /** When the silence was first seen to go on after the proof; 0: it was not. */
    private long confirmedMs;
    /** When our own network was proved once more, by an answer that came after that; 0: it is not. */
    private long provedAgainMs;

    Silence(Core core) {
        this.core = core;
    }

    void forget() {
        provedMs = 0;
        confirmedMs = 0;
        provedAgainMs = 0;
    }

    /** Notes when our own network is proved, and asks everywhere again from there. */
    void prove(ServerHealth server, long verdictMs) {
        if (provedMs == 0 && proved(server, verdictMs)) {
            provedMs = core.nowMs();
            if (provedMs > verdictMs) {
                core.lookEverywhere();
            }
        }
    }

    /**
     * The look that confirms a silence may itself have fallen into an outage of our own. Whoever is asked after it and answers at
     * once shows that it has not; an answer that comes late may be the end of one, and everything is counted anew.
     *
     * @return whether that silence says nothing any more
     */
    boolean doubtful(ServerHealth server) {
        if (provedMs == 0 || provedAgain(server)) {
            return false;
        }
        if (confirmedMs == 0 && confirmed(server)) {
            confirmedMs = core.nowMs();
            core.lookEverywhere();
        }
        if (confirmedMs == 0 || !proved(server, confirmedMs)) {
            return false;
        }
        if (core.nowMs() > provedAgainByMs(server)) {
            return true;
        }
        provedAgainMs = core.nowMs();
        return false;
    }

    /** Whether somebody who was asked since the look that confirmed it still has time to answer. */
    boolean asking(ServerHealth server) {
        return unprovedAgain(server) && core.nowMs() < provedAgainByMs(server);
    }

    /** Whether nothing has answered yet since the look that confirmed it. */
    boolean unprovedAgain(ServerHealth server) {
        return confirmedMs > 0 && !provedAgain(server);
    }

    private boolean provedAgain(ServerHealth server) {
        return provedAgainMs > 0 || server.hard(core.nowMs());
    }

    /** Without gateways it is the other server that has to answer, in the time that its probes give it. */
    private long provedAgainByMs(ServerHealth server) {
        final long othersMs = core.rules.gateways().isEmpty()
                ? core.rules.server(core.rules.other(server.name())).probes().stream()
                        .mapToLong(ProbeRules::timeoutMs)
                        .max()
                        .orElse(0)
                : 0;
        return confirmedMs + Math.max(TimeToAct.NETWORK_LOOK_MS, othersMs);
    }

    /** Whether it is proved, by something that came at this time or later, that it is not us. */
    boolean proved(ServerHealth server, long sinceMs) {
        final ServerRules rules = core.rules.server(server.name());
        return !core.facts.dark()
                && core.facts
                        .diagnoser()
                        .ownNetworkProved(
                                server,
                                core.facts.health(core.rules.other(server.name())),
                                rules.netTest(),
                                rules.machine(),
                                core.facts.legsAlive(),
                                sinceMs);
    }

    /** Silence from before our own network was proved may have been our own: it must fail once more. */
    boolean confirmed(ServerHealth server) {
        return server.hard(core.nowMs())
                || server.causes(core.nowMs()).stream().anyMatch(each -> each.failedSince(provedMs));
    }

    /** Whether the look that confirms it still has time to fail. */
    boolean unconfirmed(ServerHealth server) {
        return !confirmed(server) && core.nowMs() < confirmByMs(server);
    }

    private long confirmByMs(ServerHealth server) {
        return provedMs
                + server.causes(core.nowMs()).stream()
                        .mapToLong(each -> TimeToAct.confirmMs(each.rules()))
                        .max()
                        .orElse(0);
    }

    /** When time alone changes what it says. */
    long dueMs(ServerHealth server) {
        final long nowMs = core.nowMs();
        final long confirmByMs = confirmByMs(server);
        final long againByMs = confirmedMs > 0 ? provedAgainByMs(server) : 0;
        return Math.min(
                confirmByMs > nowMs ? confirmByMs : Long.MAX_VALUE, againByMs > nowMs ? againByMs : Long.MAX_VALUE);
    }

    Memory memory() {
        return new Memory(provedMs, confirmedMs, provedAgainMs);
    }

    void recall(Memory memory) {
        provedMs = memory.provedMs;
        confirmedMs = memory.confirmedMs;
        provedAgainMs = memory.provedAgainMs;
    }

    record Memory(long provedMs, long confirmedMs, long provedAgainMs) {}
}
