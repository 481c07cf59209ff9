package org.tandemgw.gateway.switchover.sim;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Action;
import org.tandemgw.gateway.switchover.Condition;
import org.tandemgw.gateway.switchover.Durable;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.Phase;
import org.tandemgw.gateway.switchover.Step;
import org.tandemgw.gateway.switchover.SwitchoverRules;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;

/** Stands between the simulation and the true machine and spoils something on the way. */
final class Flaw implements SimCore {
    private UnaryOperator<Event> hears = event -> event;
    private BiFunction<Event, List<Action>, List<Action>> acts = (event, did) -> did;
    private UnaryOperator<Durable> found = durable -> durable;
    private UnaryOperator<SwitchoverRules> rules = all -> all;
    private UnaryOperator<SwitchoverView> view = picture -> picture;
    private Function<Event, List<Event>> first = event -> List.of();
    private boolean late;
    private Durable before;
    private SimCore machine;

    Flaw hears(UnaryOperator<Event> change) {
        hears = change;
        return this;
    }

    Flaw acts(BiFunction<Event, List<Action>, List<Action>> change) {
        acts = change;
        return this;
    }

    Flaw found(UnaryOperator<Durable> change) {
        found = change;
        return this;
    }

    Flaw rules(UnaryOperator<SwitchoverRules> change) {
        rules = change;
        return this;
    }

    /** What must be kept is told one event too late. */
    Flaw writesLate() {
        late = true;
        return this;
    }

    /** Whoever is not active always answers. */
    Flaw blindForStandby() {
        return hears(event -> event instanceof Event.Looked looked
                        && !looked.server().equals(machine.durable().active())
                        && looked.look().sight() != Sight.ANSWERED
                ? answered(looked.server(), looked.probe())
                : event);
    }

    /** What an operator resumes counts as if every server had answered. */
    Flaw answeredAtResume() {
        first = event -> event instanceof Event.Asked asked && asked.wish() instanceof Wish.Resume
                ? List.of(answered("east", "app"), answered("west", "app"))
                : List.of();
        return this;
    }

    /** With the first end of a select it believes that every demote is over. */
    Flaw demotedAtSelect() {
        first = event -> event instanceof Event.SelectOver over
                ? List.of(demoted(over.epoch(), "east"), demoted(over.epoch(), "west"))
                : List.of();
        return this;
    }

    private static Event demoted(long epoch, String server) {
        return new Event.StepOver(epoch, server, Step.DEMOTE, true, "believed", 1);
    }

    private static Event answered(String server, String probe) {
        return new Event.Looked(server, probe, false, Look.of(Sight.ANSWERED, "200", 900));
    }

    /** Positions are what they should be. */
    Flaw blindForMoves() {
        return hears(event -> event instanceof Event.TrunksSeen seen
                        && machine.durable().open() == null
                        && machine.durable().active() != null
                ? new Event.TrunksSeen(
                        seen.name(), machine.durable().active(), seen.position(), true, false, seen.epoch())
                : event);
    }

    /** All conditions are met, whatever happens. */
    Flaw silentWhyNot() {
        view = picture -> new SwitchoverView(
                picture.phase(),
                picture.sinceMs(),
                picture.state(),
                picture.active(),
                picture.epoch(),
                picture.mode(),
                picture.modeFile(),
                picture.modeOperator(),
                picture.protected_(),
                picture.servers(),
                picture.because(),
                picture.next(),
                picture.holdDownLeftMs(),
                List.<Condition>of(),
                picture.alarms(),
                picture.moves(),
                picture.decision(),
                picture.open());
        return this;
    }

    /** Every second hook is forgotten: no record says which is the second. */
    Flaw moody() {
        int[] decisions = {0};
        return acts((event, did) -> {
            boolean closes = did.stream().anyMatch(Action.Closed.class::isInstance);
            return closes && ++decisions[0] % 2 == 0
                    ? did.stream()
                            .filter(each -> !(each instanceof Action.Hook))
                            .toList()
                    : did;
        });
    }

    SwitchoverRules changeRules(SwitchoverRules given) {
        return rules.apply(given);
    }

    Durable changeFound(Durable given) {
        return given == null ? null : found.apply(given);
    }

    Flaw in(SimCore trueMachine) {
        machine = trueMachine;
        before = trueMachine.durable();
        return this;
    }

    @Override
    public List<Action> on(Event event, long nowMs) {
        before = machine.durable();
        for (Event each : first.apply(event)) {
            machine.on(each, nowMs);
        }
        Event changed = hears.apply(event);
        return changed == null ? List.of() : acts.apply(event, machine.on(changed, nowMs));
    }

    @Override
    public long dueMs() {
        return machine.dueMs();
    }

    @Override
    public Durable durable() {
        return late ? before : machine.durable();
    }

    @Override
    public SwitchoverView view() {
        return view.apply(machine.view());
    }

    @Override
    public Phase phase() {
        return machine.phase();
    }

    @Override
    public SimCore under(SwitchoverRules other, Set<String> anew) {
        machine = machine.under(changeRules(other), anew);
        return this;
    }

    @Override
    public String snapshot() {
        return machine.snapshot();
    }
}
