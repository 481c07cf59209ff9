package org.tandemgw.gateway.trunks;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.gateway.controlfile.ControlState;

/** Orders that are under way, and what is left of them when a run ends in their middle. Pure. */
final class CutOff {
    /** The control file is small: longer words are cut. */
    private static final int MOST_CHARS = 200;

    private CutOff() {}

    static ControlState.OpenOrder open(SelectOrder wish, Move about) {
        return new ControlState.OpenOrder(
                about.at(),
                cut(wish.who()),
                cut(wish.why()),
                wish.epoch(),
                wish.position(),
                wish.cards().stream().map(String::valueOf).collect(Collectors.joining(",")),
                about.card());
    }

    /** The order is over. One that was cut off is seen to once all of its cards were read back, wherever they are: that has an alarm of its own. */
    static TrunkMemory over(TrunkMemory memory, Selected selected) {
        final TrunkMemory after = memory.open(null);
        final boolean seenTo = memory.cutOff() != null
                && Arrays.stream(memory.cutOff().cards().split(",")).allMatch(card -> selected.cards().stream()
                        .anyMatch(result -> card.equals(String.valueOf(result.card())) && readBack(result)));
        return seenTo ? after.cutOff(null) : after;
    }

    private static boolean readBack(CardResult result) {
        return result.outcome().isThere() || result.outcome() == CardOutcome.NOT_MOVED && result.positionRead() != null;
    }

    /** One sentence for the operator. */
    static String sentence(String name, ControlState.OpenOrder order) {
        return "order of " + order.who() + (order.why() == null ? "" : " (" + order.why() + ")") + ", epoch "
                + order.epoch() + ", cards " + order.cards() + " to " + order.position() + ", was cut off at card "
                + order.card() + " (" + order.at() + "): cards may be on either side;  tandem trunks query " + name
                + ",  then adopt or select";
    }

    private static String cut(String text) {
        return text == null || text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    }
}
