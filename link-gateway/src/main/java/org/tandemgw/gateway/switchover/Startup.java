package org.tandemgw.gateway.switchover;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a start makes of the control file and the positions of the trunk switches together. Also how the running machine leaves the
 * holding that positions caused which could not be read.
 */
final class Startup {
    /** So long positions may take; then they count as unknown. */
    static final long LIMIT_MS = 30_000;

    private final Core core;
    private final Attempt attempt;
    private final boolean anyRecord;

    Startup(Core core, Attempt attempt, boolean anyRecord) {
        this.core = core;
        this.attempt = attempt;
        this.anyRecord = anyRecord;
    }

    /** Whether anything is known of an active server, now or ever. */
    static boolean anyRecord(Durable found) {
        return found != null && (found.epoch() > 0 || found.active() != null);
    }

    /** Puts right what the control file holds and this configuration cannot mean. */
    static Durable sane(SwitchoverRules rules, Durable found, long nowMs) {
        if (found == null) {
            return null;
        }
        final boolean activeKnown = found.active() != null && rules.knows(found.active());
        final boolean homeKnown = found.home() != null && rules.knows(found.home());
        final List<String> known = rules.servers().stream()
                .flatMap(server -> server.probes().stream().map(probe -> server.name() + "/" + probe.name()))
                .collect(Collectors.toList());
        known.retainAll(found.mustClear());
        return new Durable(
                found.epoch(),
                activeKnown ? found.active() : null,
                found.mode(),
                Math.min(found.holdDownUntilMs(), nowMs + rules.holdDownMs()),
                found.holding(),
                known,
                homeKnown ? found.home() : null,
                found.decision(),
                found.checkedHash(),
                found.open(),
                found.unstarted(),
                found.switched(),
                found.maintenance().stream()
                        .filter(each -> each.server() == null
                                || rules.knows(each.server()) && !each.server().equals(found.active()))
                        .toList(),
                drills(rules, found.drills(), nowMs));
    }

    private static DrillBook drills(SwitchoverRules rules, DrillBook book, long nowMs) {
        final Drill open = book.open();
        if (open == null) {
            return book;
        }
        if (rules.knows(open.home()) && rules.knows(open.away())) {
            return book.with(open.notAwayAfter(Instant.ofEpochMilli(nowMs)));
        }
        return book.with(open.over(
                DrillVerdict.INTERRUPTED,
                "the configuration was changed in the middle of it, and names other servers",
                null,
                Instant.ofEpochMilli(nowMs)));
    }

    /** Decides once the positions are known, or have had their time. */
    void decide() {
        if (core.phases.is(Phase.STARTING)) {
            final Lead lead = core.lead();
            if (lead.kind() != Lead.Kind.UNKNOWN || core.nowMs() >= core.phases.sinceMs() + LIMIT_MS) {
                start(lead);
            }
        } else if (core.phases.is(Phase.HOLDING) && core.kept.holding().kind() == Holding.Kind.POSITIONS_UNKNOWN) {
            final Lead lead = core.lead();
            if (lead.kind() != Lead.Kind.UNKNOWN && core.kept.open() != null) {
                takeUp(lead);
            } else if (lead.kind() != Lead.Kind.UNKNOWN) {
                roles(lead);
            }
        }
    }

    private void start(Lead lead) {
        if (core.kept.open() != null) {
            takeUp(lead);
        } else if (core.kept.holding() != null && !readNow(lead)) {
            core.move(
                    Phase.HOLDING,
                    "held on from before the start: " + core.kept.holding().why());
        } else {
            roles(lead);
        }
    }

    /** Whether nothing but positions that can be read now held it. */
    private boolean readNow(Lead lead) {
        return core.kept.holding().kind() == Holding.Kind.POSITIONS_UNKNOWN && lead.kind() != Lead.Kind.UNKNOWN;
    }

    private void roles(Lead lead) {
        if (core.kept.active() == null && !anyRecord && core.rules.initial() != null) {
            initial(lead);
        } else if (core.kept.active() == null) {
            nobody(lead);
        } else if (lead.agreesWith(core.kept.active())) {
            watch("the positions match the record: " + core.kept.active() + " is active");
        } else {
            disagrees(lead, core.kept.active() + " is active by the record");
        }
    }

    private void initial(Lead lead) {
        if (lead.agreesWith(core.rules.initial())) {
            core.kept.active(core.rules.initial());
            watch("first start: " + core.rules.initial() + " is initial, " + lead.sentence());
        } else {
            disagrees(lead, "first start, initial is " + core.rules.initial());
        }
    }

    private void nobody(Lead lead) {
        if (lead.kind() == Lead.Kind.NONE) {
            core.kept.holding(null);
            core.move(Phase.UNASSIGNED, "there is no record of an active server, and no initial");
        } else {
            disagrees(lead, "there is no record of an active server");
        }
    }

