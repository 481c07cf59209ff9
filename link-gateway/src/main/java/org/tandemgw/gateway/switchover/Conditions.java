package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Diagnosis;
import org.tandemgw.gateway.health.FaultKind;
import org.tandemgw.gateway.health.Health;
import org.tandemgw.gateway.health.ServerHealth;

/** What must hold before a switch, each with its value and the command that helps. Looks, decides nothing. */
final class Conditions {
    /** So begins the name of the condition on the failure of the active server. */
    static final String FAILURE = "failure of ";

    /** So begins the name of the condition on each trunk switch. */
    static final String TRUNK_SWITCH = "trunk switch ";

    /** The condition that an operator can take back himself. */
    static final String OPERATORS_MODE = "operator's mode";

    private static final String MAINTENANCE = "maintenance";
    private static final String OUT = "maintenance of ";
    private static final String HEALTH = "health of ";
    private static final String FEEDS = "feeds of ";
    private static final String DWELL = "dwell";

    private final Core core;

    Conditions(Core core) {
        this.core = core;
    }

    /** What no force overrides. */
    List<Condition> always() {
        final SwitchoverRules rules = core.rules;
        return List.of(
                Condition.of(
                        rules.mode() != Mode.NONE,
                        "switchover.mode",
                        rules.mode().toString(),
                        "the file says mode: none, nobody may switch",
                        Hints.first(core)),
                Condition.of(
                        !rules.monitorOnly(),
                        "monitor-only",
                        rules.monitorOnly() ? "yes" : "no",
                        "started with --monitor-only, nothing is ever moved",
                        Hints.first(core)),
                Condition.of(
                        core.kept.open() == null,
                        "no other switch",
                        core.kept.open() != null ? "decision " + core.kept.decision() + " is under way" : "none",
                        "a switch is under way",
                        "tandem why"),
                Condition.of(
                        !core.phases.is(Phase.STARTING),
                        "started",
                        core.phases.is(Phase.STARTING) ? "starting" : "yes",
                        "the positions of the trunk switches are still being read",
                        "tandem status"));
    }

    /** What Tandem's own switch lacks while nobody is known to be active. */
    List<Condition> nobodyActive() {
        final List<Condition> all = new ArrayList<>(always());
        all.add(Condition.unmet(
                "active server",
                "none is known",
                "nobody is known to be active, so that nobody can be taken over from",
                Hints.next(core)));
        return all;
    }

    /** What an operator's switch to this server needs, unless he forces it. */
    List<Condition> manual(String to) {
        final List<Condition> all = new ArrayList<>();
        all.add(Condition.of(
                core.mode() != Mode.HELD,
                OPERATORS_MODE,
                core.mode().toString(),
                "an operator holds the site",
                "tandem mode manual --reason …"));
        all.add(Condition.of(
                !to.equals(core.kept.active()) || !core.lead().agreesWith(to) || core.kept.isUnstarted(to),
                "another server",
                core.kept.active() == null
                        ? "no active server is known"
                        : core.kept.active() + " is active"
                                + (core.kept.isUnstarted(to) ? ", but was not told to start with success" : ""),
                to + " is active already",
                null));
        inService(to, all);
        all.add(healthOf(to));
        all.add(feedsOf(to));
        trunks(all);
        dwell(all);
        return all;
    }

    /** Whether nothing but force is needed to go over this, and nobody can say that it makes things worse. */
    static boolean forcible(Condition condition) {
        return condition.name().startsWith(HEALTH)
                || condition.name().startsWith(OUT)
                || condition.name().startsWith(FEEDS)
                || condition.name().equals(DWELL);
    }

    /** Which need of an operator's switch to this server has gone since it began; null: none, as far as is known. */
    String gone(String to) {
        if (core.mode() == Mode.HELD) {
            return "an operator holds the site";
        }
        final Health now = core.facts.health(to).health(core.nowMs());
        if (now == Health.DOWN && !forTheWorst(to)) {
            return to + " went down meanwhile" + failing(core.facts.health(to));
        }
        final Event.FeedsSeen feeds = core.facts.feeds(to);
        return feeds == null || !feeds.connected() ? to + " does not take its feed any more" : null;
    }

    /** Whether this server may take over, for all that is known of its health. */
    boolean wellEnough(String to) {
        return healthOf(to).met();
    }

    /** Named only while it is missing: what was decided before there was maintenance reads as it did. */
    private void inService(String to, List<Condition> all) {
        final Maintenance out = core.kept.maintenance(to);
        if (out != null) {
            all.add(Condition.unmet(OUT + to, "out " + out.detail(), to + " is out for maintenance", out.off()));
        }
    }

    /** Whether it is about the feeds of a server. */
    static boolean isFeed(Condition condition) {
        return condition.name().startsWith(FEEDS);
    }

    private Condition healthOf(String to) {
        final ServerHealth health = core.facts.health(to);
        final Health now = health.health(core.nowMs());
        final boolean unwatched = health.probes().isEmpty();
        final boolean worst = forTheWorst(to);
        return Condition.of(
                unwatched || now == Health.UP || worst,
                HEALTH + to,
                unwatched
                        ? "not watched, it has no probes"
                        : now + failing(health) + (worst ? ", and the other one is dead by hard evidence" : ""),
                health.blind() ? "whether " + to + " is well cannot be seen" : to + " is not healthy",
                "tandem status");
    }

