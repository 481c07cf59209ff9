package org.tandemgw.gateway.emulate;

/**
 * A call that a simulated Communication Manager has had, as it knows it.
 *
 * @param endedMs when it ended, by the ACD's clock, which is taken for UTC
 * @param seconds how long it was
 * @param condition its condition code
 * @param calling who called; empty if the ACD does not know
 * @param called who was called
 * @param trunk access code of its trunk group; empty within the ACD
 * @param circuit of that trunk group, 1 to 999
 * @param incoming whether it came in on that trunk
 */
public record CdrCall(
        long endedMs,
        int seconds,
        char condition,
        String calling,
        String called,
        String trunk,
        int circuit,
        boolean incoming) {}
