package org.tandemgw.gateway.switchover.sim;

import java.util.Arrays;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Nothing is waited for without an end, and who asks is answered at once. */
final class WaitRule {
    /** What a step may take beyond the limits of the file before it counts as over. */
    private static final long GRACE_MS = 6_000;

    /** So long a switchover may wait after something that made Tandem doubt its eyes. */
    private static final long DOUBT_MS = 60_000;
    /** So long a demote that is the fence of a dead server may be tried again, and a pause. */
    private static final long FENCE_MS = 65_000;

    /** So long after it Tandem may still not believe them. */
    private static final long DISTRUST_MS = 6_000;

    private final SimOracle oracle;
    private final long[] limits = new long[Phase.values().length];
    private long openLimitMs;
    private long demotingMs;
    private long openSinceMs = Long.MAX_VALUE;
    private long openDecision;
    private Phase phase;
    private long phaseSinceMs;
    /** What is waited for is counted from here: before, nobody could say whether it was still wanted. */
    private long surelySinceMs;

    private boolean clockSuspect;
    private long unanswered;

    WaitRule(SimOracle oracle, SimSite site) {
        this.oracle = oracle;
        follow(site);
    }

    /** From here on the limits of this file. */
    void follow(SimSite site) {
        long longestSelectMs = 0;
        long dwellMs = 0;
        for (SwitchRules each : site.rules().switches()) {
            longestSelectMs = Math.max(longestSelectMs, each.selectMs());
            dwellMs = Math.max(dwellMs, each.dwellMs());
        }
        long promoteMs = 0;
        long demoteMs = 0;
        for (ServerRules each : site.rules().servers()) {
            promoteMs = Math.max(promoteMs, each.promoteMs());
            demoteMs = Math.max(demoteMs, each.demoteMs());
        }
        Arrays.fill(limits, Long.MAX_VALUE);
        SwitchoverRules rules = site.rules();
        limit(Phase.STARTING, 60_000);
        limit(Phase.DIAGNOSING, 15_000);
        limit(Phase.UNREACHABLE, Math.max(0, rules.unreachablePings()) * (rules.unreachableEveryMs() + 2_000) + 15_000);
        limit(Phase.RECONNECTING, rules.reconnectMs() + 2_000);
        long queueMs = Math.max(promoteMs, demoteMs) + GRACE_MS; // until it begins
        demotingMs = queueMs
                + demoteMs
                + GRACE_MS
                + (rules.fence() == FencePolicy.DEMOTE ? FENCE_MS + queueMs + demoteMs + GRACE_MS : 0);
        limit(Phase.DEMOTING, demotingMs + DOUBT_MS);
        limit(Phase.SELECTING, 3 * (longestSelectMs + dwellMs + GRACE_MS));
        limit(Phase.ROLLING_BACK, longestSelectMs + dwellMs + GRACE_MS);
        limit(Phase.PROMOTING, 5 * (queueMs + promoteMs + GRACE_MS) + queueMs + demoteMs + GRACE_MS);
        limit(Phase.PUTTING_BACK, 2 * queueMs + promoteMs + GRACE_MS + demoteMs + GRACE_MS);
        openLimitMs = limitMs(Phase.DEMOTING)
                + limitMs(Phase.SELECTING)
                + limitMs(Phase.ROLLING_BACK)
                + 2 * limitMs(Phase.PROMOTING);
    }

    private void limit(Phase of, long ms) {
        limits[of.ordinal()] = ms;
    }

    /** How long a phase may last at most while Tandem runs; for ever where it waits for the world to change. */
    private long limitMs(Phase of) {
        return limits[of.ordinal()];
    }

    void began(Durable state) {
        ended();
        wrote(state);
    }

    /** What is waited for is not waited for any more, or is not to be judged. */
    void ended() {
        openSinceMs = Long.MAX_VALUE;
        unanswered = 0;
        phase = null;
        clockSuspect = false;
    }

    void phase(Phase now) {
        phase = now;
        phaseSinceMs = oracle.nowMs();
    }

    void wrote(Durable state) {
        if (state == null || state.open() == null) {
            openSinceMs = Long.MAX_VALUE;
        } else if (openSinceMs == Long.MAX_VALUE || openDecision != state.open().decision()) {
            openSinceMs = oracle.nowMs();
            openDecision = state.open().decision();
        }
    }

    void hears(Event event) {
        boolean excused = event instanceof Event.StoreFailed || event instanceof Event.Asked;
        if (unanswered != 0 && !excused) {
            throw oracle.broken("answer", "request " + unanswered + " was not answered at once");
        }
        if (event instanceof Event.Asked asked) {
            unanswered = asked.request();
        }
        clockSuspect = event instanceof Event.ClockSeen clock ? clock.suspect() : clockSuspect;
        if (event instanceof Event.ClockSeen || event instanceof Event.Stalled) {
            surelySinceMs = oracle.nowMs() + DISTRUST_MS;
        } else if (event instanceof Event.Looked looked && looked.look().sight() == Sight.NOT_ASKED) {
            surelySinceMs = Math.max(surelySinceMs, oracle.nowMs());
        }
    }

    void acts(Action action) {
        if (action instanceof Action.Answer answer) {
            if (answer.request() != unanswered) {
                throw oracle.broken("answer", "an answer that nobody waits for: " + answer);
            }
            unanswered = 0;
        }
    }

    void check(SimTandem tandem) {
        long now = oracle.nowMs();
        if (!tandem.running()) {
            return;
        }
        if (openSinceMs != Long.MAX_VALUE && now - openSinceMs > openLimitMs) {
            throw oracle.broken("wait", "decision " + openDecision + " is open for " + (now - openSinceMs) + " ms");
        }
        if (phase != null && now - phaseSinceMs > limitMs(phase)) {
            throw oracle.broken("wait", phase + " for " + (now - phaseSinceMs) + " ms");
        }
        long sinceMs = Math.max(phaseSinceMs, surelySinceMs);
        if (phase == Phase.DEMOTING && !clockSuspect && now - sinceMs > demotingMs) {
            throw oracle.broken("wait", phase + " for " + (now - sinceMs) + " ms without a doubt");
        }
    }
}
