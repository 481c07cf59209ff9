package org.tandemgw.gateway.switchover.sim;

/**
 * How long things take that no file says.
 *
 * @param answerMs what the network adds to each answer
 * @param stepMs a promote or demote that succeeds; negative: 20 to 600 ms, by chance
 * @param cardMs a trunk switch's card to be moved; negative: 20 to 60 ms, by chance
 */
public record SimPace(long answerMs, long stepMs, long cardMs) {
    /** Nothing is known. */
    public static final SimPace CHANCE = new SimPace(0, -1, -1);

    long stepMs(Dice dice) {
        return stepMs < 0 ? dice.between(20, 600) : about(stepMs, dice);
    }

    long cardMs(Dice dice) {
        return cardMs < 0 ? dice.between(20, 60) : about(cardMs, dice);
    }

    /** A fifth less to a fifth more. */
    private static long about(long ms, Dice dice) {
        return dice.between(ms - ms / 5, ms + ms / 5);
    }
}
