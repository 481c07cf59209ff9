package org.tandemgw.gateway.switchover;

/** The steps of a switchover in which trunks are on the move: the select, what follows from its end, and moving back. */
final class Moving {
    private final Core core;
    private final Attempt attempt;
    private final Demotions demotions;
    private final StepBook book;
    private final Selection selection;

    Moving(Core core, Attempt attempt, Demotions demotions, StepBook book) {
        this.core = core;
        this.attempt = attempt;
        this.demotions = demotions;
        this.book = book;
        selection = new Selection(core);
    }

    void reset() {
        selection.reset();
    }

    /** After a start: an earlier run may have moved something. */
    void takeUp(OpenAttempt open) {
        selection.takeUp(open);
    }

    /** Orders the trunks to the new active. From here on there is no way back but forward. */
    void order() {
        final OpenAttempt open = core.kept.open();
        final boolean carryOn = open.committed();
        final boolean stopping = demotions.stoppingUntilMs(open.from()) > core.nowMs();
        final String told = stopping ? "told " + open.from() + " to stop, and not waiting for it: " : "";
        attempt.step(Step.SELECT, Phase.SELECTING, told + "moving the trunks to " + open.to(), open.demoteSent(), true);
        attempt.times().waitUntil(selection.order(open, carryOn));
    }

    /** After a start with the cards at different places: as if the select had just said so. */
    void judgeMixed(String found) {
        final OpenAttempt open = core.kept.open();
        selection.toldByPositions(open);
        attempt.step(Step.SELECT, Phase.SELECTING, "a restart found " + found, open.demoteSent(), true);
        over();
    }

    /** Where a switch leads, while trunks are on the move. */
    void seen(Event.TrunksSeen seen) {
        final OpenAttempt open = core.kept.open();
        if (core.phases.is(Phase.SELECTING)) {
            selection.seen(seen, open.to());
        } else if (core.phases.is(Phase.ROLLING_BACK)) {
            selection.seen(seen, open.from());
        }
    }

    /** The end of a select of one switch; one that nobody waits for is nothing. */
    void over(Event.SelectOver over) {
        final OpenAttempt open = core.kept.open();
        final boolean selecting = core.phases.is(Phase.SELECTING) || core.phases.is(Phase.ROLLING_BACK);
        if (open == null || over.epoch() != open.epoch() || !selecting) {
            return;
        }
        book.selected(
                open.step(),
                core.phases.is(Phase.SELECTING) ? open.to() : open.from(),
                over,
                attempt.times().sinceMs(),
                core.nowMs());
        if (selection.told(over)) {
            over();
        }
    }

    /** All have told their end, or will not any more. */
    void over() {
        final OpenAttempt open = core.kept.open();
        attempt.times().waitNoMore();
        if (open.step() == Step.ROLL_BACK) {
            movedBack(open);
            return;
        }
        final String found = selection.found();
        switch (selection.verdict(open)) {
            case ALL_THERE -> attempt.takeOver(core.rules.fence().held());
            case NOTHING_MOVED -> unmoved(open, found);
            case NOTHING_SENT -> unsent(open, found);
            case RETRY -> order();
            case PROMOTE_ALL_THE_SAME -> attempt.takeOver(FenceHeld.DEAD);
            case ROLL_BACK -> moveBack(open, found);
            case HOLD -> attempt.holdMoved(found);
        }
    }

    /** Practice that a box refuses before anything is sent leaves nothing for an operator to decide: it may be tried again. */
    private void unmoved(OpenAttempt open, String found) {
        if (open.trigger() == Trigger.DRILL && selection.nothingSent()) {
            attempt.abandon("no command was sent, nothing was moved: " + found);
        } else {
            attempt.fail("nothing was moved: " + found, Holding.Kind.SWITCH_FAILED);
        }
    }

    /** The box did not answer, and nothing left for it: by itself Tandem tries again when it does. */
    private void unsent(OpenAttempt open, String found) {
        selection.unread();
        final String why = "no command was sent, nothing was moved: " + found;
        if (open.trigger() == Trigger.MANUAL) {
            attempt.fail(why, Holding.Kind.SWITCH_FAILED);
        } else {
            attempt.abandon(why);
        }
    }

    private void moveBack(OpenAttempt open, String found) {
        if (open.to().equals(core.kept.active())) {
            // Taken up behind its promote: the other one must not be promoted under the same epoch.
            attempt.holdMoved(found + "; not moved back, for " + open.to() + " has been active");
            return;
        }
        final String why = "moving back, no calls are up: " + found;
        attempt.step(Step.ROLL_BACK, Phase.ROLLING_BACK, why, open.demoteSent(), true);
        attempt.times().waitUntil(selection.orderBack(open));
    }

    private void movedBack(OpenAttempt open) {
        if (!selection.allThere()) {
            attempt.holdMoved("moving back did not succeed: " + selection.found());
            return;
        }
        core.kept.active(open.from());
        attempt.failFenced("not every card could be moved; all are moved back", FenceHeld.TRUNK_SWITCH);
    }

    Selection.Memory memory() {
        return selection.memory();
    }

    void recall(Selection.Memory memory) {
        selection.recall(memory);
    }
}
