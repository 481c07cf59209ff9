package org.tandemgw.gateway.trunks;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;

/**
 * Holds back what is only on its way: while an order is under way cards differ, and before the first look is over they are not
 * known. What stood before an order stands on in the meantime. Any thread.
 */
final class StandingPositions {
    /** For the first look at all cards; then what is not known by now is told. */
    private static final long FIRST_LOOK_MS = 5_000;

    private static final long EACH_CARD_MS = 2_000;

    private List<Condition> before = List.of();

    /**
     * What is to be told.
     *
     * @param now what holds now
     * @param ordered whether an order is under way
     * @param runMs since the switch was started
     */
    synchronized List<Condition> of(List<Condition> now, boolean ordered, SwitchPositions positions, long runMs) {
        final Predicate<Condition> passing = each -> each.object().equals(positions.name())
                && (each.name() == AlarmName.POSITION_MIXED || each.name() == AlarmName.POSITION_UNKNOWN);
        if (ordered) {
            return Stream.concat(
                            now.stream().filter(passing.negate()),
                            before.stream().map(each -> asItIsNow(each, now)))
                    .toList();
        }
        final boolean looking = positions.reach() == Reach.REACHABLE
                && runMs < FIRST_LOOK_MS + EACH_CARD_MS * positions.cards().size()
                && positions.cards().stream().anyMatch(card -> card.readAt() == null);
        final List<Condition> told =
                looking ? now.stream().filter(passing.negate()).toList() : now;
        before = told.stream().filter(passing).toList();
        return told;
    }

    /** It stands on, and tells of the cards as they are read meanwhile. */
    private static Condition asItIsNow(Condition before, List<Condition> now) {
        return now.stream()
                .filter(each -> each.name() == before.name() && each.object().equals(before.object()))
                .findFirst()
                .orElse(before);
    }
}
