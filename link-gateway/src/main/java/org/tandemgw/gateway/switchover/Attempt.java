package org.tandemgw.gateway.switchover;

import org.tandemgw.gateway.switchover.Closing.Ending;

/**
 * One switchover, step by step: demote, select and read back, promote. Each step has a limit; the select is the point of no
 * return. {@link Kept#open()} says how far it is, so that a start can take it up again.
 */
final class Attempt {
    /** So often a promote is tried. */
    static final int MOST_PROMOTES = 3;

    /** Between two of them. */
    static final long PROMOTE_PAUSE_MS = 1_000;

    /** Between two demotes of a server that is down, where its demote is the fence. */
    static final long DEMOTE_PAUSE_MS = 5_000;

    /** So long after the first one more is begun; then an operator decides. */
    static final long DEMOTES_MS = 60_000;

    /** So much later than its own limit a step counts as over that has not told its end. */
    static final long GRACE_MS = 5_000;

    static final String LATE = "did not tell its end within its limit";

    static final String NOT_BEGUN = "was not begun, and what it waited for did not end within its limit";

    private final Core core;
    private final Closing closing;
    private final Demotions demotions;
    private final StepBook book = new StepBook();
    private final StepTimes times = new StepTimes();
    private final Moving moving;
    private final GivenUp givenUp;
    private Decision plan;
    private int tries;
    private int runs;
    private FenceHeld fence;
    private Ending ending;

    Attempt(Core core) {
        this.core = core;
        closing = new Closing(core);
        demotions = new Demotions(core, book);
        moving = new Moving(core, this, demotions, book);
        givenUp = new GivenUp(core);
    }

    boolean open() {
        return core.kept.open() != null;
    }

    GivenUp givenUp() {
        return givenUp;
    }

    Moving moving() {
        return moving;
    }

    StepTimes times() {
        return times;
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
        final OpenAttempt open = Plans.begun(core, plan, hard);
        core.kept.open(open);
        open.spent().forEach(core.kept::spend);
        core.spendEvidence(open.to()); // whoever chose it knew this; what speaks against it from now on is new
        core.act(new Action.Opened(plan));
        core.act(new Action.Hook(HookEvent.COMMENCE, plan));
        final Decision begun = plan;
        demote();
        return begun;
    }

    private void reset() {
        book.clear();
        moving.reset();
        times.reset();
        tries = 0;
        runs = 0;
        fence = null;
        ending = null;
    }

    /** After a start: what is open is known from the control file alone. */
    void takeUp() {
        final OpenAttempt open = core.kept.open();
        reset();
        moving.takeUp(open);
        demotions.takeUp(open);
        if (open.committed() || open.demoteSent()) {
            final double tookMs = Math.max(0, core.nowMs() - open.openedMs());
            final boolean forward = open.step() == Step.SELECT || open.step() == Step.PROMOTE;
            final String server = forward ? open.to() : open.from();
            book.ran(open.step(), server, open.openedMs(), tookMs, "no-answer", "Tandem ended in the middle of it");
        }
        plan = Plans.takenUp(core, open);
    }

    /** Tells the old active to stop, if it can be told; then the trunks, and where they are the fence of a dead server, at once. */
    void demote() {
        final OpenAttempt open = core.kept.open();
        if (core.rules.server(open.from()).demoteMs() == 0) {
            select();
            return;
        }
        final boolean waits = demotions.waitedFor(open);
        demotions.send(open);
        if (waits) {
            final boolean returnless = core.rules.switches().isEmpty();
            step(Step.DEMOTE, Phase.DEMOTING, "told " + open.from() + " to stop", true, returnless || open.committed());
        } else {
            core.kept.open(open.at(Step.DEMOTE, true, open.committed()));
            select();
        }
    }

    private void demoteOver(Demotions.Over over) {
        final OpenAttempt open = core.kept.open();
        if (open == null) {
            return;
        }
        if (over.of().epoch() == open.epoch() && open.step() == Step.DEMOTE) {
            if (!over.ok() && core.rules.fence() == FencePolicy.DEMOTE) {
                unfenced(open, "demote of " + open.from() + " failed: " + over.said());
            } else {
                times.stopped(core.nowMs());
            }
        } else if (times.isAgainAt(over.of().byMs())) {
            times.againAt(core.nowMs());
        }
    }

    /** The demote that is the fence has failed. It may be told as often as it takes; one that is down is not told to start instead. */
    private void unfenced(OpenAttempt open, String failed) {
        final boolean again = open.trigger() == Trigger.AUTOMATIC && core.nowMs() < times.sinceMs() + DEMOTES_MS;
        final String why = "the fence does not hold: " + failed;
        if (!down(open.from())) {
            fail(why, Holding.Kind.SWITCH_FAILED);
        } else if (again) {
            times.againAt(core.nowMs() + DEMOTE_PAUSE_MS);
        } else {
            notStarted(open);
            close(new Ending(Outcome.FAILED, Holding.Kind.SWITCH_FAILED, why));
        }
    }

