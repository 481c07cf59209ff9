package org.tandemgw.gateway.deciding;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.SystemClock;
import org.tandemgw.gateway.trunks.TrunkSight;

/** The thread {@code control} of a site of two servers without trunk switches, all fed and well; what it is told and does is kept. */
final class ControlRig implements AutoCloseable {
    final List<Event> told = new CopyOnWriteArrayList<>();
    final List<Action> done = new CopyOnWriteArrayList<>();
    final Clock clock = new SystemClock();
    final Control control;

    ControlRig(Inbox inbox) {
        final long startMs = TimeUnit.NANOSECONDS.toMillis(clock.utcNs());
        control = new Control(
                new Switchover(rules(), null, startMs),
                startMs,
                clock.nanoTime(),
                inbox,
                new FactWatch(new AllIsWell()),
                () -> {},
                new Keeps(),
                clock);
    }

    private static SwitchoverRules rules() {
        return new SwitchoverRules(
                "test",
                Mode.AUTO,
                List.of(server("east"), server("west")),
                List.of(),
                FencePolicy.NONE,
                0,
                3,
                1_000,
                new RestartRules(2, 2, 300_000),
                0,
                FailBack.NEVER,
                "east",
                List.of(),
                false,
                false,
                "cafe",
                "UTC");
    }

    private static ServerRules server(String name) {
        return new ServerRules(
                name, List.of(new ProbeRules("app", 100, 90, 3, 50, false, false)), 0, 0, null, null, null);
    }

    @Override
    public void close() {
        control.close();
    }

    private final class Keeps implements Carrier {
        @Override
        public void recorded(Event event, long nowMs, Switchover machine) {
            told.add(event);
        }

        @Override
        public void follows(SwitchoverRules rules) {
            // the rules stay
        }

        @Override
        public void carryOut(Action action, long nowMs) {
            done.add(action);
        }

        @Override
        public void stands(SwitchoverView view, long nowMs) {
            // nobody waits for it
        }

        @Override
        public void ended(String why) {
            // as the fault tells
        }
    }

    private static final class AllIsWell implements FactSource {
        @Override
        public List<Fed> fed() {
            return List.of(new Fed("east", true, true), new Fed("west", true, true));
        }

        @Override
        public boolean legsAlive() {
            return true;
        }

        @Override
        public Optional<String> clockSuspect() {
            return Optional.empty();
        }

        @Override
        public int callsInFlight() {
            return -1;
        }

        @Override
        public List<TrunkSight> trunks() {
            return List.of();
        }
    }
}
