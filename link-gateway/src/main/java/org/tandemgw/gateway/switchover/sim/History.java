package org.tandemgw.gateway.switchover.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.FenceHeld;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.Trigger;
import org.tandemgw.gateway.switchover.Wish;

/** What the oracle has seen itself: since when which truth holds, what operators were promised, what was decided. */
final class History {
    private static final long DISTRUST_MS = 6_000;
    /** So long after our own network was back a row of looks may still end with its silence. */
    private static final long DARK_MS = 6_000;

    private static final long LONG_AGO = Long.MIN_VALUE / 4;

    private final SimWorld world;
    private SimSite site;
    private final Granted granted = new Granted();
    private final long[] wellSinceMs = {LONG_AGO, LONG_AGO};
    private final long[] badSinceMs = {Long.MAX_VALUE, Long.MAX_VALUE};
    private final boolean[] connected = new boolean[2];
    private final boolean[] parity = new boolean[2];
    private final long[] paritySinceMs = {LONG_AGO, LONG_AGO};
    /** For each server when it was last heard to answer, and when a switchover began that had what speaks against it. */
    private final long[] answeredMs = {LONG_AGO, LONG_AGO};

    private final long[] leftMs = {LONG_AGO, LONG_AGO};
    /** For each server until when what speaks against it may have been spent. */
    private final long[] spentMs = {LONG_AGO, LONG_AGO};

    /** When the newest switchover began, and against which servers something spoke then. */
    private long openedMs = LONG_AGO;

    private final boolean[] spokenAgainst = new boolean[2];
    /** Which servers were failing then, by all that had been told until then. */
    private final boolean[] failingThen = new boolean[2];

    /** Since when each server and its ways are well, whatever Tandem's own network does. */
    private final long[] serverWellSinceMs = {LONG_AGO, LONG_AGO};

    /** When the ways to each server were all well again, and whether they are. */
    private final long[] waysBackMs = {LONG_AGO, LONG_AGO};

    private final boolean[] waysLost = new boolean[2];

    /** For each probe how many looks in a row failed over its main path, as told. */
    private final Map<String, Integer> failedInARow = new HashMap<>();
    /** The same over its second path, while the main path fails. */
    private final Map<String, Integer> secondFailedInARow = new HashMap<>();
    /** Whether the newest look of a probe over its main path heard nothing. */
    private final Map<String, Boolean> silent = new HashMap<>();

    private final Map<String, String> identities = new HashMap<>();
    private final long[] serviceFailedMs = {LONG_AGO, LONG_AGO};
    private final int[] restarts = new int[2];
    private int calls = -1;
    private final int[] boxMoves;
    private final long[] reachableSinceMs;

    private final boolean[] wasUnreachable;
    private long blindMs = LONG_AGO;
    private boolean wasBlind;
    private final long[] handMovedMs;
    private long holdDownUntilMs = LONG_AGO;
    private long disturbedMs = LONG_AGO;
    private long lastSelectMs = LONG_AGO;
    private boolean clockSuspect;
    /** For each server which release this life of Tandem was told last; null: none. */
    private final String[] releaseTold = new String[2];
    /** As the control file said at the last start: the end of a switch may not have been told before a death, and clocks are set. */
    private long inheritedHoldDownUntilMs;

    /** The last epoch in which not every card had to be there. */
    private long overTheDead;
    /** Something could not be written, and no operator has said since that it goes on. */
    private boolean storeFailed;

    private boolean otherFile;

    private Durable written;

    History(SimWorld world, SimSite site) {
        this.world = world;
        this.site = site;
        this.boxMoves = new int[world.boxes.size()];
        this.handMovedMs = new long[world.boxes.size()];
        this.reachableSinceMs = new long[world.boxes.size()];
        this.wasUnreachable = new boolean[world.boxes.size()];
        java.util.Arrays.fill(handMovedMs, LONG_AGO);
        disturbedMs = world.time.nowMs();
    }

