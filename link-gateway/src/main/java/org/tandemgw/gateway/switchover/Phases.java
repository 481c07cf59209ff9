package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;

/** The one place where the phase changes; keeps the newest changes with their reasons. */
final class Phases {
    private static final int MOST_MOVES = 32;

    private final List<PhaseMove> moves = new ArrayList<>();
    private Phase phase = Phase.STARTING;
    private long sinceMs;

    Phases(long nowMs) {
        sinceMs = nowMs;
    }

    Phase phase() {
        return phase;
    }

    long sinceMs() {
        return sinceMs;
    }

    boolean is(Phase wanted) {
        return phase == wanted;
    }

    /**
     * The only change of phase there is. To where it is already, nothing happens.
     *
     * @throws IllegalStateException if there is no way from here to there: a fault of Tandem
     */
    void move(Phase to, String why, long nowMs) {
        if (to == phase) {
            return;
        }
        if (!phase.mayGoTo(to)) {
            throw new IllegalStateException("no way from " + phase + " to " + to + " (" + why + ")");
        }
        if (moves.size() == MOST_MOVES) {
            moves.remove(0);
        }
        moves.add(new PhaseMove(nowMs, phase, to, why));
        phase = to;
        sinceMs = nowMs;
    }

    /** The newest, oldest first. */
    List<PhaseMove> moves() {
        return List.copyOf(moves);
    }

    Memory memory() {
        return new Memory(phase, sinceMs, moves);
    }

    void recall(Memory memory) {
        phase = memory.phase;
        sinceMs = memory.sinceMs;
        moves.addAll(memory.moves);
    }

    record Memory(Phase phase, long sinceMs, List<PhaseMove> moves) {
        Memory {
            moves = List.copyOf(moves);
        }
    }
}
