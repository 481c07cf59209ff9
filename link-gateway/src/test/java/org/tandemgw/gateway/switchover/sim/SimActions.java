package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Step;

/** The programs that demote and promote. What they do to a server they do, whether the Tandem that started them lives on or not. */
final class SimActions {
    private final SimWorld world;
    private final SimSite site;
    private final SimOracle oracle;
    private final SimTandem.Life life;

    SimActions(SimWorld world, SimSite site, SimOracle oracle, SimTandem.Life life) {
        this.world = world;
        this.site = site;
        this.oracle = oracle;
        this.life = life;
    }

    void demote(Action.Demote order) {
        SimServer server = world.server(order.server());
        boolean reached = world.network.mainOpen(server) && server.machineUp;
        boolean late = server.demote.late;
        run(order.epoch(), server, Step.DEMOTE, 1, server.demote, reached, site.demoteMs(server), () -> {
            oracle.demoted(server, order.epoch(), late || life.over());
            server.promoted = false;
        });
    }

    void promote(Action.Promote order) {
        SimServer server = world.server(order.server());
        boolean reached = world.network.mainOpen(server) && server.serves();
        run(order.epoch(), server, Step.PROMOTE, order.run(), server.promote, reached, site.promoteMs(server), () -> {
            server.promoted = true;
            server.promotedEpoch = order.epoch();
            oracle.promoted(server, order.epoch());
        });
    }

    private void run(
            long epoch,
            SimServer server,
            Step step,
            int run,
            SimServer.Order mood,
            boolean reached,
            long limitMs,
            Runnable effect) {
        if (mood.hangs) {
            // Half of them: whoever should have ended it at its limit does not.
            if (world.dice.oneIn(2)) {
                over(epoch, server, step, run, false, "timed out", limitMs);
            }
        } else if (mood.late) {
            world.time.afterMs(limitMs + world.dice.between(10, 8_000), () -> {
                if (server.serves()) {
                    oracle.late(server);
                    effect.run();
                }
            });
            over(epoch, server, step, run, false, "timed out", limitMs);
        } else if (mood.fails) {
            over(epoch, server, step, run, false, "exit status 1", world.dice.between(20, 400));
        } else if (!reached) {
            over(epoch, server, step, run, false, "no route to host", Math.min(limitMs, world.dice.between(50, 3_000)));
        } else {
            long quickMs = Math.min(limitMs - 1, world.dice.between(20, 600));
            long tookMs = mood.slow ? world.dice.between(limitMs * 3 / 4, limitMs - 1) : quickMs;
            world.time.afterMs(tookMs, effect);
            over(epoch, server, step, run, true, "done", tookMs);
        }
        if (mood.once) {
            mood.heal();
        }
    }

    private void over(long epoch, SimServer server, Step step, int run, boolean ok, String said, long tookMs) {
        life.afterMs(tookMs, () -> life.hear(new Event.StepOver(epoch, server.name, step, run, ok, said, tookMs)));
    }
}
