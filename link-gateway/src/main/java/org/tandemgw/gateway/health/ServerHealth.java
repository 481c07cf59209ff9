package org.tandemgw.gateway.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the probes of one server add up to. A probe of the machine alone speaks for the service only where nothing else does: a
 * server that serves and is not pinged is not down. One thread.
 */
public final class ServerHealth {
    private final String name;
    private final List<ProbeWatch> probes;
    private final List<ProbeWatch> deciding;

    /**
     * Nothing is known yet.
     *
     * @param newsMs for how long a restart may be acted on: after that a server that has been steady since is left alone
     */
    public ServerHealth(String name, List<ProbeRules> rules, RestartRules restarts, long newsMs) {
        this.name = name;
        probes = rules.stream()
                .map(each -> new ProbeWatch(name, each, restarts, newsMs))
                .toList();
        final List<ProbeWatch> service =
                probes.stream().filter(each -> !each.rules().machine()).toList();
        deciding = service.isEmpty() ? probes : service;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** All probes, in the order of the file. */
    public List<ProbeWatch> probes() {
        return probes;
    }

    /**
     * A look is over.
     *
     * @throws IllegalArgumentException if there is no such probe
     */
    public void looked(String probe, boolean secondPath, Look look, long nowMs) {
        probe(probe).looked(secondPath, look, nowMs);
    }

    /**
     * The probe of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ProbeWatch probe(String probe) {
        for (final ProbeWatch each : probes) {
            if (each.name().equals(probe)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no probe " + name + "/" + probe);
    }

    /** What is known so far says nothing any more. */
    public void forget() {
        probes.forEach(ProbeWatch::forget);
    }

    /** Silence says nothing any more; what it said itself stays. */
    public void forgetSilence() {
        probes.forEach(ProbeWatch::forgetSilence);
    }

    /** Whether it is looked at, and nothing has been heard from it for some looks. */
    public boolean silent() {
        boolean any = false;
        for (final ProbeWatch each : probes) {
            if (each.telling() && !each.silentForLong()) {
                return false;
            }
            any |= each.telling();
        }
        return any;
    }

    /** Whether no probe that decides can look, so that its failure could not be seen. */
    public boolean blind() {
        boolean any = false;
        for (final ProbeWatch each : deciding) {
            if (each.telling()) {
                return false;
            }
            any |= each.blind();
        }
        return any;
    }

    /** Whether it is down for nothing but restarts, answers, and has been steady since. */
    public boolean settled(long nowMs) {
        boolean any = false;
        for (final ProbeWatch each : deciding) {
            if (each.health(nowMs) == Health.DOWN) {
                if (!each.settled(nowMs)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Whether it is down because it says no, look for look: not merely for restarts. */
    public boolean refusing(long nowMs) {
        return causes(nowMs).stream().anyMatch(ProbeWatch::refusing);
    }

    /** What the probes add up to. */
    public Health health(long nowMs) {
        if (any(deciding, Health.DOWN, nowMs)) {
            return Health.DOWN;
        }
        if (any(deciding, Health.SUSPECT, nowMs) || failing(probes, nowMs)) {
            return Health.SUSPECT;
        }
        return any(deciding, Health.UP, nowMs) ? Health.UP : Health.UNKNOWN;
    }

    private static boolean failing(List<ProbeWatch> probes, long nowMs) {
        return any(probes, Health.DOWN, nowMs) || any(probes, Health.SUSPECT, nowMs);
    }

    private static boolean any(List<ProbeWatch> probes, Health health, long nowMs) {
        for (final ProbeWatch each : probes) {
            if (each.health(nowMs) == health) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is down by something of now, and not merely by restarts that it has been steady since. */
    public boolean failing(long nowMs) {
        for (final ProbeWatch each : deciding) {
            if (each.failing(nowMs)) {
                return true;
            }
        }
        return false;
    }

    /** The probes that say it is down now. */
    public List<ProbeWatch> causes(long nowMs) {
        final List<ProbeWatch> down = new ArrayList<>();
        for (final ProbeWatch each : deciding) {
            if (each.failing(nowMs)) {
                down.add(each);
            }
        }
        return down;
    }

    /** Whether it is down, and none of the probes that say so could look just now. */
    public boolean unasked(long nowMs) {
        final List<ProbeWatch> causes = causes(nowMs);
        return !causes.isEmpty() && causes.stream().allMatch(ProbeWatch::unasked);
    }

    /** Whether it is down by what it said itself. */
    public boolean hard(long nowMs) {
        for (final ProbeWatch each : deciding) {
            if (each.failing(nowMs) && each.hard(nowMs)) {
                return true;
            }
        }
        return false;
    }

    /** When anything came from it last; 0: never. */
    public long reachedMs() {
        return probes.stream().mapToLong(ProbeWatch::reachedMs).max().orElse(0);
    }

    /** Whether anything came from it at this time or later, and still does as far as is known. */
    public boolean reachedSince(long sinceMs) {
        return probes.stream().anyMatch(each -> each.reachedSince(sinceMs));
    }

    /** Since when anything comes from it, of what has come at this time or later; {@code Long.MAX_VALUE}: nothing has. */
    public long backMs(long sinceMs) {
        return probes.stream()
                .filter(each -> each.reachedMs() >= sinceMs)
                .mapToLong(ProbeWatch::backMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** When a probe that decides answered well last; 0: never. */
    public long answeredMs() {
        return deciding.stream().mapToLong(ProbeWatch::answeredMs).max().orElse(0);
    }

    /** As last reported; null: never. */
    public String release() {
        for (final ProbeWatch each : probes) {
            if (each.release() != null) {
                return each.release();
            }
        }
        return null;
    }

    /** What stands against it, probe by probe. */
    public List<Seen> evidence() {
        return probes.stream().flatMap(each -> each.evidence().stream()).toList();
    }

    /** When its health changes by time alone; {@code Long.MAX_VALUE}: never. */
    public long dueMs(long nowMs) {
        long due = Long.MAX_VALUE;
        for (final ProbeWatch each : probes) {
            due = Math.min(due, each.dueMs(nowMs));
        }
        return due;
    }

    /** All of its state. */
    public Memory memory() {
        return new Memory(probes.stream().map(ProbeWatch::memory).toList());
    }

    /** Goes on where that was written. */
    public void recall(Memory memory) {
        for (int i = 0; i < probes.size(); i++) {
            probes.get(i).recall(memory.probes.get(i));
        }
    }

    /**
     * Goes on where another one is, as far as it knows the same probes. Before anything was told.
     *
     * @param anew {@code server/probe} of those that ask otherwise now: what was seen before says nothing of them
     */
    public void takeOver(ServerHealth before, Set<String> anew) {
        for (final ProbeWatch each : before.probes) {
            final boolean asBefore = !anew.contains(name + "/" + each.name());
            for (final ProbeWatch mine : probes) {
                if (mine.name().equals(each.name()) && asBefore) {
                    mine.recall(each.memory());
                } else if (mine.name().equals(each.name())) {
                    mine.begunAnew(each);
                }
            }
        }
    }

    /** All of its state. */
    public record Memory(List<ProbeWatch.Memory> probes) {
        /** Copies the list. */
        public Memory {
            probes = List.copyOf(probes);
        }
    }
}
