package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tandemgw.gateway.health.Diagnoser;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Reach;
import org.tandemgw.gateway.health.ServerHealth;

/** What is known of the world, and how far the one who tells it is to be trusted. Takes facts, decides nothing. */
final class Facts {
    /** No decision for so long after a stall: what came late is being told, and looks must be counted anew. */
    static final long DISTRUST_MS = 5_000;

    private final SwitchoverRules rules;
    private final List<ServerHealth> servers;
    private final Reach reach;
    private final Diagnoser diagnoser;
    private final List<Event.FeedsSeen> feeds = new ArrayList<>();
    private final List<Event.TrunksSeen> trunks = new ArrayList<>();
    private boolean legsAlive;
    private String clockSuspect;
    private long distrustUntilMs;
    private String distrustWhy;
    private int calls = -1;
    private long aheadMs;

    Facts(SwitchoverRules rules) {
        this.rules = rules;
        servers = rules.servers().stream()
                .map(each -> new ServerHealth(each.name(), each.probes(), rules.restarts(), newsMs(rules)))
                .toList();
        reach = new Reach(Stream.concat(
                        rules.gateways().stream(),
                        rules.servers().stream()
                                .flatMap(each -> Stream.of(each.netTest(), each.machine()))
                                .filter(each -> each != null))
                .distinct()
                .toList());
        diagnoser = new Diagnoser(rules.gateways(), reach);
    }

    /** As long as it takes from a restart to a switch, where nothing is in the way. */
    private static long newsMs(SwitchoverRules rules) {
        return Math.max(rules.reconnectMs(), Diagnoser.LIMIT_MS) + TimeToAct.NETWORK_LOOK_MS;
    }

    /** Takes what is a fact; what is not, is somebody else's. */
    void take(Event event, long nowMs) {
        final Look look = event instanceof Event.Looked looked
                ? looked.look()
                : event instanceof Event.NetworkLooked looked ? looked.look() : null;
        if (look != null && look.sight().reached() && dark()) {
            forgetSilence();
        }
        if (event instanceof Event.Looked looked) {
            health(looked.server()).looked(looked.probe(), looked.secondPath(), looked.look(), nowMs);
        } else if (event instanceof Event.NetworkLooked looked) {
            reach.looked(looked.target(), looked.look(), nowMs);
        } else if (event instanceof Event.FeedsSeen seen) {
            rules.server(seen.server());
            feeds.removeIf(each -> each.server().equals(seen.server()));
            feeds.add(seen);
        } else if (event instanceof Event.TrunksSeen seen) {
            trunks.removeIf(each -> each.name().equals(seen.name()));
            trunks.add(seen);
        } else if (event instanceof Event.LegsSeen seen) {
            legsAlive = seen.alive();
        } else if (event instanceof Event.CallsSeen seen) {
            calls = seen.inFlight();
        } else if (event instanceof Event.UtcSeen seen) {
            aheadMs = seen.aheadMs();
        } else if (event instanceof Event.Stalled stalled) {
            distrust("Tandem itself stood still for " + stalled.lateMs() + " ms", nowMs);
        } else if (event instanceof Event.ClockSeen seen) {
            clockSuspect = seen.suspect() ? seen.why() == null ? "no reason given" : seen.why() : null;
            distrust("the clock was not to be trusted", nowMs);
        }
    }

    /** This trunk switch did not answer; where it was seen before says nothing until it is seen again. */
    void unread(String name) {
        final Event.TrunksSeen seen = trunks(name);
        if (seen != null) {
            trunks.remove(seen);
            trunks.add(new Event.TrunksSeen(
                    name, seen.leadsTo(), seen.position(), false, seen.movedWithoutUs(), seen.epoch()));
        }
    }

    private void distrust(String why, long nowMs) {
        distrustUntilMs = nowMs + DISTRUST_MS;
        distrustWhy = why;
        forget();
    }

    /** What was seen so far is no evidence. */
    void forget() {
        servers.forEach(ServerHealth::forget);
    }

