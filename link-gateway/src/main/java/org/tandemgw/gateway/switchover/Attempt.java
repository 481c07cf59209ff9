package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.switchover.Closing.Ending;
import org.tandemgw.gateway.switchover.Decision.StepLine;

/**
 * One switchover, step by step: demote, select and read back, promote. Each step has a limit; the select is the point of no
 * return. {@link Kept#open()} says how far it is, so that a start can take it up again.
 */
final class Attempt {
    /** So often a promote is tried. */
    static final int MOST_PROMOTES = 3;

    /** Between two of them. */
    static final long PROMOTE_PAUSE_MS = 1_000;

    /** So much later than its own limit a step counts as over that has not told its end. */
    static final long GRACE_MS = 5_000;

    private final Core core;
    private final SelectJudge judge;
    private final Closing closing;
    private final StepBook book = new StepBook();
    private final List<Event.SelectOver> ends = new ArrayList<>();
    private Decision plan;
    private long stepSinceMs;
    private long limitMs = Long.MAX_VALUE;
    private long againMs = Long.MAX_VALUE;
    private int tries;
    private boolean mayHaveMoved;
    private FenceHeld fence;
    private Ending ending;

    Attempt(Core core) {
        this.core = core;
        judge = new SelectJudge(core.rules);
        closing = new Closing(core);
    }

    boolean open() {
        return core.kept.open() != null;
    }

    /** Null: none is open. */
    Decision plan() {
        return plan;
    }

    /**
     * Begins. The caller has seen to it that nothing is in the way.
     *
     * @param hard whether the server to be fenced is dead by hard evidence
     */
    Decision begin(Decision wanted, boolean hard) {
        final long epoch = 1 + Math.max(core.kept.epoch(), core.facts.epochSeen());
        reset();
        plan = wanted.opened(core.kept.nextDecision(), epoch, core.now());
        core.kept.epoch(epoch);
        core.kept.holding(null);
        core.kept.open(new OpenAttempt(
                plan.decision(),
                epoch,
                core.rules.other(plan.to()),
                plan.to(),
                plan.trigger(),
                plan.reason(),
                plan.who(),
                plan.forced(),
                Step.DEMOTE,
                false,
                false,
                hard,
                core.nowMs()));
        core.act(new Action.Opened(plan));
        core.act(new Action.Hook(HookEvent.COMMENCE, plan));
        final Decision begun = plan;
        demote();
        return begun;
    }

    private void reset() {
        book.clear();
        ends.clear();
        limitMs = Long.MAX_VALUE;
        againMs = Long.MAX_VALUE;
        tries = 0;
        mayHaveMoved = false;
        fence = null;
        ending = null;
    }

    /** After a start: what is open is known from the control file alone. */
    void takeUp() {
        final OpenAttempt open = core.kept.open();
        reset();
        mayHaveMoved = open.committed();
        plan = Plans.takenUp(core, open);
    }

    /** Tells the old active to stop, if it can be told; then the trunks. */
    void demote() {
        final OpenAttempt open = core.kept.open();
        final ServerRules from = core.rules.server(open.from());
        if (from.demoteMs() == 0) {
            select();
            return;
        }
        final boolean returnless = core.rules.switches().isEmpty();
        step(Step.DEMOTE, Phase.DEMOTING, "told " + open.from() + " to stop", true, returnless || open.committed());
        limitMs = core.nowMs() + from.demoteMs() + GRACE_MS;
        core.act(new Action.Demote(open.epoch(), open.from()));
    }

    private void demoteOver(boolean ok, String said, double tookMs) {
        final OpenAttempt open = core.kept.open();
        book.ran(Step.DEMOTE, open.from(), stepSinceMs, tookMs, ok ? "ok" : "failed", said);
        if (!ok && core.rules.fence() == FencePolicy.DEMOTE) {
            fail("the fence does not hold: demote of " + open.from() + " failed: " + said, Holding.Kind.SWITCH_FAILED);
        } else {
            select();
        }
    }

    /** Moves the trunks. From here on there is no way back but forward. */
    void select() {
        final OpenAttempt open = core.kept.open();
        if (core.rules.switches().isEmpty()) {
            takeOver(core.rules.fence() == FencePolicy.DEMOTE ? FenceHeld.DEMOTE : FenceHeld.NONE);
            return;
        }
        final boolean carryOn = open.committed();
        tries++;
        step(Step.SELECT, Phase.SELECTING, "moving the trunks to " + open.to(), open.demoteSent(), true);
        order(open, open.to(), carryOn);
    }

    private void order(OpenAttempt open, String server, boolean carryOn) {
        ends.clear();
        core.lastSelectMs = core.nowMs();
        core.lastSelectEpoch = open.epoch();
        limitMs = core.nowMs()
                + GRACE_MS
                + core.rules.switches().stream()
                        .mapToLong(SwitchRules::selectMs)
                        .max()
                        .orElse(0);
        core.act(new Action.Select(
                open.epoch(),
                server,
                open.trigger() == Trigger.AUTOMATIC,
                open.forced(),
                carryOn,
                open.who(),
                open.reason()));
    }

