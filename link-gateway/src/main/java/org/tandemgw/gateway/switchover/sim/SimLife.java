package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.Wish;

/** One site and its Tandem from the first start on, by the dice of one seed. Throws {@link SimViolation} when a promise is broken. */
final class SimLife {
    private static final long START_MS = 1_800_000_000_000L;
    /** After so long without any change the rest of a healthy span is the same again and again. */
    private static final long SETTLED_MS = 15_000;

    final Dice dice;
    final SimTime time = new SimTime(START_MS);
    final SimWorld world;
    final SimTrace trace;
    final SimOracle oracle;
    final SimTandem tandem;
    final SimFaults faults;

    /** Whether operators practise, maintain and change the file. */
    final boolean works;

    private final boolean skip;
    private final List<Pending> pending = new ArrayList<>();
    private long movedMs = START_MS;

    /** A fault that waits for a phase. */
    private record Pending(Phase phase, Runnable what) {}

    /**
     * @param place the site, which may depend on chance
     */
    SimLife(long seed, Function<Dice, SimSite> place, SimOptions options) {
        dice = new Dice(seed);
        SimSite site = place.apply(dice);
        world = site.world(time, dice);
        trace = new SimTrace(options.keepDecided());
        trace.begin(START_MS);
        oracle = new SimOracle(world, site, trace);
        tandem = new SimTandem(world, site, options.core(), oracle, trace, options.replays(seed) ? 1 : 0);
        faults = new SimFaults(world, tandem, trace);
        skip = options.skip();
        works = options.works();
        world.watch(() -> movedMs = time.nowMs());
        tandem.onPhase(this::phaseChanged);
    }

    /** The first start, to the end of the first minute; {@code auto} is allowed. */
    void begin() {
        tandem.start();
        pass(10_000);
        tandem.ask(new Wish.LiveChecked(tandem.site().rules().configHash()));
        pass(30_000);
    }

    /** What is to happen as soon as Tandem is in this phase. */
    void onPhase(Phase phase, Runnable what) {
        pending.add(new Pending(phase, what));
    }

    /** Nothing waits for a phase any more. */
    void forget() {
        pending.clear();
    }

    private void phaseChanged() {
        movedMs = time.nowMs();
        Phase now = tandem.phase();
        for (Pending each : List.copyOf(pending)) {
            if (each.phase() == now) {
                pending.remove(each);
                time.afterMs(0, each.what());
            }
        }
    }

    /** Lets time pass, and everything happen that happens in it. */
    void pass(long ms) {
        long endMs = time.nowMs() + ms;
        while (true) {
            long worldMs = time.nextMs();
            long tandemMs = tandem.nextMs();
            if (Math.min(worldMs, tandemMs) > endMs) {
                time.passTo(endMs);
                return;
            }
            if (worldMs <= tandemMs) {
                time.runNext();
            } else {
                tandem.runNext(quietUntilMs(Math.min(worldMs, endMs)));
            }
            oracle.check(tandem);
        }
    }

    /** Until when a look can be left out; now: none can. */
    private long quietUntilMs(long nextMs) {
        boolean quiet = skip
                && tandem.phase() == Phase.WATCHING
                && time.nowMs() - movedMs > SETTLED_MS
                && time.nowMs() - oracle.history().disturbedMs() > SETTLED_MS
                && !world.blind
                && world.network.ownPerfect()
                && world.perfect(world.servers.get(0))
                && world.perfect(world.servers.get(1));
        return quiet ? nextMs : 0;
    }
}