    void worldChanged() {
        long now = world.time.nowMs();
        disturbed();
        blindMs = world.blind || wasBlind ? now : blindMs;
        wasBlind = world.blind;
        for (SimServer server : world.servers) {
            int i = server.index;
            boolean well = world.perfect(server) && world.network.ownPerfect();
            wellSinceMs[i] = well ? wellSinceMs[i] == Long.MAX_VALUE ? now : wellSinceMs[i] : Long.MAX_VALUE;
            if (!server.serves()) {
                serviceFailedMs[i] = now;
            }
            boolean ways = server.main.perfect() && server.second.perfect() && server.netTest.perfect();
            waysBackMs[i] = ways && waysLost[i] ? now : waysBackMs[i];
            waysLost[i] = !ways;
            boolean serverWell = world.perfect(server);
            serverWellSinceMs[i] =
                    serverWell ? serverWellSinceMs[i] == Long.MAX_VALUE ? now : serverWellSinceMs[i] : Long.MAX_VALUE;
            boolean bad = !server.serves() || !world.network.mainOpen(server) && !world.network.secondOpen(server);
            badSinceMs[i] = bad ? Math.min(badSinceMs[i], now) : Long.MAX_VALUE;
        }
        for (int i = 0; i < boxMoves.length; i++) {
            boolean unreachable = world.boxes.get(i).mood == SimBox.Mood.UNREACHABLE;
            if (unreachable || wasUnreachable[i]) {
                reachableSinceMs[i] = now;
            }
            wasUnreachable[i] = unreachable;
            if (world.boxes.get(i).handMoves != boxMoves[i]) {
                boxMoves[i] = world.boxes.get(i).handMoves;
                handMovedMs[i] = now;
            }
        }
    }

    /** For how long this server and its ways have been well, whatever Tandem's own network does; negative: they are not. */
    long serverWellMs(SimServer server) {
        long since = serverWellSinceMs[server.index];
        return since == Long.MAX_VALUE ? -1 : world.time.nowMs() - since;
    }

    /** When the ways to this server were well again after the last trouble. */
    long waysBackMs(SimServer server) {
        return waysBackMs[server.index];
    }

    /** When Tandem could not ask anybody last. */
    long blindMs() {
        return world.blind ? world.time.nowMs() : blindMs;
    }

    /** For how long, at least, Tandem could have read this box. */
    long reachableForMs(int box) {
        return world.time.nowMs() - reachableSinceMs[box];
    }

    /** Whether the servers run different releases as far as Tandem was told. */
    boolean toldSkew() {
        String one = told(world.servers.get(0));
        String other = told(world.servers.get(1));
        return one != null && other != null && !one.equals(other);
    }

    /** Null: nobody knows. */
    private String told(SimServer server) {
        return releaseTold[server.index] == null
                ? site.rules().servers().get(server.index).release()
                : releaseTold[server.index];
    }

    /** What was heard before is no evidence, and Tandem may take a while to believe its eyes again. */
    private void distrusted() {
        disturbedMs = Math.max(disturbedMs, world.time.nowMs() + DISTRUST_MS);
        failedInARow.clear();
    }

    /** Something happened after which times are counted afresh. */
    void disturbed() {
        disturbedMs = Math.max(disturbedMs, world.time.nowMs());
    }

    void file(boolean other) {
        otherFile = other;
    }

    /** Whether Tandem runs with another configuration than the site's. */
    boolean otherFile() {
        return otherFile;
    }

    /**
     * Tandem begins.
     *
     * @param clockMovedMs how much further its clock is than in its last life
     */
    void began(Durable state, long clockMovedMs) {
        disturbed();
        holdDownUntilMs -= Math.max(0, clockMovedMs);
        written = state;
        granted.began(state);
        inheritedHoldDownUntilMs = state.holdDownUntilMs();
        clockSuspect = false;
        storeFailed = false;
        releaseTold[0] = null;
        releaseTold[1] = null;
        parity[0] = false;
        parity[1] = false;
        connected[0] = false;
        connected[1] = false;
        failedInARow.clear();
        calls = -1;
    }

    void killed() {
        granted.killed();
        disturbed();
    }

    void hears(Event event) {
        long now = world.time.nowMs();
        if (event instanceof Event.Looked looked) {
            looked(looked, now);
        } else if (event instanceof Event.CallsSeen seen) {
            calls = seen.inFlight();
        } else if (event instanceof Event.FeedsSeen feeds) {
            int i = world.server(feeds.server()).index;
            boolean all = feeds.connected() && feeds.atParity();
            if (all != parity[i] || !feeds.connected()) {
                paritySinceMs[i] = now;
            }
            parity[i] = all;
            connected[i] = feeds.connected();
            disturbed();
        } else if (event instanceof Event.ClockSeen clock) {
            clockSuspect = clock.suspect();
            distrusted();
        } else if (event instanceof Event.StoreFailed) {
            storeFailed = true;
            disturbed();
        } else if (event instanceof Event.Stalled) {
            distrusted();
        } else if (event instanceof Event.TrunksSeen) {
            disturbed();
        }
    }

