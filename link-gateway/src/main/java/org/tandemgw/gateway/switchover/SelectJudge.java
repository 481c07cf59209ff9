package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/** What follows from the ends of a select over all switches; the worst of them is the outcome. Decides, does nothing. */
final class SelectJudge {
    /** So often the same select is ordered at most. */
    static final int MOST_TRIES = 3;

    private final SwitchoverRules rules;

    SelectJudge(SwitchoverRules rules) {
        this.rules = rules;
    }

    /** What follows. */
    enum Verdict {
        /** Every card of every switch was read back at the new active. */
        ALL_THERE,
        /** It is proved that nothing was moved. */
        NOTHING_MOVED,
        /** Nor was anything sent that could move: a box could not be read, and it is as before. */
        NOTHING_SENT,
        /** Order the same again. */
        RETRY,
        /** Promote although not every card is there. */
        PROMOTE_ALL_THE_SAME,
        /** Move back what moved. */
        ROLL_BACK,
        /** An operator decides. */
        HOLD
    }

    /**
     * Judges a select towards the new active.
     *
     * @param ends of the switches that have told theirs
     * @param tries how often it was ordered
     * @param movedBefore whether an earlier try moved anything, or may have
     * @param oldDead whether the old active is dead now by hard evidence
     * @param calls in flight; -1: not known
     */
    Verdict judge(List<Event.SelectOver> ends, int tries, boolean movedBefore, boolean oldDead, int calls) {
        if (allThere(ends)) {
            return Verdict.ALL_THERE;
        }
        final boolean told = ends.size() == rules.switches().size();
        if (told && !movedBefore && ends.stream().noneMatch(SelectJudge::maybeMoved)) {
            return unread(ends).isEmpty() ? Verdict.NOTHING_MOVED : Verdict.NOTHING_SENT;
        }
        if (!told) {
            return Verdict.HOLD;
        }
        return switch (policy(ends)) {
            case HOLD -> Verdict.HOLD;
            case ROLL_BACK -> calls == 0 ? Verdict.ROLL_BACK : Verdict.HOLD;
            case RETRY_THEN_PROMOTE ->
                !oldDead ? Verdict.HOLD : tries < MOST_TRIES ? Verdict.RETRY : Verdict.PROMOTE_ALL_THE_SAME;
        };
    }

    /** Every switch has told, and every card is there. */
    boolean allThere(List<Event.SelectOver> ends) {
        return ends.size() == rules.switches().size()
                && ends.stream().allMatch(end -> end.outcome() == SelectOutcome.OK);
    }

    /** Whether this switch may have moved a card. */
    static boolean maybeMoved(Event.SelectOver end) {
        return switch (end.outcome()) {
            case FAILED -> false;
            case REFUSED, OK, UNKNOWN -> end.commanded();
            case PARTIAL -> true;
        };
    }

    /** The switches that could not be read and were sent nothing; none if another one refused, or did not do what it was told. */
    static List<String> unread(List<Event.SelectOver> ends) {
        final boolean others = ends.stream()
                .anyMatch(end -> end.outcome() != SelectOutcome.OK && end.outcome() != SelectOutcome.UNKNOWN);
        return others
                ? List.of()
                : ends.stream()
                        .filter(end -> end.outcome() == SelectOutcome.UNKNOWN && !end.commanded())
                        .map(Event.SelectOver::name)
                        .toList();
    }

    /** The most careful of the switches that did not get there. */
    private OnPartial policy(List<Event.SelectOver> ends) {
        OnPartial careful = OnPartial.RETRY_THEN_PROMOTE;
        for (final SwitchRules each : rules.switches()) {
            final boolean there =
                    ends.stream().anyMatch(end -> end.name().equals(each.name()) && end.outcome() == SelectOutcome.OK);
            if (!there && each.onPartial().compareTo(careful) < 0) {
                careful = each.onPartial();
            }
        }
        return careful;
    }

    /** After a start with the cards at different places: as if the select had just said so. */
    List<Event.SelectOver> asSeen(OpenAttempt open, Facts facts) {
        return rules.switches().stream()
                .map(each -> {
                    final Event.TrunksSeen seen = facts.trunks(each.name());
                    final boolean there = seen != null && open.to().equals(seen.leadsTo());
                    return new Event.SelectOver(
                            open.epoch(),
                            each.name(),
                            there ? SelectOutcome.OK : SelectOutcome.PARTIAL,
                            true,
                            List.of(),
                            there || seen == null ? null : "found at " + seen.position());
                })
                .toList();
    }

    /** What did not go well, one sentence per switch. */
    List<String> sentences(List<Event.SelectOver> ends) {
        final List<String> sentences = new ArrayList<>();
        for (final SwitchRules each : rules.switches()) {
            final Event.SelectOver end = ends.stream()
                    .filter(one -> one.name().equals(each.name()))
                    .findFirst()
                    .orElse(null);
            if (end == null) {
                sentences.add(each.name() + " did not tell the end of the select within " + each.selectMs() + " ms");
            } else if (end.refusedBecause() != null) {
                sentences.add(each.name()
                        + (end.commanded() ? ": " + end.outcome() + ", " : " sent nothing: ")
                        + end.refusedBecause());
            } else if (end.outcome() != SelectOutcome.OK) {
                sentences.add(each.name() + ": " + end.outcome() + cards(end));
            }
        }
        return sentences;
    }

    private static String cards(Event.SelectOver end) {
        final List<String> bad = end.cards().stream()
                .filter(card ->
                        !card.outcome().equals("MOVED") && !card.outcome().equals("ALREADY_THERE"))
                .map(card -> "card " + card.card() + " " + card.outcome()
                        + (card.read() == null ? "" : " (at " + card.read() + ")"))
                .toList();
        return bad.isEmpty() ? "" : ", " + String.join(", ", bad);
    }
}
