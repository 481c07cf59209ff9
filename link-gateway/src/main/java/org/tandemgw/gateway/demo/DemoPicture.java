package org.tandemgw.gateway.demo;

import java.util.List;

/**
 * How things are, for the screen.
 *
 * @param elapsedMs since the first line
 * @param lastsMs when the traffic is to end, on the same count; -1: not known
 * @param sent frames that the ACD produced
 * @param stream the last sequence that any server has
 * @param broken what is broken just now, or null
 */
record DemoPicture(
        long elapsedMs,
        long lastsMs,
        long sent,
        long stream,
        boolean applianceUp,
        long pid,
        String broken,
        int faults,
        List<Leg> legs,
        List<DemoServer.Standing> servers) {

    /** One leg as the ACD sees it. */
    record Leg(int leg, boolean connected, boolean halfOpen, long carried, long cuts) {}
}
