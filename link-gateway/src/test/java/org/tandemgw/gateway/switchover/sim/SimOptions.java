package org.tandemgw.gateway.switchover.sim;

/**
 * How a life is simulated.
 *
 * @param core what is on trial
 * @param skip whether healthy spans are skipped
 * @param keepDecided whether all decisions are kept for comparison
 * @param replayOneIn of so many decisions one is replayed from its record; 0: none
 */
record SimOptions(SimCore.Maker core, boolean skip, boolean keepDecided, int replayOneIn) {
    static final SimOptions PLAIN = new SimOptions(SimCore.TRUE, true, false, 1);

    SimOptions with(SimCore.Maker other) {
        return new SimOptions(other, skip, keepDecided, replayOneIn);
    }
}
