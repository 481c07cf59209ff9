package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.arbiter.LegTrack;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.leg.AcdLeg;
import org.tandemgw.gateway.leg.LegSettings;
import org.tandemgw.gateway.leg.LegState;

/** Has one leg be reached in another way while the other carries the stream. The intake thread, but for what is asked. */
final class LegExchange {
    private final String name;
    private final AcdLeg[] legs;
    private final LineArbiter arbiter;

    LegExchange(String name, AcdLeg[] legs, LineArbiter arbiter) {
        this.name = name;
        this.legs = legs;
        this.arbiter = arbiter;
    }

    /** Null: done; else why not. */
    String follow(LegSettings next, boolean anew) {
        final int leg = next.leg();
        if (anew && legs[leg - 1].state() == LegState.UP && !carries(3 - leg)) {
            return name + "/leg-" + leg + " carries the stream alone: leg " + (3 - leg) + " is "
                    + legs[2 - leg].state().word()
                    + (legs[2 - leg].state() == LegState.UP ? ", and its place in the stream is not found yet" : "");
        }
        legs[leg - 1].follow(next, anew);
        return null;
    }

    /** Whether this leg alone would carry the stream without a hole. Any thread. */
    boolean carries(int leg) {
        final LegTrack track = arbiter.leg(leg);
        return legs[leg - 1].state() == LegState.UP
                && (track.state() == org.tandemgw.gateway.arbiter.LegState.UP || track.startsAtEnd())
                && track.isContributing();
    }
}
