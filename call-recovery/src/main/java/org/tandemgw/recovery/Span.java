package org.tandemgw.recovery;

/** What is timed. The order is that of snapshots. */
enum Span {
    /** Legs in a queue. */
    WAIT,
    /** Legs of agents that ring. */
    RING,
    /** Calls or legs that are connected. */
    TALK,
    /** Calls or legs on hold. */
    HOLD,
    /** Agents in after-call work. */
    WORK,
    /** Agents that are logged on, legs on trunks, calls in flight. */
    PRESENT;

    static final int COUNT = values().length;
}
