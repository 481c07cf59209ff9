package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;

/**
 * A machine under test, with the invariants looked at after each step. Before each step it is written down and read back, and the
 * copy must do exactly the same.
 */
final class Rig {
    final SwitchoverRules rules;
    final List<Action> actions = new ArrayList<>();
    private final Invariants invariants;
    private final boolean copied;
    private Switchover machine;
    private long nowMs;
    private int newestRun = 1;

    Rig(SwitchoverRules rules, Durable found, long nowMs) {
        this(rules, found, nowMs, true);
    }

    Rig(SwitchoverRules rules, Durable found, long nowMs, boolean copied) {
        this.rules = rules;
        this.nowMs = nowMs;
        this.copied = copied;
        invariants = new Invariants(rules);
        machine = new Switchover(rules, found, nowMs);
    }

    /** Another one that is as far, and goes its own way from here. */
    Rig copy() {
        return new Rig(this);
    }

    private Rig(Rig other) {
        rules = other.rules;
        nowMs = other.nowMs;
        newestRun = other.newestRun;
        copied = other.copied;
        invariants = other.invariants.copy();
        machine = Switchover.restore(rules, other.machine.snapshot());
    }

    static Rig of(RigRules rules) {
        return new Rig(rules.rules(), null, 1_000_000);
    }

    long nowMs() {
        return nowMs;
    }

    Switchover machine() {
        return machine;
    }

    SwitchoverView view() {
        return machine.view();
    }

    Phase phase() {
        return machine.view().phase();
    }

    /** The fact, at this time; what is due before is ticked. */
    List<Action> at(long atMs, Event event) {
        ticksUntil(atMs);
        return step(event, atMs);
    }

    /** The fact, now. */
    List<Action> now(Event event) {
        return at(nowMs, event);
    }

    /** Time passes, with every tick that is wanted. */
    void pass(long ms) {
        final long endMs = nowMs + ms;
        ticksUntil(endMs);
        nowMs = endMs;
    }

    private void ticksUntil(long atMs) {
        int ticks = 0;
        while (machine.dueMs() <= atMs) {
            final long dueMs = Math.max(nowMs, machine.dueMs());
            step(new Event.Tick(), dueMs);
            if (machine.dueMs() <= dueMs && ++ticks > 20) {
                throw new AssertionError("it ticks for ever at " + dueMs + ": " + machine.snapshot());
            }
        }
    }

    List<Action> step(Event event, long atMs) {
        nowMs = atMs;
        assertEquals(event, EventText.read(EventText.write(event)));
        final Switchover copy = copied ? Switchover.restore(rules, machine.snapshot()) : null;
        final List<Action> done = machine.on(event, atMs);
        if (copied) {
            assertEquals(done, copy.on(event, atMs));
            assertEquals(machine.snapshot(), copy.snapshot());
            assertEquals(machine.view(), copy.view());
            assertEquals(machine.dueMs(), copy.dueMs());
        }
        invariants.stepped(event, done, machine.durable(), atMs);
        actions.addAll(done);
        done.stream()
                .filter(Action.Promote.class::isInstance)
                .map(Action.Promote.class::cast)
                .forEach(each -> newestRun = each.run());
        return done;
    }

    /** Two that say the same do the same from here on. */
    String state() {
        return nowMs + invariants.state() + machine.snapshot();
    }

    /** Killed, and started again from what was kept. */
    void restart() {
        machine = new Switchover(rules, machine.durable(), nowMs);
        invariants.killed(machine.durable());
    }

    /** Everything is well, and both servers have proved themselves. */
    Rig well() {
        wellNow();
        pass(Standing.PROOF_MS);
        actions.clear();
        return this;
    }

    void wellNow() {
        rules.servers().forEach(server -> now(new Event.FeedsSeen(server.name(), true, true)));
        now(new Event.LegsSeen(true));
        now(new Event.CallsSeen(0));
        rules.gateways().forEach(gateway -> network(gateway, Sight.ANSWERED));
        rules.servers().forEach(server -> look(server.name(), Sight.ANSWERED));
        trunksAt(RigRules.EAST);
        now(new Event.Asked(1, new Wish.LiveChecked(RigRules.HASH), "jd", "commissioning"));
    }

    void trunksAt(String server) {
        rules.switches().forEach(each -> now(trunks(each.name(), server)));
    }

    Event.TrunksSeen trunks(String name, String server) {
        final String position = server == null ? "mixed" : server.equals(RigRules.EAST) ? "A" : "B";
        return new Event.TrunksSeen(
                name, server, position, true, false, machine.durable().epoch());
    }

    void look(String server, Sight sight) {
        rules.server(server).probes().forEach(probe -> now(new Event.Looked(server, probe.name(), false, look(sight))));
    }

    void network(String target, Sight sight) {
        now(new Event.NetworkLooked(target, look(sight)));
    }

    static Look look(Sight sight) {
        return Look.of(sight, null, sight == Sight.SILENT ? 500_000 : 400);
    }

    /** The active one fails by hard evidence until the verdict, and a gateway says that it is not us. */
    void refuse(String server) {
        for (int i = 0; i < rules.server(server).probes().get(0).failures(); i++) {
            pass(200);
            look(server, Sight.REFUSED);
        }
        answerAll(rules.other(server));
    }

    /** Whatever was asked because of a verdict answers. */
    void answerAll(String server) {
        pass(2);
        rules.gateways().forEach(gateway -> network(gateway, Sight.ANSWERED));
        look(server, Sight.ANSWERED);
    }

    void asked(Wish wish) {
        now(new Event.Asked(7, wish, "jd", "because"));
    }

    void selectOver(SelectOutcome outcome) {
        rules.switches().forEach(each -> now(over(each.name(), outcome)));
    }

    Event.SelectOver over(String name, SelectOutcome outcome) {
        return new Event.SelectOver(
                machine.durable().epoch(),
                name,
                outcome,
                outcome != SelectOutcome.REFUSED,
                outcome == SelectOutcome.REFUSED
                        ? List.of()
                        : List.of(new CardLine(1, outcome.name(), "B", 41.25, null)),
                outcome == SelectOutcome.REFUSED ? "the box is in manual mode" : null);
    }

    void stepOver(Step step, String server, boolean ok) {
        final int run = step == Step.PROMOTE ? newestRun : 1;
        now(new Event.StepOver(machine.durable().epoch(), server, step, run, ok, ok ? null : "exit status 1", 12.5));
    }

    /** Those of this kind, since the last time they were taken. */
    <A extends Action> List<A> taken(Class<A> kind) {
        final List<A> all =
                actions.stream().filter(kind::isInstance).map(kind::cast).toList();
        actions.removeAll(all);
        return all;
    }

    <A extends Action> A last(Class<A> kind) {
        final List<A> all =
                actions.stream().filter(kind::isInstance).map(kind::cast).toList();
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }
}
