package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.Diagnoser;
import org.tandemgw.gateway.health.ProbeRules;

/** The bound that {@code check} prints and the simulator holds the machine to. */
public final class TimeToAct {
    /** Gateways, neighbours and machines are looked at each second, and at once when asked to, with this limit. */
    public static final long NETWORK_LOOK_MS = 1_000;

    private TimeToAct() {}

    /** What may happen to a server. */
    public enum Fault {
        /** Its machine refuses, resets, or the service says that it is not well. */
        REFUSED,
        /** The service says nothing; its machine answers. */
        HUNG,
        /** The machine says nothing; its net-test neighbour answers. */
        MACHINE_GONE,
        /** Neither answers, or there is no neighbour to ask. */
        CUT_OFF
    }

    /**
     * From the start of the first look that fails to the begin of the attempt, in mode auto with nothing in the way.
     *
     * @return -1: it never acts for this
     */
    public static long worstMs(
            ProbeRules probe, long reconnectMs, int unreachablePings, long unreachableEveryMs, Fault fault) {
        final long verdictMs = verdictMs(probe, fault == Fault.REFUSED ? 0 : probe.timeoutMs());
        final long confirmedMs = NETWORK_LOOK_MS + confirmMs(probe) + NETWORK_LOOK_MS;
        final long diagnosedMs = Math.max(Diagnoser.LIMIT_MS, confirmedMs);
        return switch (fault) {
            case REFUSED -> verdictMs + Math.max(reconnectMs, NETWORK_LOOK_MS);
            case HUNG -> verdictMs + Math.max(reconnectMs, confirmedMs);
            case MACHINE_GONE -> verdictMs + Math.max(reconnectMs, diagnosedMs);
            case CUT_OFF ->
                unreachablePings < 0
                        ? -1
                        : verdictMs
                                + Math.max(Math.max(reconnectMs, diagnosedMs), unreachablePings * unreachableEveryMs);
        };
    }

    /** From the start of the first look that fails to the verdict that the server is down. */
    public static long verdictMs(ProbeRules probe, long answerMs) {
        final long roundMs = (probe.secondPath() ? 2 * answerMs : answerMs) + probe.retryMs();
        return probe.failures() * roundMs;
    }

    /** The longest until a look that is begun from now on has failed as well. */
    static long confirmMs(ProbeRules probe) {
        return (probe.secondPath() ? 3 : 2) * probe.timeoutMs() + probe.retryMs();
    }
}
