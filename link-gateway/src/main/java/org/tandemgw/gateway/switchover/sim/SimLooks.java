package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Event;

/**
 * The simulated watcher: looks in the rhythm of the real one. The first look is spread over one interval; then every {@code every};
 * after a failed look over the second path at once, and after {@code retry} again. What it sees it tells and forgets.
 */
final class SimLooks {
    /** So much of a healthy span is never skipped: what is recent to anybody is there. */
    private static final long KEPT_MS = 6_000;

    private static final int LASTING = 10;
    private static final long LASTING_PAUSE_MS = 1_000;

    private final SimWorld world;
    private final SimLook sees;
    private final Consumer<Event> ear;
    private final List<Source> sources = new ArrayList<>();
    private Source next;
    /** Looks that said nothing new and were left out. */
    long skipped;

    long told;

    /** One thing to look at. */
    private final class Source {
        final int number;
        final String name;
        final long everyMs;
        final long timeoutMs;
        final long retryMs;
        final IntFunction<Look> main;
        /** Null: no second path. */
        final IntFunction<Look> second;

        final SimServer server;
        final ProbeRules probe;
        final boolean holds;
        /** After so many that failed it is looked no oftener than once a second. */
        final int patience;

        int failedInARow;
        long dueMs;
        Look toTell;
        boolean onSecond;

        Source(
                int number,
                String name,
                SimServer server,
                ProbeRules probe,
                boolean holds,
                int patience,
                long everyMs,
                long timeoutMs,
                long retryMs,
                IntFunction<Look> main,
                IntFunction<Look> second) {
            this.number = number;
            this.name = name;
            this.server = server;
            this.probe = probe;
            this.holds = holds;
            this.patience = patience;
            this.everyMs = everyMs;
            this.timeoutMs = timeoutMs;
            this.retryMs = retryMs;
            this.main = main;
            this.second = second;
        }

        void look() {
            toTell = (onSecond ? second : main).apply(number);
            dueMs = world.time.nowMs() + toTell.tookMicros() / 1_000;
        }

        void tell() {
            Look look = toTell;
            boolean wasSecond = onSecond;
            boolean failed = look.sight() != Sight.ANSWERED;
            toTell = null;
            onSecond = failed && !wasSecond && second != null;
            long now = world.time.nowMs();
            if (onSecond) {
                dueMs = now;
            } else if (failed || wasSecond) {
                failedInARow++;
                dueMs = now
                        + (failedInARow < patience ? retryMs : Math.max(retryMs, Math.min(everyMs, LASTING_PAUSE_MS)));
            } else {
                failedInARow = 0;
                dueMs = now - look.tookMicros() / 1_000 + everyMs;
            }
            told++;
            ear.accept(
                    probe == null
                            ? new Event.NetworkLooked(name, look)
                            : new Event.Looked(server.name, probe.name(), wasSecond, look));
        }
    }

    SimLooks(SimWorld world, Consumer<Event> ear) {
        this.world = world;
        this.sees = new SimLook(world);
        this.ear = ear;
    }

    void probe(SimServer server, ProbeRules probe, SimSense sense) {
        add(source(sources.size() + 1, server, probe, sense));
    }

    /** It asks otherwise from here on; what was under way is not heard any more. */
    void anew(SimServer server, ProbeRules probe, SimSense sense) {
        String name = server.name + "/" + probe.name();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).name.equals(name)) {
                sources.set(i, begins(source(i + 1, server, probe, sense)));
            }
        }
    }

    private Source source(int of, SimServer server, ProbeRules probe, SimSense sense) {
        return new Source(
                of,
                server.name + "/" + probe.name(),
                server,
                probe,
                sense.holds,
                sense == SimSense.ALL || sense == SimSense.ALL_HELD ? Integer.MAX_VALUE : LASTING * probe.failures(),
                probe.everyMs(),
                probe.timeoutMs(),
                probe.retryMs(),
                number -> sees.server(server, probe, false, sense, number),
                probe.secondPath() ? number -> sees.server(server, probe, true, sense, number) : null);
    }

    void gateway(String target, int net, long everyMs, long timeoutMs) {
        network(target, everyMs, timeoutMs, number -> sees.gateway(net, number, timeoutMs));
    }

    void netTest(String target, SimServer server, long everyMs, long timeoutMs) {
        network(target, everyMs, timeoutMs, number -> sees.netTest(server, number, timeoutMs));
    }

    void machine(String target, SimServer server, long everyMs, long timeoutMs) {
        network(target, everyMs, timeoutMs, number -> sees.machine(server, number, timeoutMs));
    }

    private void network(String target, long everyMs, long timeoutMs, IntFunction<Look> look) {
        add(new Source(
                sources.size() + 1,
                target,
                null,
                null,
                false,
                Integer.MAX_VALUE,
                everyMs,
                timeoutMs,
                everyMs,
                look,
                null));
    }

    private void add(Source source) {
        sources.add(begins(source));
    }

    /** Its first look is spread over one interval. */
    private Source begins(Source source) {
        source.dueMs = world.time.nowMs() + source.number * source.everyMs % 997 % source.everyMs;
        next = null;
        return source;
    }

    /** When there is something to do next. */
    long nextMs() {
        if (next == null) {
            for (Source each : sources) {
                if (next == null || each.dueMs < next.dueMs) {
                    next = each;
                }
            }
        }
        return next == null ? Long.MAX_VALUE : next.dueMs;
    }

    /**
     * Does what is due next.
     *
     * @param quietUntilMs before then nothing changes that a look could see or that anybody waits for; a look that would only say so
     *     again is left out
     */
    void runNext(long quietUntilMs) {
        Source source = next;
        next = null;
        if (source.toTell != null) {
            source.tell();
        } else if (quietUntilMs - KEPT_MS > source.dueMs + source.everyMs) {
            long steps = (quietUntilMs - KEPT_MS - source.dueMs) / source.everyMs;
            source.dueMs += steps * source.everyMs;
            skipped += steps;
        } else {
            source.look();
        }
    }

    /** Looks out of rhythm, at once. */
    void lookNow(List<String> targets) {
        for (Source each : sources) {
            if (each.toTell == null && targets.contains(each.name)) {
                each.dueMs = world.time.nowMs();
            }
        }
        next = null;
    }

    /** The connections that a probe holds are reset. */
    void reset(SimServer server) {
        for (Source each : sources) {
            if (each.holds && each.server == server && each.toTell == null) {
                each.onSecond = false;
                each.toTell = new Look(Sight.RESET, "connection reset", 0, null, null);
                each.dueMs = world.time.nowMs();
            }
        }
        next = null;
    }

    /** After a standstill: what was under way for too long may be taken for silence. */
    void thaw() {
        long now = world.time.nowMs();
        for (Source each : sources) {
            if (each.dueMs < now) {
                boolean missed = each.toTell != null
                        && each.toTell.sight() == Sight.ANSWERED
                        && now - each.dueMs > each.timeoutMs
                        && world.dice.at(each.number, now, 3) == 0;
                if (missed) {
                    each.toTell = new Look(Sight.SILENT, "no answer", (now - each.dueMs) * 1_000, null, null);
                }
                each.dueMs = now;
            }
        }
        next = null;
    }
}