    private void looked(Event.Looked looked, long now) {
        int server = world.server(looked.server()).index;
        String probe = looked.server() + "/" + looked.probe();
        releaseTold[server] = looked.look().release() == null
                ? releaseTold[server]
                : looked.look().release();
        if (looked.look().sight() == Sight.ANSWERED) {
            if (!machineOnly(looked)) {
                answeredMs[server] = now;
            }
            failedInARow.put(probe, 0);
            secondFailedInARow.put(probe, 0);
            String identity = looked.look().identity();
            String before = identity == null ? null : identities.put(probe, identity);
            if (before != null && !before.equals(identity)) {
                restarts[server]++;
            }
        } else if (looked.look().sight() != Sight.NOT_ASKED) {
            (looked.secondPath() ? secondFailedInARow : failedInARow).merge(probe, 1, Integer::sum);
            silent.put(probe, looked.look().sight().silence());
        }
    }

    private boolean machineOnly(Event.Looked looked) {
        return site.rules().server(looked.server()).probes().stream()
                        .anyMatch(each -> each.name().equals(looked.probe()) && each.machine())
                && site.rules().server(looked.server()).probes().stream().anyMatch(each -> !each.machine());
    }

    /** Whether as much has been told as must be before anything is done about this server. */
    boolean toldEnough(SimServer server) {
        RestartRules rules = site.rules().restarts();
        return restarts[server.index] >= Math.min(rules.sequential(), rules.inPeriod()) || failing(server);
    }

    /** Whether a probe of this server has failed as often in a row as the file allows. */
    boolean failing(SimServer server) {
        for (ProbeRules probe : site.rules().servers().get(server.index).probes()) {
            if (failedInARow.getOrDefault(server.name + "/" + probe.name(), 0) >= probe.failures()) {
                return true;
            }
        }
        return false;
    }

    /** Whether what was told says that this server is down; what ends with silence while our own network was away says nothing. */
    private boolean down(SimServer server) {
        boolean ownTrouble = world.time.nowMs() - world.ownTroubleMs() < DARK_MS;
        for (ProbeRules probe : site.rules().servers().get(server.index).probes()) {
            String name = server.name + "/" + probe.name();
            if (!probe.machine()
                    && !(ownTrouble && silent.getOrDefault(name, false))
                    && failedInARow.getOrDefault(name, 0) >= probe.failures()
                    && (!probe.secondPath() || secondFailedInARow.getOrDefault(name, 0) >= probe.failures())) {
                return true;
            }
        }
        return false;
    }

    /** When the service or its machine was last seen not to be well, by whoever sees everything. */
    long serviceFailedMs(SimServer server) {
        return serviceFailedMs[server.index];
    }

    /** Calls in flight as Tandem was told; -1: not known. */
    int calls() {
        return calls;
    }

    void acts(Action action) {
        long now = world.time.nowMs();
        if (action instanceof Action.Closed closed) {
            disturbed();
            if (closed.decision().epoch() != null) {
                spent(closed.decision(), now);
            }
            if (closed.decision().fence() == FenceHeld.DEAD) {
                overTheDead = closed.decision().epoch();
            }
            if (closed.decision().trigger() == Trigger.AUTOMATIC
                    && closed.decision().outcome() == Outcome.SWITCHED) {
                holdDownUntilMs = now + site.rules().holdDownMs();
            } else if (closed.decision().outcome() == Outcome.SWITCHED) {
                // An operator has decided since.
                holdDownUntilMs = LONG_AGO;
            }
        } else if (action instanceof Action.Opened) {
            openedMs = now;
            world.servers.forEach(each -> spokenAgainst[each.index] = down(each));
            world.servers.forEach(each -> failingThen[each.index] = failing(each));
        } else if (action instanceof Action.Select) {
            lastSelectMs = now;
        } else if (action instanceof Action.Answer answer) {
            Wish wish = granted.answered(answer.request());
            if (answer.ok() && wish != null) {
                granted(wish);
            }
        }
    }

