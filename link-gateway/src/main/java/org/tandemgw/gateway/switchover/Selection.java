package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/** The trunk switches in one switchover: what was ordered of them, what they have told of its end, and what follows. */
final class Selection {
    private final Core core;
    private final SelectJudge judge;
    private final List<Event.SelectOver> ends = new ArrayList<>();
    private int tries;
    private boolean mayHaveMoved;
    /** The switch that somebody has moved since it told its end; null: none. */
    private String movedSince;

    Selection(Core core) {
        this.core = core;
        judge = new SelectJudge(core.rules);
    }

    void reset() {
        ends.clear();
        tries = 0;
        mayHaveMoved = false;
        movedSince = null;
    }

    /** After a start: an earlier run may have moved something. */
    void takeUp(OpenAttempt open) {
        mayHaveMoved = open.committed();
    }

    /**
     * Orders them to the new active.
     *
     * @return until when their ends are waited for
     */
    long order(OpenAttempt open, boolean carryOn) {
        tries++;
        return order(open, open.to(), carryOn);
    }

    /** Orders back what was moved; likewise. */
    long orderBack(OpenAttempt open) {
        return order(open, open.from(), true);
    }

    private long order(OpenAttempt open, String server, boolean carryOn) {
        ends.clear();
        movedSince = null;
        core.lastSelectMs = core.nowMs();
        core.orders.give(core.rules.switches(), open.epoch());
        core.act(new Action.Select(
                open.epoch(),
                server,
                open.trigger() == Trigger.AUTOMATIC,
                open.forced(),
                carryOn,
                open.who(),
                open.reason()));
        return core.nowMs()
                + Attempt.GRACE_MS
                + core.rules.switches().stream()
                        .mapToLong(SwitchRules::selectMs)
                        .max()
                        .orElse(0);
    }

    /** One has told its end; true: all have. */
    boolean told(Event.SelectOver over) {
        ends.removeIf(each -> each.name().equals(over.name()));
        ends.add(over);
        if (!over.commanded()) {
            core.orders.unsent(over.name());
        }
        return ends.size() == core.rules.switches().size();
    }

    /** Where one leads, while others are still being moved: it may not be any more where it was read back. */
    void seen(Event.TrunksSeen seen, String ordered) {
        final boolean ended = ends.stream().anyMatch(each -> each.name().equals(seen.name()));
        if (!ended || !seen.movedWithoutUs() || !Lead.known(seen)) {
            return;
        }
        if (!ordered.equals(seen.leadsTo())) {
            movedSince = seen.name();
        } else if (seen.name().equals(movedSince)) {
            movedSince = null;
        }
    }

    /** After a start with the cards at different places: as if they had just told so. */
    void toldByPositions(OpenAttempt open) {
        ends.addAll(judge.asSeen(open, core.facts));
    }

    /** What follows from the ends of an order to the new active; those that have not told theirs will not. */
    SelectJudge.Verdict verdict(OpenAttempt open) {
        if (movedSince != null) {
            return SelectJudge.Verdict.HOLD; // nobody fights a hand
        }
        final boolean oldDead = core.facts.health(open.from()).hard(core.nowMs());
        final SelectJudge.Verdict verdict = judge.judge(ends, tries, mayHaveMoved, oldDead, core.facts.calls());
        mayHaveMoved |= verdict != SelectJudge.Verdict.NOTHING_MOVED && verdict != SelectJudge.Verdict.NOTHING_SENT;
        return verdict;
    }

    /** The switches that were sent nothing count as unreadable until they are seen again. */
    void unread() {
        SelectJudge.unread(ends).forEach(core.facts::unread);
    }

    /** Whether no switch was sent a command, of those that have told their end. */
    boolean nothingSent() {
        return ends.stream().noneMatch(Event.SelectOver::commanded);
    }

    boolean allThere() {
        return movedSince == null && judge.allThere(ends);
    }

    /** What did not go well. */
    String found() {
        final List<String> sentences = new ArrayList<>(judge.sentences(ends));
        if (movedSince != null) {
            sentences.add(movedSince + " was moved without Tandem, after it had been read back");
        }
        return String.join("; ", sentences);
    }

    Memory memory() {
        return new Memory(ends, tries, mayHaveMoved, movedSince);
    }

    void recall(Memory memory) {
        ends.addAll(memory.ends);
        tries = memory.tries;
        mayHaveMoved = memory.mayHaveMoved;
        movedSince = memory.movedSince;
    }

    record Memory(List<Event.SelectOver> ends, int tries, boolean mayHaveMoved, String movedSince) {
        Memory {
            ends = List.copyOf(ends);
        }
    }
}
