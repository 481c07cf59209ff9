package org.tandemgw.gateway.emulate;

import java.util.List;

/** What a simulated ACD says on one connection beside its frames: a greeting, a login, answers. Guarded by the leg's lock. */
interface LegTalk {
    /** Said at once. */
    byte[] greeting();

    /** Whether frames may be sent. */
    boolean loggedIn();

    /** Whether the other end is to be hung up on. */
    boolean over();

    /** What is answered to these bytes, message by message. */
    List<byte[]> heard(byte[] buffer, int length, long nowMs);
}