    /**
     * What spoke against the server that was left when the switchover began has had it, unless it was given up or nothing was begun;
     * so has what an operator knew of the server that he chose, as he chose it. What may be spent is more: all that speaks against the
     * one that was left when it ends.
     */
    private void spent(Decision decision, long now) {
        int from = fromOf(decision);
        boolean switched = decision.outcome() == Outcome.SWITCHED;
        boolean tried = switched
                || decision.outcome() == Outcome.FAILED && !decision.steps().isEmpty();
        boolean automatic = decision.trigger() == Trigger.AUTOMATIC;
        if (tried && (automatic || spokenAgainst[from])) {
            leftMs[from] = openedMs;
        }
        if (switched && !automatic && spokenAgainst[1 - from]) {
            leftMs[1 - from] = openedMs;
        }
        if (failingThen[1 - from]) {
            spentMs[1 - from] = Math.max(spentMs[1 - from], openedMs);
        }
        if (decision.outcome() != Outcome.ABANDONED && (automatic || failing(world.servers.get(from)))) {
            spentMs[from] = now;
        }
    }

    private int fromOf(Decision decision) {
        return 1 - world.server(decision.to()).index;
    }

    private void granted(Wish wish) {
        disturbed();
        granted.granted(wish);
        if (wish instanceof Wish.Resume) {
            holdDownUntilMs = LONG_AGO;
            storeFailed = false;
        }
    }

    void wrote(Durable state) {
        boolean byOperator = written != null
                && written.open() != null
                && written.open().trigger() != Trigger.AUTOMATIC
                && state.open() == null
                && written.open().to().equals(state.active());
        if (byOperator) {
            holdDownUntilMs = LONG_AGO; // also if Tandem dies before it can tell
        }
        written = state;
        granted.wrote(state);
    }

    void readBack(SimBox box, Action.Select order, SelectOutcome outcome) {
        disturbed();
    }

    /** The mode in effect, by what operators were told. */
    Mode mode() {
        return otherFile ? Mode.MANUAL : granted.mode(site.rules());
    }

    Granted granted() {
        return granted;
    }

    /** The site by the file in force. */
    SimSite site() {
        return site;
    }

    /** Times are counted afresh, and so is what is asked otherwise; hold-down lasts no longer than the file in force has it. */
    void reloaded(SimSite now, Set<String> anew, long heardMs) {
        site = now;
        failedInARow.keySet().removeAll(anew);
        secondFailedInARow.keySet().removeAll(anew);
        holdDownUntilMs = Math.min(holdDownUntilMs, heardMs + now.rules().holdDownMs());
        disturbed();
    }

    Durable written() {
        return written;
    }

    long holdDownUntilMs() {
        return holdDownUntilMs;
    }

    long disturbedMs() {
        return disturbedMs;
    }

    long overTheDead() {
        return overTheDead;
    }

    boolean inheritedHoldDown(Durable state) {
        return state.holdDownUntilMs() == inheritedHoldDownUntilMs;
    }

    boolean storeFailed() {
        return storeFailed;
    }

    boolean clockSuspect() {
        return clockSuspect;
    }

    /** Since when the server, its ways and Tandem's own network are without fault; {@link Long#MAX_VALUE}: they are not. */
    long wellSinceMs(SimServer server) {
        return wellSinceMs[server.index];
    }

    /** Since when the server does not serve or cannot be reached at all; {@link Long#MAX_VALUE}: it does and can. */
    long badSinceMs(SimServer server) {
        return badSinceMs[server.index];
    }

    boolean parity(SimServer server) {
        return parity[server.index];
    }

    boolean connected(SimServer server) {
        return connected[server.index];
    }

    long paritySinceMs(SimServer server) {
        return paritySinceMs[server.index];
    }

    /** Whether a look at it was answered since what spoke against it last had its switchover. */
    boolean answeredSinceLeft(SimServer server) {
        return answeredMs[server.index] > leftMs[server.index];
    }

    /** Whether a look at it was answered since what speaks against it may have been spent. */
    boolean answeredSinceSpent(SimServer server) {
        return answeredMs[server.index] > spentMs[server.index];
    }

    /** Whether a relay of this box moved without an order so recently that Tandem need not know yet. */
    boolean movedByHandSince(int box, long ms) {
        return handMovedMs[box] >= ms;
    }

    long lastSelectMs() {
        return lastSelectMs;
    }
}