    /** A server that was restarted too often, and is steady since, is better than one that says no. */
    private boolean forTheWorst(String to) {
        return core.facts.health(to).settled(core.nowMs())
                && core.facts.health(core.rules.other(to)).refusing(core.nowMs());
    }

    private String failing(ServerHealth health) {
        final List<String> bad = Told.failing(core, health);
        return bad.isEmpty() ? "" : " (" + String.join("; ", bad) + ")";
    }

    private Condition feedsOf(String to) {
        final Event.FeedsSeen feeds = core.facts.feeds(to);
        final boolean connected = feeds != null && feeds.connected();
        return Condition.of(
                connected && feeds.atParity(),
                FEEDS + to,
                !connected ? "not connected" : feeds.atParity() ? "connected, at parity" : "connected, behind",
                connected ? to + " has not yet got all frames" : to + " does not take its feed",
                "tandem status");
    }

    private void trunks(List<Condition> all) {
        for (final SwitchRules each : core.rules.switches()) {
            final Event.TrunksSeen seen = core.facts.trunks(each.name());
            all.add(Condition.of(
                    Lead.known(seen),
                    TRUNK_SWITCH + each.name(),
                    seen == null
                            ? "not asked yet"
                            : (seen.reachable() ? "reachable" : "unreachable") + ", position " + seen.position(),
                    "where " + each.name() + " leads cannot be read",
                    "tandem trunks query " + each.name()));
        }
    }

    private void dwell(List<Condition> all) {
        final long dwellMs = core.rules.switches().stream()
                .mapToLong(SwitchRules::dwellMs)
                .max()
                .orElse(0);
        final long leftMs = core.lastSelectMs == 0 ? 0 : core.lastSelectMs + dwellMs - core.nowMs();
        if (dwellMs > 0) {
            all.add(Condition.of(
                    leftMs <= 0,
                    DWELL,
                    leftMs <= 0 ? "over" : leftMs + " ms left",
                    "the relays were moved less than " + dwellMs + " ms ago",
                    "wait"));
        }
    }

    /** What Tandem's own switch away from a server that is down needs. */
    List<Condition> automatic(String from, Watch watch) {
        final String to = core.rules.other(from);
        final List<Condition> all = mayAct();
        final ServerHealth health = core.facts.health(from);
        final boolean down = health.failing(core.nowMs());
        final boolean steady = !down && health.health(core.nowMs()) == Health.DOWN;
        if (health.blind()) {
            all.add(Condition.unmet(
                    "sight of " + from,
                    Told.blind(health),
                    "a failure of " + from + " cannot be seen",
                    "tandem check --live"));
        } else if (health.unasked(core.nowMs())) {
            all.add(Condition.unmet(
                    "sight of " + from,
                    "its newest look could not be made",
                    "whether " + from + " is still down cannot be seen",
                    "tandem check --live"));
        }
        all.add(Condition.of(
                down,
                FAILURE + from,
                health.probes().isEmpty()
                        ? "not watched, it has no probes"
                        : health.health(core.nowMs()) + failing(health),
                from + (steady ? " was restarted too often, and has been steady since" : " is not down"),
                null));
        if (down) {
            all.addAll(whenDown(from, watch));
        }
        all.addAll(target(to, watch.verdictMs()));
        return all;
    }

    /** Whether Tandem may act at all, on its own. */
    private List<Condition> mayAct() {
        final List<Condition> all = new ArrayList<>(always());
        final Mode mode = core.allowedMode();
        all.add(Condition.of(
                mode == Mode.AUTO,
                "mode",
                mode + ", file " + core.rules.mode() + ", operator "
                        + (core.kept.mode() == null ? "none" : core.kept.mode()),
                notAuto(),
                Hints.toAuto(core)));
        suspended(all);
        final Holding holding = core.kept.holding();
        all.add(Condition.of(
                holding == null,
                "nothing left undecided",
                holding == null ? "nothing" : holding.why(),
                "an operator has to decide it first",
                Hints.outOfHolding(core)));
        final long leftMs = Math.max(0, core.kept.holdDownUntilMs() - core.nowMs());
        all.add(Condition.of(
                leftMs == 0,
                "hold-down",
                leftMs == 0 ? "over" : (leftMs + 999) / 1_000 + " s left",
                "the last automatic switch was too recent",
                "tandem resume --reason …"));
        final String distrust = core.facts.distrust(core.nowMs());
        all.add(Condition.of(
                distrust == null,
                "Tandem itself",
                distrust == null ? "clock and threads are well" : distrust,
                "what Tandem sees is not to be trusted now",
                "tandem alarms"));
        return all;
    }

    /** Named only while it is. */
    void suspended(List<Condition> all) {
        final Maintenance site = core.kept.maintenance(null);
        if (site != null) {
            all.add(Condition.unmet(
                    MAINTENANCE,
                    "on " + site.detail(),
                    "automatic switching is suspended for maintenance",
                    site.off()));
        }
    }

