package org.tandemgw.gateway.decision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.CardLine;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.Switchover;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.Wish;

/** The machine and its recorder on a simulated clock, with a world that does what it is asked: looks are answered, cards move, scripts succeed, unless told otherwise. */
final class Rehearsal implements AutoCloseable {
    private static final long STEP_MS = 100;
    private static final long LOOK_MS = 1_000;

    private SwitchoverRules rules;
    private final Path data;
    private final Set<String> dead = new HashSet<>();
    private final List<Action.Answer> answers = new ArrayList<>();
    private Recorder recorder;
    private Switchover machine;
    private String trunksAt = Decisions.EAST;
    private SelectOutcome select = SelectOutcome.OK;
    private boolean promotes = true;
    private boolean killAtPromote;
    private boolean killAtSelect;
    private boolean killAtDemote;
    private boolean slowSelect;
    private boolean slowDemote;
    private Action.Demote demoting;
    private boolean killed;
    private Sight sight = Sight.REFUSED;
    private String said = "connection refused";
    private final long begunMs;
    private long nowMs;

    Rehearsal(Path data, SwitchoverRules rules) {
        this.data = data;
        this.rules = rules;
        begunMs = Decisions.VERDICT.toEpochMilli() - 60_000;
        nowMs = begunMs;
        start(null);
    }

    /** Both servers fed and well, trunks at the one in the east, calls up, and a live check has passed. */
    Rehearsal healthy() {
        tell(new Event.LegsSeen(true));
        tell(new Event.CallsSeen(12));
        tell(new Event.ClockSeen(false, ""));
        rules.servers().forEach(server -> tell(new Event.FeedsSeen(server.name(), true, true)));
        trunks(false);
        tell(new Event.Asked(1, new Wish.LiveChecked(rules.configHash()), "jd", "commissioning"));
        run(15_000);
        return this;
    }

    /** From now on looks at these fail: {@code cms-east/app}, or a network target. */
    Rehearsal fail(Sight how, String why, String... targets) {
        sight = how;
        said = why;
        dead.addAll(List.of(targets));
        return this;
    }

    Rehearsal heal() {
        dead.clear();
        return this;
    }

    Rehearsal selects(SelectOutcome outcome) {
        select = outcome;
        return this;
    }

    Rehearsal promoteFails() {
        promotes = false;
        return this;
    }

    Rehearsal killAtPromote() {
        killAtPromote = true;
        return this;
    }

    /** When two of the four cards are there. */
    Rehearsal killAtSelect() {
        killAtSelect = true;
        return this;
    }

    /** It does not tell its end. */
    Rehearsal slowSelect() {
        slowSelect = true;
        return this;
    }

    /** It does not tell its end before {@link #stopped()}. */
    Rehearsal slowDemote() {
        slowDemote = true;
        return this;
    }

    Rehearsal stopped() {
        tell(new Event.StepOver(demoting.epoch(), demoting.server(), Step.DEMOTE, true, "stopped", 8_000));
        return this;
    }

    /** While the old active is being stopped. */
    Rehearsal killAtDemote() {
        killAtDemote = true;
        return this;
    }

    /** Somebody has edited the file: from the next start on. */
    Rehearsal configured(SwitchoverRules other) {
        rules = other;
        return this;
    }

    /** The same, and Tandem goes on by it at once. */
    Rehearsal reloaded(SwitchoverRules other) {
        rules = other;
        machine = machine.under(other, Set.of());
        recorder.follow(other);
        tell(new Event.Tick());
        return this;
    }

    /** Somebody has turned the key at the box. */
    Rehearsal moveByHand(String server) {
        trunksAt = server;
        trunks(true);
        return this;
    }

    Rehearsal feedLost(String server) {
        tell(new Event.FeedsSeen(server, false, false));
        return this;
    }

    Rehearsal ask(Wish wish, String why) {
        tell(new Event.Asked(answers.size() + 100, wish, "jd", why));
        return this;
    }

    /** Time goes by, in the rhythm of the probes. */
    Rehearsal run(long ms) {
        final long end = nowMs + ms;
        while (nowMs < end && !killed) {
            nowMs += STEP_MS;
            if ((nowMs - begunMs) % LOOK_MS < STEP_MS) {
                look();
            }
            if (machine.dueMs() <= nowMs) {
                tell(new Event.Tick());
            }
        }
        return this;
    }

