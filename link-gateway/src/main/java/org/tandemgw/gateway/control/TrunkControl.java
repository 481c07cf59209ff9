package org.tandemgw.gateway.control;

import java.util.List;

/**
 * What the running appliance offers about its trunk switches. Called like {@link GatewayControl}, on the one thread
 * {@code tandem-operator}. What takes time is an order: it is answered at once with a number, under which its report is kept.
 */
public interface TrunkControl {
    /**
     * The wish to move cards.
     *
     * @param name of the switch
     * @param position a position, or the name of the server that it leads to
     * @param cards which; empty: all of the switch
     * @param epoch of the attempt; null: the next one
     * @param forced over dwell, and although it contradicts the active server; never over epoch, confirmation or monitor-only
     * @param commissioning over dwell: each card goes out and comes back at once
     */
    record Wish(String name, String position, List<Integer> cards, Long epoch, boolean forced, boolean commissioning) {
        /** Copies the list. */
        public Wish {
            cards = List.copyOf(cards);
        }
    }

    /** All switches as they are known, without asking them; with what went over their wires lately. */
    List<TrunkReport> show();

    /** Begins to ask for every card of a switch. */
    TrunkReport query(String name, Operator by);

    /** Begins to move cards. */
    TrunkReport select(Wish wish, Operator by);

    /** Begins to ask for every card; what the box says is then true, also where nobody ordered it. */
    TrunkReport adopt(String name, Operator by);

    /** What became of an order so far. */
    TrunkReport order(long number);
}
