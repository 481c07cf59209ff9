package org.tandemgw.gateway.relay;

/** What passes on one leg, counted: by size and time alone, as nothing in it is understood. The ACD's thread counts; any thread may read. */
final class LegTally {
    private final FlowTally fromAcd = new FlowTally();
    private final FlowTally toAcd = new FlowTally();
    private volatile long undeliveredBytes;

    void passed(int direction, int bytes, long nowNs) {
        of(direction).passed(bytes, nowNs);
    }

    /** They came for somebody who had gone. */
    void undelivered(int bytes) {
        undeliveredBytes = undeliveredBytes + bytes;
    }

    /** Time goes on, also where nothing comes. */
    void turn(long nowNs) {
        fromAcd.turn(nowNs);
        toAcd.turn(nowNs);
    }

    FlowTally of(int direction) {
        return direction == RelayBook.FROM_ACD ? fromAcd : toAcd;
    }

    long undeliveredBytes() {
        return undeliveredBytes;
    }
}
