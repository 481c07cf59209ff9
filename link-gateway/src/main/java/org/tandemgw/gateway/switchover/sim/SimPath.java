package org.tandemgw.gateway.switchover.sim;

/** A stretch of the network, as it truly is. */
final class SimPath {
    /** Nothing comes through, at least not both ways. */
    boolean cut;
    /** Whether who asks over a cut path is told so at once, or hears nothing. */
    boolean saysNoWay;
    /** What it adds to each answer's time. */
    int extraMs;
    /** Of a hundred questions or answers. */
    int lossPercent;
    /** Until then, and perhaps not so long, it was slow or lost some. */
    long poorUntilMs = -1_000_000;

    void heal() {
        cut = false;
        saysNoWay = false;
        extraMs = 0;
        lossPercent = 0;
    }

    boolean perfect() {
        return !cut && extraMs == 0 && lossPercent == 0;
    }
}
