package org.tandemgw.gateway.switchover.sim;

import java.util.Arrays;

/** One trunk switch, as it truly is: where each relay stands, and how it will take the next order. */
final class SimBox {
    /** A relay that leads to no server. */
    static final int NOWHERE = -1;

    /** How the box and the wires to it behave. */
    enum Mood {
        WELL,
        /** Takes seconds. */
        SLOW,
        /** No relay moves, and the read-back says so. */
        STUCK,
        /** One relay does not move. */
        ONE_STUCK,
        /** Nothing is read back in time; what was ordered happens, later. */
        LATE,
        /** Nothing is read back in time; some of what was ordered happens. */
        UNKNOWN,
        /** One card is not there. */
        CARD_PULLED,
        /** Nothing gets through, nothing comes back. */
        UNREACHABLE,
        /** The driver gives no end at all. */
        MUTE,
        /** The driver refuses. */
        REFUSES
    }

    final String name;
    /** For each card the index of the server that it leads to. */
    final int[] leadsTo;

    Mood mood = Mood.WELL;
    /** The highest epoch that an order to it carried. */
    long epoch;
    /** Counts moves of cards that were ordered. */
    long moves;
    /** Counts moves that nobody ordered. */
    int handMoves;

    SimBox(String name, int cards, int server) {
        this.name = name;
        this.leadsTo = new int[cards];
        Arrays.fill(leadsTo, server);
    }

    /** The server that all cards lead to; {@link #NOWHERE}: not one. */
    int together() {
        for (int each : leadsTo) {
            if (each != leadsTo[0]) {
                return NOWHERE;
            }
        }
        return leadsTo[0];
    }

    boolean anyAt(int server) {
        for (int each : leadsTo) {
            if (each == server) {
                return true;
            }
        }
        return false;
    }

    String positionText() {
        int all = together();
        return all == 0 ? "A" : all == 1 ? "B" : "mixed";
    }
}
