package org.tandemgw.gateway.switchover.sim;

/**
 * How a life is simulated.
 *
 * @param core what is on trial
 * @param skip whether healthy spans are skipped
 * @param keepDecided whether all decisions are kept for comparison
 * @param works whether operators practise, maintain and change the file
 * @param replayOneIn in one of so many lives each decision is replayed from its record; 0: in none
 */
record SimOptions(SimCore.Maker core, boolean skip, boolean keepDecided, int replayOneIn, boolean works) {
    /** Nobody does. */
    SimOptions(SimCore.Maker core, boolean skip, boolean keepDecided, int replayOneIn) {
        this(core, skip, keepDecided, replayOneIn, false);
    }

    static final SimOptions PLAIN = new SimOptions(SimCore.TRUE, true, false, 1);

    /** The same, with decisions replayed in one of so many lives. */
    SimOptions replaying(int oneIn) {
        return new SimOptions(core, skip, keepDecided, oneIn, works);
    }

    /** The same, and operators practise, maintain and change the file. */
    SimOptions working() {
        return new SimOptions(core, skip, keepDecided, replayOneIn, true);
    }

    /** Whether the decisions of the life of this seed are replayed. */
    boolean replays(long seed) {
        return replayOneIn > 0 && Math.floorMod(seed, replayOneIn) == 0;
    }
}