    /** Why the mode in effect is not auto, in the order in which {@link Hints#toAuto} mends it. */
    private String notAuto() {
        if (core.rules.mode() != Mode.AUTO) {
            return "only auto switches by itself, and the file's mode is " + core.rules.mode();
        }
        return core.kept.mode() != null && core.kept.mode() != Mode.AUTO
                ? "only auto switches by itself, and an operator has said " + core.kept.mode()
                : "auto takes effect once check --live has passed for this configuration";
    }

    private List<Condition> whenDown(String from, Watch watch) {
        final List<Condition> all = new ArrayList<>();
        final boolean fresh = !core.newCauses(from).isEmpty();
        all.add(Condition.of(
                fresh,
                "new evidence",
                fresh ? String.join(", ", core.newCauses(from)) : "nothing but " + String.join(", ", core.causes(from)),
                "it has had its switch already, and must clear and recur",
                Hints.switchTo(core, core.rules.other(from))));
        final Diagnosis diagnosis = watch.diagnosis(from);
        all.add(Condition.of(
                diagnosis.kind() != FaultKind.OWN_NETWORK,
                "own network",
                diagnosis.kind() != FaultKind.OWN_NETWORK ? "proved since the verdict" : diagnosis.sentence(),
                "it may be Tandem that is cut off",
                null));
        if (diagnosis.kind() != FaultKind.OWN_NETWORK && watch.unprovedAgain(core.facts.health(from))) {
            all.add(Condition.unmet(
                    "own network again",
                    "nothing has answered since the look that confirms the silence",
                    "it may be Tandem that is cut off again",
                    "wait"));
        }
        all.add(place(from, diagnosis, watch));
        if (diagnosis.kind() != FaultKind.OWN_NETWORK && !watch.counted(core.facts.health(from))) {
            all.add(Condition.unmet(
                    "counted anew",
                    "not enough looks since the way there is open",
                    "what was not answered before may have been lost on the way",
                    "wait"));
        }
        all.add(watch.witness(from));
        final long leftMs = watch.reconnectUntilMs() - core.nowMs();
        all.add(Condition.of(
                leftMs <= 0,
                "reconnect",
                leftMs <= 0 ? "its time is over" : leftMs + " ms left",
                from + " is given time to come back",
                "wait"));
        return all;
    }

    private Condition place(String from, Diagnosis diagnosis, Watch watch) {
        final int pings = core.rules.unreachablePings();
        final boolean unreachable = diagnosis.kind() == FaultKind.NETWORK;
        final boolean enough = pings >= 0 && core.nowMs() >= watch.unreachableUntilMs();
        return Condition.of(
                diagnosis.certain() && (!unreachable || enough),
                "place of the fault",
                diagnosis.sentence() + (diagnosis.certain() ? "" : " (not certain yet)"),
                !diagnosis.certain()
                        ? "not everybody asked has had his time to answer"
                        : pings < 0
                                ? from + " is merely unreachable, and unreachable.pings is -1"
                                : from + " is merely unreachable, and not for long enough",
                pings < 0 ? Hints.switchTo(core, core.rules.other(from)) : "wait");
    }

    /** What the server must be that is to take over by itself, with an answer that came at this time or later. */
    List<Condition> target(String to, long sinceMs) {
        final List<Condition> all = new ArrayList<>();
        final ServerHealth health = core.facts.health(to);
        final Condition well = healthOf(to);
        all.add(
                !well.met() || health.probes().isEmpty() || health.answeredMs() >= sinceMs
                        ? well
                        : Condition.unmet(
                                well.name(),
                                "up, but no answer since the verdict",
                                "it has not been seen well since",
                                "wait"));
        inService(to, all);
        final Standing standing = core.standing(to);
        if (!core.kept.isOut(to)) {
            all.add(Condition.of(
                    standing.ready() || standing.readyForTheWorst() && forTheWorst(to),
                    "standby",
                    standing.readyForTheWorst()
                            ? to + " has proved itself"
                            : feedsOf(to).value(),
                    to + " has not been well and at parity for " + Standing.PROOF_MS / 1_000 + " s",
                    "tandem status"));
        }
        all.add(releases());
        trunks(all);
        return all;
    }

    /** Version skew: blocks what is automatic, and is a warning to everybody else. */
    Condition releases() {
        final String one = release(core.rules.servers().get(0));
        final String two = release(core.rules.servers().get(1));
        final boolean same = one == null || two == null || one.equals(two);
        final String value = (one == null ? "unknown" : one) + " and " + (two == null ? "unknown" : two);
        return Condition.of(
                same || core.rules.skewAllowed(),
                "releases",
                same ? value : value + (core.rules.skewAllowed() ? ", allowed" : ""),
                "the servers run different releases",
                Hints.switchTo(core, "SERVER"));
    }

    String release(ServerRules server) {
        final String reported = core.facts.health(server.name()).release();
        return reported == null ? server.release() : reported;
    }

    static List<String> unmet(List<Condition> all) {
        return all.stream().filter(each -> !each.met()).map(Condition::sentence).toList();
    }
}
