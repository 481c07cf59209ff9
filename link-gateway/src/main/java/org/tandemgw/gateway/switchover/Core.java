package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tandemgw.gateway.health.ProbeWatch;
import org.tandemgw.gateway.health.ServerHealth;

/** What all parts of the machine share: rules, facts, what is kept, the phase, the time of this step and what it wants done. */
final class Core {
    final SwitchoverRules rules;
    final Facts facts;
    final Kept kept;
    final Phases phases;
    final List<Standing> standings;
    /** When the relays were ordered last, or had done what they were ordered, whichever is later; 0: not since the start. */
    long lastSelectMs;

    final Orders orders = new Orders();

    private List<Action> actions = new ArrayList<>();
    private long nowMs;

    Core(SwitchoverRules rules, Durable found, long nowMs) {
        this.rules = rules;
        this.nowMs = nowMs;
        facts = new Facts(rules);
        kept = new Kept(found);
        phases = new Phases(nowMs);
        standings = rules.servers().stream().map(Standing::new).toList();
    }

    long nowMs() {
        return nowMs;
    }

    /**
     * A step begins.
     *
     * @throws IllegalArgumentException if time has gone back: a fault of the caller
     */
    void begin(long atMs) {
        if (atMs < nowMs) {
            throw new IllegalArgumentException("time went back from " + nowMs + " to " + atMs);
        }
        nowMs = atMs;
        actions = new ArrayList<>();
    }

    /** Trunks that an operator has moved by themselves must rest as well before they move again: no attempt has this epoch. */
    void noteOrder(Event.TrunksSeen seen) {
        final Event.TrunksSeen before = facts.trunks(seen.name());
        if (before != null && seen.epoch() > Math.max(before.epoch(), kept.epoch())) {
            lastSelectMs = nowMs;
        }
    }

    /** A select moves one card after the other: the last of them rests from its end on, not from its beginning. */
    void noteEnd(Event.SelectOver over) {
        if (over.commanded()) {
            lastSelectMs = nowMs;
        }
    }

    void act(Action action) {
        actions.add(action);
    }

    List<Action> actions() {
        return actions;
    }

    void move(Phase to, String why) {
        phases.move(to, why, nowMs);
    }

    /** What the clock on the wall says now. */
    long utcMs() {
        return facts.utcMs(nowMs);
    }

    Instant now() {
        return Instant.ofEpochMilli(nowMs);
    }

    Standing standing(String server) {
        return standings.get(rules.index(server));
    }

    /** The mode in effect: the one that is allowed, or no more than manual while the whole site is out for maintenance. */
    Mode mode() {
        final Mode allowed = allowedMode();
        return allowed == Mode.AUTO && suspended() ? Mode.MANUAL : allowed;
    }

    /** Whether automatic switching is suspended for maintenance. */
    boolean suspended() {
        return kept.maintenance(null) != null;
    }

    /** Whether what this server lacks is one warning and nothing else: it is out, and was planned to be at this time. */
    boolean quiet(String server) {
        final Maintenance out = kept.isOut(server) ? kept.maintenance(server) : null;
        return out != null && !out.overdue(utcMs());
    }

    /** The more careful of the file's and the operator's; auto only once the configuration was checked live. */
    Mode allowedMode() {
        final Mode operator = kept.mode() == null ? Mode.AUTO : kept.mode();
        final Mode careful = operator.compareTo(rules.mode()) < 0 ? operator : rules.mode();
        return careful == Mode.AUTO && !checked() ? Mode.MANUAL : careful;
    }

    /** Whether {@code check --live} has passed for this configuration. */
    boolean checked() {
        return rules.configHash() != null && rules.configHash().equals(kept.checkedHash());
    }

    /** The command to type now; null: none is needed. */
    String next() {
        return Hints.next(this);
    }

    Lead lead() {
        return Lead.of(rules, facts);
    }

    /** Whether trunks lead to one that is not active, as they may after a promote over a dead server. */
    boolean split() {
        if (allLeadTo(kept.active())) {
            return false; // nearly always, and asked for after each fact
        }
        final Lead lead = lead();
        final boolean old = rules.switches().stream()
                .map(each -> facts.trunks(each.name()))
                .anyMatch(each -> each != null && orders.old(each));
        return lead.kind() != Lead.Kind.UNKNOWN && !old && !lead.agreesWith(kept.active());
    }

    private boolean allLeadTo(String server) {
        for (final SwitchRules each : rules.switches()) {
            final Event.TrunksSeen seen = facts.trunks(each.name());
            if (!Lead.known(seen) || seen.leadsTo() == null || !seen.leadsTo().equals(server)) {
                return false;
            }
        }
        return true;
    }

    /** Probes that say that this server is down, and have not had their switch yet. */
    List<String> newCauses(String server) {
        return causes(server).stream().filter(each -> !kept.spent(each)).toList();
    }

    /** Probes that say that this server is down. */
    List<String> causes(String server) {
        return facts.health(server).causes(nowMs).stream()
                .map(each -> cause(server, each))
                .toList();
    }

    private static String cause(String server, ProbeWatch probe) {
        return server + "/" + probe.name();
    }

    /** What speaks against this server now has had its switch; of one that another configuration knew nothing is seen. */
    void spendEvidence(String server) {
        if (rules.knows(server)) {
            causes(server).forEach(kept::spend);
        }
    }

    /** What answers again counts when it fails again. */
    void clearEvidence() {
        if (!kept.anySpent()) {
            return;
        }
        for (final ServerHealth server : facts.servers()) {
            server.probes().stream()
                    .filter(each -> each.clear(nowMs))
                    .forEach(each -> kept.cleared(cause(server.name(), each)));
        }
    }

    /** Every probe of both servers, and every place of the network. */
    void lookEverywhere() {
        final Stream<String> probes = rules.servers().stream()
                .flatMap(server -> server.probes().stream().map(probe -> server.name() + "/" + probe.name()));
        final Stream<String> places = Stream.concat(
                rules.gateways().stream(),
                rules.servers().stream()
                        .flatMap(server -> Stream.of(server.netTest(), server.machine()))
                        .filter(place -> place != null));
        act(new Action.LookNow(Stream.concat(probes, places).distinct().toList()));
    }

    List<Decision.EvidenceLine> evidence() {
        return facts.servers().stream()
                .flatMap(server -> server.evidence().stream())
                .map(seen -> new Decision.EvidenceLine(Instant.ofEpochMilli(seen.atMs()), seen.source(), seen.said()))
                .toList();
    }
}
