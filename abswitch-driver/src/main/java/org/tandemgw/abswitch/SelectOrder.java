package org.tandemgw.abswitch;

import java.util.List;

/**
 * The wish to have cards at a position.
 *
 * @param position one of the box's positions, as the profile names them
 * @param cards which cards; each must be one of ours
 * @param epoch of the attempt; an order with an older one than was ever seen is refused
 * @param automatic whether no person asked for it: only these count for, and are stopped by, the cap per hour
 * @param forced over dwell and cap; never over epoch, confirmation or monitor-only
 * @param carryOn whether the other cards are still moved after one has failed; otherwise they are only read
 * @param who asks, for the audit
 * @param why, for the audit
 */
public record SelectOrder(
        String position,
        List<Integer> cards,
        long epoch,
        boolean automatic,
        boolean forced,
        boolean carryOn,
        String who,
        String why) {
    /** Copies the list. */
    public SelectOrder {
        cards = List.copyOf(cards);
    }
}
