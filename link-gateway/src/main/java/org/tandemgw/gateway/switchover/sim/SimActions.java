package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Step;

/** The programs that demote and promote. What they do to a server they do, whether the Tandem that started them lives on or not. */
final class SimActions {
    private final SimWorld world;
    private final SimOracle oracle;
    private final SimTandem.Life life;
    /** For each server what waits until the program before is over. */
    private final List<Queue<Runnable>> waiting = List.of(new ArrayDeque<>(), new ArrayDeque<>());

    SimActions(SimWorld world, SimOracle oracle, SimTandem.Life life) {
        this.world = world;
        this.oracle = oracle;
        this.life = life;
    }

    void demote(Action.Demote order) {
        SimServer server = world.server(order.server());
        boolean late = server.demote.late;
        Runnable effect = () -> {
            oracle.demoted(server, order.epoch(), late || life.over());
            server.promoted = false;
        };
        Program program =
                new Program(order.epoch(), server, Step.DEMOTE, 1, life.site().demoteMs(server), effect);
        inTurn(server, () -> run(program, server.demote, world.network.mainOpen(server) && server.machineUp));
    }

    void promote(Action.Promote order) {
        SimServer server = world.server(order.server());
        Runnable effect = () -> {
            server.promoted = true;
            server.promotedEpoch = order.epoch();
            oracle.promoted(server, order.epoch());
        };
        Program program = new Program(
                order.epoch(), server, Step.PROMOTE, order.run(), life.site().promoteMs(server), effect);
        inTurn(server, () -> run(program, server.promote, world.network.mainOpen(server) && server.serves()));
    }

    private record Program(long epoch, SimServer server, Step step, int run, long limitMs, Runnable effect) {}

    /** One at a time for each server, those that an earlier life left running included. */
    private void inTurn(SimServer server, Runnable begin) {
        waiting.get(server.index).add(begin);
        next(server);
    }

    private void next(SimServer server) {
        long leftMs = server.busyUntilMs - world.time.nowMs();
        if (leftMs > 0) {
            life.afterMs(leftMs, () -> next(server));
        } else if (!waiting.get(server.index).isEmpty()) {
            waiting.get(server.index).remove().run();
        }
    }

    private void run(Program program, SimServer.Order mood, boolean reached) {
        SimServer server = program.server;
        long limitMs = program.limitMs;
        long tookMs;
        life.afterMs(0, () -> life.hear(new Event.StepBegan(program.epoch, server.name, program.step, program.run)));
        if (mood.hangs) {
            tookMs = limitMs;
            // Half of them: whoever should have ended it at its limit does not.
            if (world.dice.oneIn(2)) {
                over(program, false, "timed out", tookMs);
            }
        } else if (mood.late) {
            tookMs = limitMs;
            world.time.afterMs(limitMs + world.dice.between(10, 8_000), () -> {
                if (server.serves()) {
                    oracle.late(server);
                    program.effect.run();
                }
            });
            over(program, false, "timed out", tookMs);
        } else if (mood.fails) {
            tookMs = world.dice.between(20, 400);
            over(program, false, "exit status 1", tookMs);
        } else if (!reached) {
            tookMs = Math.min(limitMs, world.dice.between(50, 3_000));
            over(program, false, "no route to host", tookMs);
        } else {
            long quickMs = world.pace.stepMs(world.dice);
            boolean inTime = quickMs < limitMs || world.pace.stepMs() < 0;
            long ownMs = inTime ? Math.min(limitMs - 1, quickMs) : limitMs;
            tookMs = mood.slow ? world.dice.between(limitMs * 3 / 4, limitMs - 1) : ownMs;
            if (inTime || mood.slow) {
                world.time.afterMs(tookMs, program.effect);
                over(program, true, "done", tookMs);
            } else {
                over(program, false, "timed out", tookMs);
            }
        }
        server.busyUntilMs = world.time.nowMs() + tookMs;
        if (!waiting.get(server.index).isEmpty()) {
            life.afterMs(tookMs, () -> next(server));
        }
        if (mood.once) {
            mood.heal();
        }
    }

    private void over(Program program, boolean ok, String said, long tookMs) {
        life.afterMs(
                tookMs,
                () -> life.hear(new Event.StepOver(
                        program.epoch, program.server.name, program.step, program.run, ok, said, tookMs)));
    }
}