    private void demoteAgain() {
        final OpenAttempt open = core.kept.open();
        times.againNoMore();
        if (down(open.from())) {
            demotions.send(open);
        } else {
            unfenced(open, "demote of " + open.from() + " failed, and it is not down any more");
        }
    }

    private boolean down(String server) {
        return core.facts.health(server).failing(core.nowMs());
    }

    /** The old active has stopped, or has had its time to: the trunks are to be moved, if that is still wanted. */
    boolean stopped() {
        return times.stopped();
    }

    /** Since the old active stopped nobody could say whether the switch is still wanted, and that has lasted too long. */
    boolean doubtfulTooLong() {
        return times.doubtfulTooLong(core.nowMs());
    }

    /** Moves the trunks; where there are none, the fence holds or there is none. */
    void select() {
        if (core.rules.switches().isEmpty()) {
            takeOver(core.rules.fence() == FencePolicy.DEMOTE ? FenceHeld.DEMOTE : FenceHeld.NONE);
        } else {
            moving.order();
        }
    }

    /** Something was moved, or may have been: nobody is known to be in control. */
    void holdMoved(String found) {
        core.kept.active(null);
        close(new Ending(Outcome.HELD, Holding.Kind.SELECT_UNFINISHED, found));
    }

    /** Nothing was moved by us, and the trunks are elsewhere all the same: whoever has them now, nobody is told to start. */
    void holdElsewhere(String why) {
        final OpenAttempt open = core.kept.open();
        notStarted(open);
        close(new Ending(Outcome.ABANDONED, Holding.Kind.POSITIONS_ELSEWHERE, why));
    }

    /** The fence holds: the new one is in control, and is told so. */
    void takeOver(FenceHeld held) {
        fence = held;
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
        step(Step.PROMOTE, Phase.PROMOTING, "told " + open.to() + " to start", open.demoteSent(), true);
        if (tell(to)) {
            tries++;
        }
    }

    /** Tries it again, unless the trunks were moved away from the new one meanwhile. */
    private void promoteWhileFenced() {
        final String elsewhere = fence == FenceHeld.TRUNK_SWITCH
                ? Lead.elsewhere(core, core.kept.open().to())
                : null;
        if (elsewhere == null) {
            promote();
        } else {
            final String why = "the fence does not hold any more: " + elsewhere;
            close(new Ending(Outcome.FAILED, Holding.Kind.PROMOTE_FAILED, why));
        }
    }

    /** Tells a server to start, as soon as it cannot be stopping any more. */
    private boolean tell(ServerRules server) {
        final long stoppingUntilMs = demotions.stoppingUntilMs(server.name());
        if (core.nowMs() < stoppingUntilMs) {
            times.againAt(stoppingUntilMs);
            return false;
        }
        times.waitUntil(core.nowMs() + server.longestMs() + GRACE_MS);
        core.act(new Action.Promote(core.kept.open().epoch(), server.name(), fence, ++runs));
        return true;
    }

