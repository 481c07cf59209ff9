package org.tandemgw.abswitch;

import java.util.List;

/**
 * What a switch must know after a restart.
 *
 * @param epoch the newest that an order carried
 * @param moves those of the last hour, oldest first; at most {@link #MOVES_MAX}, beyond which the oldest are forgotten
 */
public record Remembered(long epoch, List<Move> moves) {
    /** How many moves are remembered at most. */
    public static final int MOVES_MAX = 1024;

    /** Copies the list and forgets the oldest. */
    public Remembered {
        moves = List.copyOf(moves.subList(Math.max(0, moves.size() - MOVES_MAX), moves.size()));
    }

    /** What a switch knows that was never used. */
    public static Remembered nothing() {
        return new Remembered(0, List.of());
    }
}
