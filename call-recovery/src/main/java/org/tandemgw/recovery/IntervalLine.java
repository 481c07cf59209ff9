package org.tandemgw.recovery;

/**
 * What was counted of one queue, agent, group of trunks, or of the whole ACD, in one part of an interval. It adds up: {@code atBegin + offered + found = answered
 * + abandoned + left + lost + atEnd}. What each number means for whom: docs/intervals.md.
 *
 * @param name as the ACD names it; empty for the whole ACD
 * @param atBegin who waited in the queue, rang at the agent, was on the trunks or in flight when the part began
 * @param atEnd the same when it ended
 * @param found came while frames may have been missed
 * @param lost went while frames may have been missed
 */
public record IntervalLine(
        AccountKind kind,
        String name,
        long atBegin,
        long atEnd,
        long offered,
        long found,
        long answered,
        long abandoned,
        long left,
        long lost,
        long waitNs,
        long ringNs,
        long talkNs,
        long holdNs,
        long workNs,
        long presentNs) {

    /** This part and the one behind it as one. */
    public IntervalLine plus(IntervalLine later) {
        return new IntervalLine(
                kind,
                name,
                atBegin,
                later.atEnd,
                offered + later.offered,
                found + later.found,
                answered + later.answered,
                abandoned + later.abandoned,
                left + later.left,
                lost + later.lost,
                waitNs + later.waitNs,
                ringNs + later.ringNs,
                talkNs + later.talkNs,
                holdNs + later.holdNs,
                workNs + later.workNs,
                presentNs + later.presentNs);
    }

    /** Whether the numbers add up. */
    public boolean balanced() {
        return atBegin + offered + found == answered + abandoned + left + lost + atEnd;
    }
}