    private void watch(String why) {
        core.kept.holding(null);
        core.move(Phase.WATCHING, why);
    }

    private void disagrees(Lead lead, String record) {
        final boolean unknown = lead.kind() == Lead.Kind.UNKNOWN;
        hold(
                unknown ? Holding.Kind.POSITIONS_UNKNOWN : Holding.Kind.POSITIONS_ELSEWHERE,
                record + ", but " + lead.sentence());
    }

    private void hold(Holding.Kind kind, String why) {
        final Holding before = core.kept.holding();
        if (before == null || before.kind() != kind) {
            core.kept.holding(new Holding(kind, why, core.nowMs(), null));
        }
        core.move(Phase.HOLDING, why);
    }

    /** A switchover was under way when the last run ended. */
    private void takeUp(Lead lead) {
        final OpenAttempt open = core.kept.open();
        final String changed = changed(open);
        final boolean nothingMoved = open.step() == Step.PUT_BACK || !open.committed();
        if (changed == null && nothingMoved && lead.kind() == Lead.Kind.UNKNOWN) {
            // Somebody may have moved them while Tandem was away: nobody is told to start before they are read.
            disagrees(lead, "Tandem was restarted before anything was moved by decision " + open.decision());
            return;
        }
        core.kept.holding(null);
        attempt.takeUp();
        if (changed != null) {
            attempt.holdMoved(changed + "; it is not finished by itself: " + lead.sentence());
        } else if (!open.committed() && elsewhere(lead, open.from())) {
            attempt.holdElsewhere("Tandem was restarted before it had moved anything, and " + lead.sentence());
        } else if (nothingMoved) {
            attempt.abandon("Tandem was restarted before anything was moved");
        } else if (lead.kind() == Lead.Kind.NONE && open.step() == Step.PROMOTE) {
            attempt.takeOver(core.rules.fence().held());
        } else if (lead.kind() == Lead.Kind.NONE) {
            attempt.demote();
        } else if (lead.agreesWith(open.to())) {
            attempt.select();
        } else if (lead.kind() == Lead.Kind.UNKNOWN) {
            attempt.holdMoved("a restart in the middle of a select, and " + lead.sentence());
        } else if (lead.agreesWith(open.from()) && open.from().equals(core.kept.active())) {
            attempt.abandon(
                    "Tandem was restarted in the middle of a select, and nothing has moved: " + lead.sentence());
        } else if (lead.kind() == Lead.Kind.TO_ONE) {
            attempt.holdMoved("a restart in the middle of a switch, and " + lead.sentence());
        } else {
            attempt.moving().judgeMixed(lead.sentence());
        }
    }

    private static boolean elsewhere(Lead lead, String from) {
        return lead.kind() != Lead.Kind.UNKNOWN && !lead.agreesWith(from);
    }

    /** Why this configuration cannot say how it is to end; null: it can. What was not begun to be moved is given up in any. */
    private String changed(OpenAttempt open) {
        final SwitchoverRules rules = core.rules;
        for (final String server : List.of(open.from(), open.to())) {
            if (!rules.knows(server)) {
                return "the configuration was changed in the middle of decision " + open.decision()
                        + " and has no server " + server + " any more";
            }
        }
        if ((rules.monitorOnly() || rules.mode() == Mode.NONE) && (open.committed() || open.demoteSent())) {
            return "Tandem was started " + (rules.monitorOnly() ? "with --monitor-only" : "in mode none")
                    + " in the middle of decision " + open.decision();
        }
        if (!open.committed() || open.configHash() != null && open.configHash().equals(rules.configHash())) {
            return null;
        }
        return open.configHash() == null
                ? "nobody knows under which configuration decision " + open.decision() + " was begun"
                : "the configuration was changed in the middle of decision " + open.decision();
    }

    /** A switchover is over and the old active is watched again: what moved meanwhile was not our doing. */
    void lookAround(boolean switched) {
        for (final SwitchRules each : core.rules.switches()) {
            final Event.TrunksSeen seen = core.facts.trunks(each.name());
            if (seen != null && (!switched || seen.movedWithoutUs())) {
                movedByHand(seen);
            }
        }
    }

    /** Positions that lead elsewhere while a server is watched: somebody moved them. */
    void movedByHand(Event.TrunksSeen seen) {
        if (!Phase.WATCH.contains(core.phases.phase()) || !Lead.known(seen) || core.orders.old(seen)) {
            return;
        }
        if (!core.kept.active().equals(seen.leadsTo())) {
            hold(
                    Holding.Kind.POSITIONS_ELSEWHERE,
                    "moved, and not by a switchover: " + seen.name()
                            + (seen.leadsTo() == null ? " is at " + seen.position() : " leads to " + seen.leadsTo())
                            + ", " + core.kept.active() + " is active");
        }
    }

    long dueMs() {
        return core.phases.is(Phase.STARTING) ? core.phases.sinceMs() + LIMIT_MS : Long.MAX_VALUE;
    }
}
