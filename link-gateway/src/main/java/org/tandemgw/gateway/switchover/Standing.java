package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.health.Health;

/**
 * Whether one server has proved that it could take over. It is ready once it has been well and its feeds at parity for a while, and
 * stays ready while it is well, connected and not behind for long.
 */
final class Standing {
    /** So long well and at parity before it counts: well below the ten seconds in which a server rejoins. */
    static final long PROOF_MS = 5_000;

    /** So long it may be behind before it must prove itself again. */
    static final long BEHIND_MS = 10_000;

    private final ServerRules rules;
    private long wellSinceMs;
    private long behindSinceMs;
    private boolean proved;
    private boolean restarted;
    private boolean out;

    Standing(ServerRules rules) {
        this.rules = rules;
    }

    void update(Facts facts, long nowMs) {
        final Health health = facts.health(rules.name()).health(nowMs);
        final Event.FeedsSeen feeds = facts.feeds(rules.name());
        restarted = health == Health.DOWN && facts.health(rules.name()).settled(nowMs);
        final boolean answers = rules.probes().isEmpty()
                || health == Health.UP
                || restarted
                || proved
                        && health != Health.DOWN
                        && !facts.health(rules.name()).blind();
        final boolean connected = feeds != null && feeds.connected();
        final boolean atParity = connected && feeds.atParity();
        if (out) {
            leave();
            return;
        }
        behindSinceMs = atParity ? 0 : behindSinceMs == 0 ? nowMs : behindSinceMs;
        if (!answers || !connected || behindSinceMs != 0 && !(proved && nowMs < behindSinceMs + BEHIND_MS)) {
            proved = false;
            wellSinceMs = 0;
            return;
        }
        wellSinceMs = wellSinceMs == 0 ? nowMs : wellSinceMs;
        proved = proved || nowMs >= wellSinceMs + PROOF_MS;
    }

    /** An operator has taken it out of service, or puts it back: then it has to prove itself anew. */
    void out(boolean now) {
        out = now;
        leave();
    }

    boolean isOut() {
        return out;
    }

    private void leave() {
        proved = false;
        wellSinceMs = 0;
        behindSinceMs = 0;
    }

    /** It could take over. */
    boolean ready() {
        return proved && !restarted;
    }

    /** It could take over from one that is dead: it may have restarted too often, and has been steady since. */
    boolean readyForTheWorst() {
        return proved;
    }

    /** When it changes by time alone. */
    long dueMs() {
        if (proved) {
            return behindSinceMs == 0 ? Long.MAX_VALUE : behindSinceMs + BEHIND_MS;
        }
        return wellSinceMs == 0 ? Long.MAX_VALUE : wellSinceMs + PROOF_MS;
    }

    Role role(String active, Facts facts, long nowMs) {
        if (rules.name().equals(active)) {
            return Role.ACTIVE;
        }
        if (out) {
            return Role.OUT;
        }
        if (ready()) {
            return Role.STANDBY;
        }
        final Event.FeedsSeen feeds = facts.feeds(rules.name());
        final boolean comes =
                facts.health(rules.name()).health(nowMs) != Health.DOWN && feeds != null && feeds.connected();
        return comes ? Role.REJOINING : Role.OUT;
    }

    Memory memory() {
        return new Memory(wellSinceMs, behindSinceMs, proved, restarted, out);
    }

    void recall(Memory memory) {
        wellSinceMs = memory.wellSinceMs;
        behindSinceMs = memory.behindSinceMs;
        proved = memory.proved;
        restarted = memory.restarted;
        out = memory.out;
    }

    record Memory(long wellSinceMs, long behindSinceMs, boolean proved, boolean restarted, boolean out) {}
}
