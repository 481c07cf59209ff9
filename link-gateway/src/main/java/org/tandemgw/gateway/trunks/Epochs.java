package org.tandemgw.gateway.trunks;

/**
 * Gives each attempt an epoch of its own: one count for switchovers and for orders by hand. Any thread.
 *
 * <p>A switchover brings the epoch that it has written down; an order by hand takes the next one. Whoever comes second with a number
 * that is taken gets nothing.
 */
final class Epochs {
    private long newest;
    private long newestOfOthers;
    private long newestByHand;
    private long byHandBefore;

    /** Nothing at or below this is ever given out again. */
    synchronized void seen(long epoch) {
        newestOfOthers = Math.max(newestOfOthers, epoch);
        newest = Math.max(newest, epoch);
    }

    /** The next one, for an order by hand. */
    synchronized long next() {
        newest++;
        byHandBefore = newestByHand;
        newestByHand = newest;
        return newest;
    }

    /** The order by hand that took this one was refused: a refused request uses no epoch, unless somebody has that one, or a newer one, already. */
    synchronized void giveBack(long epoch) {
        if (epoch == newest && epoch == newestByHand && epoch > newestOfOthers) {
            newest--;
            newestByHand = byHandBefore;
        }
    }

    /** An operator has named one himself. */
    synchronized void byHand(long epoch) {
        byHandBefore = newestByHand;
        newestByHand = Math.max(newestByHand, epoch);
        seen(epoch);
    }

    /** For a switchover, also for one that goes on after a restart: false if an order by hand of this run has it or a newer one. */
    synchronized boolean take(long epoch) {
        if (epoch <= newestByHand) {
            return false;
        }
        seen(epoch);
        return true;
    }

    /** The newest that is known; 0: none. */
    synchronized long newest() {
        return newest;
    }
}
