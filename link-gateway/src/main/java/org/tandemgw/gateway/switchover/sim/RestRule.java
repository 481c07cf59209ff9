package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Phase;

/** While nothing is under way and nothing is held, the trunks are where the active server is. */
final class RestRule {
    /** So long a truth may be unknown to Tandem: a poll, or a first query after a start. */
    private static final long UNSEEN_MS = 10_000;

    private final SimOracle oracle;
    private final SimWorld world;
    private final History history;

    RestRule(SimOracle oracle, SimWorld world, History history) {
        this.oracle = oracle;
        this.world = world;
        this.history = history;
    }

    void check(SimTandem tandem) {
        Durable state = history.written();
        boolean rests = tandem.running()
                && !history.otherFile()
                && tandem.phase() != Phase.STARTING
                && state != null
                && state.open() == null
                && state.holding() == null
                && state.active() != null
                && state.epoch() != history.overTheDead();
        if (!rests || oracle.nowMs() - history.disturbedMs() < UNSEEN_MS || tandem.storeFails) {
            return;
        }
        int active = world.server(state.active()).index;
        for (int i = 0; i < world.boxes.size(); i++) {
            SimBox box = world.boxes.get(i);
            if (box.mood != SimBox.Mood.UNREACHABLE
                    && history.reachableForMs(i) > UNSEEN_MS
                    && box.together() != active) {
                throw oracle.broken(
                        "rest",
                        "at rest with " + state.active() + " active, and " + box.name + " stands at "
                                + java.util.Arrays.toString(box.leadsTo));
            }
        }
    }
}