    /** Silence so far is no evidence; what the servers said themselves is. */
    void forgetSilence() {
        servers.forEach(ServerHealth::forgetSilence);
    }

    /**
     * Whether nothing at all answers, neither server nor any place of the network: then it is taken to be us, whatever the legs
     * say, and once something answers again, silence is counted anew from there.
     */
    boolean dark() {
        return servers.stream().allMatch(ServerHealth::silent) && !reach.anyAnswers();
    }

    ServerHealth health(String server) {
        return servers.get(rules.index(server));
    }

    List<ServerHealth> servers() {
        return servers;
    }

    Reach reach() {
        return reach;
    }

    Diagnoser diagnoser() {
        return diagnoser;
    }

    /** Null: nothing was told yet. */
    Event.FeedsSeen feeds(String server) {
        for (final Event.FeedsSeen each : feeds) {
            if (each.server().equals(server)) {
                return each;
            }
        }
        return null;
    }

    /** Null: nothing was told yet. */
    Event.TrunksSeen trunks(String name) {
        for (final Event.TrunksSeen each : trunks) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** The newest epoch that any trunk switch was ordered under. */
    long epochSeen() {
        return trunks.stream().mapToLong(Event.TrunksSeen::epoch).max().orElse(0);
    }

    boolean legsAlive() {
        return legsAlive;
    }

    /** Why nothing may be decided now; null: nothing is wrong with us. */
    String distrust(long nowMs) {
        if (clockSuspect != null) {
            return "the clock is not to be trusted: " + clockSuspect;
        }
        return nowMs < distrustUntilMs ? distrustWhy : null;
    }

    /** Null: it is trusted. */
    String clockSuspect() {
        return clockSuspect;
    }

    int calls() {
        return calls;
    }

    /** What the clock on the wall says at this time of ours. */
    long utcMs(long nowMs) {
        return nowMs + aheadMs;
    }

    /** When something changes by time alone. */
    long dueMs(long nowMs) {
        long due = nowMs < distrustUntilMs ? distrustUntilMs : Long.MAX_VALUE;
        for (final ServerHealth each : servers) {
            due = Math.min(due, each.dueMs(nowMs));
        }
        return due;
    }

    Memory memory() {
        return new Memory(
                servers.stream().map(ServerHealth::memory).toList(),
                reach.memory(),
                feeds,
                trunks,
                legsAlive,
                clockSuspect,
                distrustUntilMs,
                distrustWhy,
                calls,
                aheadMs);
    }

    void recall(Memory memory) {
        for (int i = 0; i < memory.servers.size(); i++) {
            servers.get(i).recall(memory.servers.get(i));
        }
        reach.recall(memory.reach);
        feeds.addAll(memory.feeds);
        trunks.addAll(memory.trunks);
        legsAlive = memory.legsAlive;
        clockSuspect = memory.clockSuspect;
        distrustUntilMs = memory.distrustUntilMs;
        distrustWhy = memory.distrustWhy;
        calls = memory.calls;
        aheadMs = memory.aheadMs;
    }

    /** Goes on where another one is, of what both know: see {@link ServerHealth#takeOver}. */
    void takeOver(Facts before, Set<String> anew) {
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).takeOver(before.servers.get(i), anew);
        }
        reach.takeOver(before.reach);
        final Memory rest = before.memory();
        recall(new Memory(
                List.of(),
                List.of(),
                rest.feeds,
                rest.trunks,
                rest.legsAlive,
                rest.clockSuspect,
                rest.distrustUntilMs,
                rest.distrustWhy,
                rest.calls,
                rest.aheadMs));
    }

    record Memory(
            List<ServerHealth.Memory> servers,
            List<Reach.Memory> reach,
            List<Event.FeedsSeen> feeds,
            List<Event.TrunksSeen> trunks,
            boolean legsAlive,
            String clockSuspect,
            long distrustUntilMs,
            String distrustWhy,
            int calls,
            long aheadMs) {
        Memory {
            servers = List.copyOf(servers);
            reach = List.copyOf(reach);
            feeds = List.copyOf(feeds);
            trunks = List.copyOf(trunks);
        }
    }
}