    private void promoteOver(boolean ok, String said, double tookMs) {
        final OpenAttempt open = core.kept.open();
        book.ran(Step.PROMOTE, open.to(), times.sinceMs(), tookMs, ok ? "ok" : "failed", said);
        times.waitNoMore();
        if (ok) {
            close(new Ending(Outcome.SWITCHED, null, open.to() + " is active"));
        } else if (tries < MOST_PROMOTES) {
            times.againAt(core.nowMs() + PROMOTE_PAUSE_MS);
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

    /** It cannot go on, and the old active is fenced in: it has its trunks back. */
    void failFenced(String why, FenceHeld by) {
        fence = by;
        fail(why, Holding.Kind.SWITCH_FAILED);
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
        putBack();
    }

    /** The old active was told to stop, if it was, and is not told to start again. */
    private void notStarted(OpenAttempt open) {
        if (open.demoteSent() && core.rules.server(open.from()).promoteMs() > 0) {
            core.kept.notStarted(open.from());
        }
    }

    private void putBack() {
        final OpenAttempt open = core.kept.open();
        final String elsewhere = fence == FenceHeld.NEVER_LEFT ? Lead.elsewhere(core, open.from()) : null;
        if (elsewhere != null) {
            close(new Ending(ending.outcome(), Holding.Kind.POSITIONS_ELSEWHERE, ending.why() + "; " + elsewhere));
            return;
        }
        if (deaf(open)) {
            notStarted(open);
            final String why = ending.why() + "; " + open.from() + " is down, and is not told to start again";
            close(new Ending(ending.outcome(), ending.holding(), why));
            return;
        }
        step(Step.PUT_BACK, Phase.PUTTING_BACK, ending.why(), true, open.committed());
        tell(core.rules.server(open.from()));
    }

    /** It was down before it was told to stop, that did not succeed either, and it is down still: nobody waits for it. */
    private boolean deaf(OpenAttempt open) {
        return open.trigger() == Trigger.AUTOMATIC
                && down(open.from())
                && !book.demoted()
                && core.nowMs() >= demotions.stoppingUntilMs(open.from());
    }

    private void putBackOver(boolean ok, String said, double tookMs) {
        final OpenAttempt open = core.kept.open();
        book.ran(Step.PUT_BACK, open.from(), times.sinceMs(), tookMs, ok ? "ok" : "failed", said);
        if (ok) {
            core.kept.unstarted(null);
        }
        close(ok ? ending : givenUp.notPutBack(open, ending, said));
    }

    private void close(Ending how) {
        demotions.noteUnended(plan.epoch());
        closing.close(plan, book.lines(), fence, givenUp.bounded(core.kept.open(), how));
        forget();
    }

    /** It could not be written down: nothing of it was done. */
    void unbegun() {
        demotions.unsent(core.kept.epoch());
        forget();
    }

    private void forget() {
        reset();
        plan = null;
    }

    /** A step begins; it is written down before it is carried out. */
    void step(Step step, Phase phase, String why, boolean demoteSent, boolean committed) {
        core.kept.open(core.kept.open().at(step, demoteSent, committed));
        times.begin(core.nowMs());
        core.move(phase, why);
    }

    /** A step that is waited for begins: only now its time runs. */
    void began(Event.StepBegan began) {
        if (began.step() == Step.DEMOTE) {
            final Demotions.Sent before = demotions.sent(began);
            if (before != null && times.isAgainAt(before.byMs())) {
                times.againAt(demotions.began(before));
            } else if (before != null) {
                demotions.began(before);
            }
        } else if (waitedFor(began.epoch(), began.server(), began.run()) && !times.begun()) {
            times.begunAt(
                    core.nowMs(),
                    core.nowMs() + core.rules.server(began.server()).promoteMs() + GRACE_MS);
        }
    }

    /** Whether it is the promote of the step that goes on now. */
    private boolean waitedFor(long epoch, String server, int run) {
        final OpenAttempt open = core.kept.open();
        if (open == null || epoch != open.epoch() || run != runs || !times.waits()) {
            return false;
        }
        return open.step() == Step.PROMOTE && server.equals(open.to())
                || open.step() == Step.PUT_BACK && server.equals(open.from());
    }

    /** The end of a step; one that nobody waits for is nothing. */
    void over(Event.StepOver over) {
        if (over.step() == Step.DEMOTE) {
            final Demotions.Over demoted = demotions.over(over);
            if (demoted != null) {
                demoteOver(demoted);
            }
            return;
        }
        if (!waitedFor(over.epoch(), over.server(), over.run())) {
            return;
        }
        if (core.kept.open().step() == Step.PROMOTE) {
            promoteOver(over.ok(), over.said(), over.tookMs());
        } else {
            putBackOver(over.ok(), over.said(), over.tookMs());
        }
    }

    /** Ends what has not told its end within its limit, and tries again what is to be tried again. */
    void tick() {
        for (Demotions.Over late = demotions.late(); late != null; late = demotions.late()) {
            demoteOver(late);
        }
        if (!core.phases.phase().switching()) {
            return;
        }
        final Step step = core.kept.open().step();
        if (times.again(core.nowMs()) && step == Step.PUT_BACK) {
            putBack();
        } else if (times.again(core.nowMs()) && step == Step.DEMOTE) {
            demoteAgain();
        } else if (times.again(core.nowMs())) {
            promoteWhileFenced();
        } else if (times.late(core.nowMs())) {
            final double tookMs = core.nowMs() - times.sinceMs();
            switch (step) {
                case DEMOTE -> throw new IllegalStateException("the limit of a demote is kept elsewhere");
                case SELECT, ROLL_BACK -> moving.over();
                case PROMOTE -> promoteOver(false, times.begun() ? LATE : NOT_BEGUN, tookMs);
                case PUT_BACK -> putBackOver(false, times.begun() ? LATE : NOT_BEGUN, tookMs);
            }
        }
    }

    long dueMs() {
        return Math.min(times.dueMs(), demotions.dueMs());
    }

    AttemptMemory memory() {
        return new AttemptMemory(
                plan,
                book.lines(),
                moving.memory(),
                demotions.memory(),
                givenUp.memory(),
                times.memory(),
                tries,
                runs,
                fence,
                ending);
    }

    void recall(AttemptMemory memory) {
        plan = memory.plan();
        book.recall(memory.lines());
        moving.recall(memory.selection());
        demotions.recall(memory.demotions());
        givenUp.recall(memory.givenUp());
        times.recall(memory.times());
        tries = memory.tries();
        runs = memory.runs();
        fence = memory.fence();
        ending = memory.ending();
    }
}