    private void selectOver() {
        final OpenAttempt open = core.kept.open();
        limitMs = Long.MAX_VALUE;
        if (open.step() == Step.ROLL_BACK) {
            rolledBack(open);
            return;
        }
        final boolean oldDead = core.facts.health(open.from()).hard(core.nowMs());
        final SelectJudge.Verdict verdict = judge.judge(ends, tries, mayHaveMoved, oldDead, core.facts.calls());
        mayHaveMoved |= verdict != SelectJudge.Verdict.NOTHING_MOVED;
        final String found = String.join("; ", judge.sentences(ends));
        switch (verdict) {
            case ALL_THERE ->
                takeOver(
                        switch (core.rules.fence()) {
                            case TRUNK_SWITCH -> FenceHeld.TRUNK_SWITCH;
                            case DEMOTE -> FenceHeld.DEMOTE;
                            case NONE -> FenceHeld.NONE;
                        });
            case NOTHING_MOVED -> fail("nothing was moved: " + found, Holding.Kind.SWITCH_FAILED);
            case RETRY -> select();
            case PROMOTE_ALL_THE_SAME -> takeOver(FenceHeld.DEAD);
            case ROLL_BACK -> rollBack(open, found);
            case HOLD -> holdMoved(found);
        }
    }

    /** After a start with the cards at different places: as if the select had just said so. */
    void judgeMixed(String found) {
        final OpenAttempt open = core.kept.open();
        ends.addAll(judge.asSeen(open, core.facts));
        step(Step.SELECT, Phase.SELECTING, "a restart found " + found, open.demoteSent(), true);
        selectOver();
    }

    private void rollBack(OpenAttempt open, String found) {
        step(Step.ROLL_BACK, Phase.ROLLING_BACK, "moving back, no calls are up: " + found, open.demoteSent(), true);
        order(open, open.from(), true);
    }

    private void rolledBack(OpenAttempt open) {
        if (!judge.allThere(ends)) {
            holdMoved("moving back did not succeed: " + String.join("; ", judge.sentences(ends)));
            return;
        }
        core.kept.active(open.from());
        fence = FenceHeld.TRUNK_SWITCH;
        fail("not every card could be moved; all are moved back", Holding.Kind.SWITCH_FAILED);
    }

    /** Something was moved, or may have been: nobody is known to be in control. */
    void holdMoved(String found) {
        core.kept.active(null);
        close(new Ending(Outcome.HELD, Holding.Kind.SELECT_UNFINISHED, found));
    }

    /** The fence holds: the new one is in control, and is told so. */
    private void takeOver(FenceHeld held) {
        fence = held;
        tries = 0;
        core.kept.active(core.kept.open().to());
        promote();
    }

    private void promote() {
        final OpenAttempt open = core.kept.open();
        final ServerRules to = core.rules.server(open.to());
        if (to.promoteMs() == 0) {
            close(new Ending(Outcome.SWITCHED, null, open.to() + " is active"));
            return;
        }
        tries++;
        step(Step.PROMOTE, Phase.PROMOTING, "told " + open.to() + " to start", open.demoteSent(), true);
        limitMs = core.nowMs() + to.promoteMs() + GRACE_MS;
        core.act(new Action.Promote(open.epoch(), open.to(), fence));
    }

    private void promoteOver(boolean ok, String said, double tookMs) {
        final OpenAttempt open = core.kept.open();
        book.ran(Step.PROMOTE, open.to(), stepSinceMs, tookMs, ok ? "ok" : "failed", said);
        limitMs = Long.MAX_VALUE;
        if (ok) {
            close(new Ending(Outcome.SWITCHED, null, open.to() + " is active"));
        } else if (tries < MOST_PROMOTES) {
            againMs = core.nowMs() + PROMOTE_PAUSE_MS;
        } else {
            final String why =
                    "the trunks are at " + open.to() + ", but its promote failed " + tries + " times: " + said;
            close(new Ending(Outcome.FAILED, Holding.Kind.PROMOTE_FAILED, why));
        }
    }

    /** Its reason has gone before the point of no return. */
    void abandon(String why) {
        undo(new Ending(Outcome.ABANDONED, null, why));
    }

    /** It cannot go on, and nothing was moved. */
    void fail(String why, Holding.Kind kind) {
        undo(new Ending(Outcome.FAILED, kind, why));
    }

