package org.tandemgw.gateway.demo;

/** What the demo breaks on purpose. Each is begun, held for a while, and put right again. */
enum DemoFault {
    /** The cable of leg 1 is out. */
    PULL_LEG_1(2_500, 0, "pulled leg 1", "put leg 1 back"),
    /** The cable of leg 2 is out. */
    PULL_LEG_2(2_500, 0, "pulled leg 2", "put leg 2 back"),
    /** The connection of leg 1 is reset and may be made again at once. */
    RESET_LEG_1(1_000, 0, "reset the connection of leg 1", "leg 1 may connect again"),
    /** Leg 2 stays connected and carries nothing. */
    HALF_OPEN_LEG_2(3_000, 0, "leg 2 goes half-open: connected, says nothing", "leg 2 is alive again"),
    /** Leg 2 is late, and leg 1 is cut while it is. */
    LAG_LEG_2(2_500, 0, "leg 2 lags 300 ms, and leg 1 is cut", "leg 2 is in time again"),
    /** The last frame on leg 1 breaks off in the middle. */
    TRUNCATE_LEG_1(1_000, 0, "leg 1 breaks off in the middle of a frame", "leg 1 may connect again"),
    /** Server east is shut down and comes back. */
    STOP_EAST(3_000, 0, "stopped server east", "started server east again"),
    /** Server west loses power and comes back. */
    KILL_WEST(3_000, 0, "server west lost its power", "server west is back"),
    /** Server west reads slowly. */
    SLOW_WEST(3_000, 0, "server west takes 25 ms for each record", "server west is fast again"),
    /** Nothing can be had: the one case in which the stream must show a gap. */
    PULL_BOTH(2_000, 1, "pulled both legs", "put both legs back"),
    /** SIGKILL for the appliance, and a new start. */
    KILL_APPLIANCE(500, 1, "killed Tandem itself (SIGKILL)", "started Tandem again");

    private final int heldMs;
    private final int gaps;
    private final String begins;
    private final String ends;

    DemoFault(int heldMs, int gaps, String begins, String ends) {
        this.heldMs = heldMs;
        this.gaps = gaps;
        this.begins = begins;
        this.ends = ends;
    }

    /** How long it stays. */
    int heldMs() {
        return heldMs;
    }

    /** How many gap records it must leave in the stream. */
    int gaps() {
        return gaps;
    }

    String begins() {
        return begins;
    }

    String ends() {
        return ends;
    }
}
