package org.tandemgw.gateway.trunks;

import org.tandemgw.abswitch.Selected;

/**
 * A switchover's wish to have all trunks lead to one server.
 *
 * @param server that they must lead to
 * @param epoch of the attempt, which nothing else carries
 * @param automatic whether no person asked for it
 * @param forced over dwell and the cap per hour
 * @param carryOn whether the other cards are moved after one has failed
 */
public record SelectWish(
        String server, long epoch, boolean automatic, boolean forced, boolean carryOn, String who, String why) {

    /** Told once for each switch: on its thread, or at once on the caller's. Never waits. */
    @FunctionalInterface
    public interface Over {
        /** This switch is done, or refused. */
        void over(String name, Selected selected);
    }
}
