package org.tandemgw.gateway.emulate;

import java.util.List;

/** One session of a simulated ACD whose dialect has sessions. Guarded by the leg's lock. */
interface Conversation {
    /** What it says to whoever connects; empty if it waits to be spoken to. */
    byte[] greeting();

    /** Whether events may be sent, and count as carried. */
    boolean loggedIn();

    /** Whether the other end is to be hung up on. */
    boolean over();

    /** What it answers to these bytes, message by message. */
    List<byte[]> heard(byte[] buffer, int length, long nowMs);

    /** The frame as this session has it; null if this session does not get it. */
    default byte[] dress(byte[] frame) {
        return frame;
    }

    /** What this session gets of a frame before it is all set up; null: nothing. */
    default byte[] early(byte[] frame) {
        return null;
    }
}
