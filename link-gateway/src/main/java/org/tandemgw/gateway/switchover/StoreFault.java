package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens when that which a step wanted kept could not be written: what was not written is not true, and what would have
 * followed from it does not happen; beyond the point of no return everything goes on.
 */
final class StoreFault {
    private final Core core;
    private final Attempt attempt;
    private Durable before;
    private List<Action> wanted = List.of();

    StoreFault(Core core, Attempt attempt) {
        this.core = core;
        this.attempt = attempt;
    }

    /** A step is over; only one that changed what is kept can fail to be written. */
    void stepOver(Durable keptBefore, List<Action> actions) {
        final boolean changed = !core.kept.durable().equals(keptBefore);
        before = changed ? keptBefore : null;
        wanted = changed ? actions : List.of();
    }

    /** The last step could not be written. */
    void failed(String why) {
        final List<Action> pending = wanted;
        final Durable then = before;
        wanted = List.of();
        before = null;
        if (then == null) {
            return;
        }
        final Decision opened = opened(pending);
        if ((opened != null || mayBeGivenUp(then.open()))
                && pending.stream().anyMatch(Action.Select.class::isInstance)) {
            core.orders.unsent();
        }
        if (opened != null) {
            notBegun(then, opened, pending, why);
        } else if (mayBeGivenUp(then.open())) {
            takeBack(then);
            attempt.fail("could not be written down: " + why, Holding.Kind.STORE_FAILED);
            refuse(pending, why);
        } else if ((then.open() == null || attempt.plan() == null)
                && pending.stream().anyMatch(Action.Answer.class::isInstance)) {
            unasked(then, pending, why);
        } else {
            pending.forEach(core::act);
        }
    }

    /** Before its point of no return, and not given up already: to give it up again would tell the old active again to start. */
    private boolean mayBeGivenUp(OpenAttempt open) {
        return open != null && !open.committed() && open.step() != Step.PUT_BACK && attempt.plan() != null;
    }

    private static Decision opened(List<Action> pending) {
        return pending.stream()
                .filter(Action.Opened.class::isInstance)
                .map(each -> ((Action.Opened) each).decision())
                .findFirst()
                .orElse(null);
    }

    private void notBegun(Durable then, Decision opened, List<Action> pending, String why) {
        final String sentence = "could not be written down: " + why;
        final long epoch = core.kept.epoch();
        final long decision = core.kept.decision();
        core.kept.set(then);
        core.kept.epoch(epoch);
        core.kept.next(decision);
        core.kept.holding(new Holding(Holding.Kind.STORE_FAILED, sentence, core.nowMs(), opened.decision()));
        attempt.unbegun();
        core.move(Phase.HOLDING, sentence);
        core.act(new Action.Closed(opened.closed(Outcome.FAILED, List.of(sentence), List.of(), null, core.now())));
        refuse(pending, why);
    }

    private void unasked(Durable then, List<Action> pending, String why) {
        takeBack(then);
        if (then.holding() != null && !core.phases.is(Phase.HOLDING)) {
            core.move(Phase.HOLDING, "could not be written down: " + why);
        }
        refuse(pending, why);
    }

    private void takeBack(Durable then) {
        final long decision = core.kept.decision();
        core.kept.set(then);
        core.kept.next(decision);
    }

    private void refuse(List<Action> pending, String why) {
        for (final Action each : pending) {
            if (each instanceof Action.Answer answer) {
                core.act(new Action.Answer(
                        answer.request(),
                        false,
                        "could not be written down, and so is not done: " + why,
                        "tandem status",
                        null));
            } else if (each instanceof Action.Closed && opened(pending) == null) {
                core.act(each);
            }
        }
    }

    Memory memory() {
        return new Memory(before, Pending.of(wanted));
    }

    void recall(Memory memory) {
        before = memory.before;
        wanted = new ArrayList<>(memory.wanted.stream().map(Pending::action).toList());
    }

    record Memory(Durable before, List<Pending> wanted) {
        Memory {
            wanted = List.copyOf(wanted);
        }
    }
}