    /** Ends it; before that the old active is told to start again, if it was told to stop and is still in control. */
    private void undo(Ending how) {
        final OpenAttempt open = core.kept.open();
        final ServerRules from = core.rules.server(open.from());
        if (!open.demoteSent() || from.promoteMs() == 0 || !from.name().equals(core.kept.active())) {
            close(how);
            return;
        }
        ending = how;
        fence = fence == null ? FenceHeld.NEVER_LEFT : fence;
        step(Step.PUT_BACK, Phase.PUTTING_BACK, how.why(), true, open.committed());
        limitMs = core.nowMs() + from.promoteMs() + GRACE_MS;
        core.act(new Action.Promote(open.epoch(), from.name(), fence));
    }

    private void putBackOver(boolean ok, String said, double tookMs) {
        final OpenAttempt open = core.kept.open();
        book.ran(Step.PUT_BACK, open.from(), stepSinceMs, tookMs, ok ? "ok" : "failed", said);
        close(
                ok
                        ? ending
                        : new Ending(
                                Outcome.FAILED,
                                Holding.Kind.PROMOTE_FAILED,
                                ending.why() + "; and " + open.from() + " could not be told to start again: " + said));
    }

    private void close(Ending how) {
        closing.close(plan, book.lines(), fence, how);
        forget();
    }

    /** As if it had never begun. */
    void forget() {
        reset();
        plan = null;
    }

    private void step(Step step, Phase phase, String why, boolean demoteSent, boolean committed) {
        core.kept.open(core.kept.open().at(step, demoteSent, committed));
        stepSinceMs = core.nowMs();
        limitMs = Long.MAX_VALUE;
        againMs = Long.MAX_VALUE;
        core.move(phase, why);
    }

    /** The end of a step; one that nobody waits for is nothing. */
    void over(Event.StepOver over) {
        final OpenAttempt open = core.kept.open();
        if (open == null || over.epoch() != open.epoch() || limitMs == Long.MAX_VALUE) {
            return;
        }
        final boolean promoted = over.step() == Step.PROMOTE;
        if (over.step() == Step.DEMOTE
                && open.step() == Step.DEMOTE
                && over.server().equals(open.from())) {
            demoteOver(over.ok(), over.said(), over.tookMs());
        } else if (promoted && open.step() == Step.PROMOTE && over.server().equals(open.to())) {
            promoteOver(over.ok(), over.said(), over.tookMs());
        } else if (promoted && open.step() == Step.PUT_BACK && over.server().equals(open.from())) {
            putBackOver(over.ok(), over.said(), over.tookMs());
        }
    }

    /** The end of a select of one switch; one that nobody waits for is nothing. */
    void over(Event.SelectOver over) {
        final OpenAttempt open = core.kept.open();
        final boolean selecting = core.phases.is(Phase.SELECTING) || core.phases.is(Phase.ROLLING_BACK);
        if (open == null || over.epoch() != open.epoch() || !selecting) {
            return;
        }
        ends.removeIf(each -> each.name().equals(over.name()));
        ends.add(over);
        book.selected(
                open.step(),
                core.phases.is(Phase.SELECTING) ? open.to() : open.from(),
                over,
                stepSinceMs,
                core.nowMs());
        if (ends.size() == core.rules.switches().size()) {
            selectOver();
        }
    }

    /** Ends what has not told its end within its limit, and tries again what is to be tried again. */
    void tick() {
        if (!core.phases.phase().switching()) {
            return;
        }
        if (core.nowMs() >= againMs) {
            promote();
        } else if (core.nowMs() >= limitMs) {
            final String late = "did not tell its end within its limit";
            final double tookMs = core.nowMs() - stepSinceMs;
            switch (core.kept.open().step()) {
                case DEMOTE -> demoteOver(false, late, tookMs);
                case SELECT, ROLL_BACK -> selectOver();
                case PROMOTE -> promoteOver(false, late, tookMs);
                case PUT_BACK -> putBackOver(false, late, tookMs);
            }
        }
    }

    long dueMs() {
        return Math.min(limitMs, againMs);
    }

    Memory memory() {
        return new Memory(plan, book.lines(), ends, stepSinceMs, limitMs, againMs, tries, mayHaveMoved, fence, ending);
    }

    void recall(Memory memory) {
        plan = memory.plan;
        book.recall(memory.lines);
        ends.addAll(memory.ends);
        stepSinceMs = memory.stepSinceMs;
        limitMs = memory.limitMs;
        againMs = memory.againMs;
        tries = memory.tries;
        mayHaveMoved = memory.mayHaveMoved;
        fence = memory.fence;
        ending = memory.ending;
    }

    record Memory(
            Decision plan,
            List<StepLine> lines,
            List<Event.SelectOver> ends,
            long stepSinceMs,
            long limitMs,
            long againMs,
            int tries,
            boolean mayHaveMoved,
            FenceHeld fence,
            Ending ending) {
        Memory {
            lines = List.copyOf(lines);
            ends = List.copyOf(ends);
        }
    }
}