    /** Tandem is started anew after a kill. */
    Rehearsal startAgain() {
        killed = false;
        killAtPromote = false;
        killAtSelect = false;
        killAtDemote = false;
        final Durable durable = machine.durable();
        recorder.close();
        nowMs += 3_000;
        start(durable);
        tell(new Event.LegsSeen(true));
        rules.servers().forEach(server -> tell(new Event.FeedsSeen(server.name(), true, true)));
        trunks(false);
        return this;
    }

    Switchover machine() {
        return machine;
    }

    List<Action.Answer> answers() {
        return List.copyOf(answers);
    }

    private void start(Durable found) {
        recorder = new Recorder(data, rules, "1.0.0");
        machine = new Switchover(rules, found, nowMs);
    }

    private void look() {
        for (final ServerRules server : rules.servers()) {
            server.probes().forEach(probe -> {
                final String target = server.name() + "/" + probe.name();
                if (dead.contains(target)) {
                    tell(new Event.Looked(server.name(), probe.name(), false, Look.of(sight, said, 310)));
                    if (probe.secondPath()) {
                        tell(new Event.Looked(server.name(), probe.name(), true, Look.of(sight, said, 290)));
                    }
                } else {
                    tell(new Event.Looked(server.name(), probe.name(), false, Look.of(Sight.ANSWERED, null, 400)));
                }
            });
            network(server.machine());
            network(server.netTest());
        }
        rules.gateways().forEach(this::network);
    }

    private void network(String target) {
        tell(new Event.NetworkLooked(
                target,
                dead.contains(target)
                        ? Look.of(Sight.SILENT, "nothing within 1 s", 1_000_000)
                        : Look.of(Sight.ANSWERED, null, 200)));
    }

    private void trunks(boolean byHand) {
        tell(new Event.TrunksSeen(
                "trunks",
                trunksAt,
                trunksAt == null ? "mixed" : trunksAt.equals(Decisions.EAST) ? "A" : "B",
                true,
                byHand,
                machine.durable() == null ? 0 : machine.durable().epoch()));
    }

    private void tell(Event event) {
        if (killed) {
            return;
        }
        recorder.event(event, nowMs, machine::snapshot);
        final List<Action> actions = machine.on(event, nowMs);
        for (final Action action : actions) {
            if (killed) {
                return;
            }
            carryOut(action);
        }
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Opened each) {
            recorder.opened(each.decision(), nowMs);
        } else if (action instanceof Action.Closed each) {
            recorder.closed(each.decision(), nowMs);
        } else if (action instanceof Action.Answer each) {
            answers.add(each);
        } else if (action instanceof Action.Demote each) {
            if (killAtDemote) {
                killed = true;
                return;
            }
            if (slowDemote) {
                demoting = each;
                return;
            }
            nowMs += 118;
            final boolean well = !dead.contains(each.server() + "/app");
            tell(new Event.StepOver(
                    each.epoch(), each.server(), Step.DEMOTE, well, well ? "stopped" : "ssh: connection refused", 118));
        } else if (action instanceof Action.Select each) {
            select(each);
        } else if (action instanceof Action.Promote each) {
            if (killAtPromote) {
                killed = true;
                return;
            }
            nowMs += 812;
            tell(new Event.StepOver(
                    each.epoch(),
                    each.server(),
                    Step.PROMOTE,
                    each.run(),
                    promotes,
                    promotes ? "listener is up" : "no licence",
                    812));
        }
    }

    private void select(Action.Select each) {
        if (killAtSelect) {
            killed = true;
            trunksAt = null;
            return;
        }
        if (slowSelect) {
            return;
        }
        nowMs += 187;
        final List<CardLine> cards = new ArrayList<>();
        final String to = each.server().equals(Decisions.EAST) ? "A" : "B";
        for (int card = 1; card <= 4; card++) {
            final boolean moved = select == SelectOutcome.OK || select == SelectOutcome.PARTIAL && card < 3;
            cards.add(new CardLine(
                    card,
                    moved ? "MOVED" : select == SelectOutcome.UNKNOWN ? "UNKNOWN" : "NOT_MOVED",
                    moved ? to : select == SelectOutcome.UNKNOWN ? null : to.equals("A") ? "B" : "A",
                    40.0 + card,
                    moved ? null : "read back three times"));
        }
        trunksAt = select == SelectOutcome.OK ? each.server() : select == SelectOutcome.PARTIAL ? null : trunksAt;
        if (select == SelectOutcome.OK) {
            trunks(false); // as the box was read back
        }
        tell(new Event.SelectOver(each.epoch(), "trunks", select, true, cards, null));
        trunks(false);
    }

    @Override
    public void close() {
        recorder.close();
    }
}
