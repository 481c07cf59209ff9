package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.ProbeRules;

/** The bound that {@code check} prints and the simulator holds the machine to. */
public final class TimeToAct {
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
        throw new UnsupportedOperationException("to come");
    }
}
