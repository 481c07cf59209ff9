package org.tandemgw.gateway.intake;

import org.tandemgw.gateway.leg.AcdLeg;

/**
 * Whether an ACD's legs are read. They are not while the journal has no room, or while the disk has to be kept free: what
 * they send then stays with them, and time stands still for the arbiter. On the intake thread, but for the queries.
 */
final class HeldLegs {
    private final AcdLeg[] legs;
    private final IntakeRoom room;
    private final StandingClock clock;

    private volatile boolean holding;
    private volatile String pausedForSpace;
    private int goesOnFirst;

    HeldLegs(AcdLeg[] legs, IntakeRoom room, StandingClock clock) {
        this.legs = legs;
        this.room = room;
        this.clock = clock;
    }

    /** Whether no leg is read. Any thread. */
    boolean holding() {
        return holding;
    }

    /** Why the disk has to be kept free; null if it has not. Any thread. */
    String pausedForSpace() {
        return pausedForSpace;
    }

    /** Reads no leg any more. */
    void hold() {
        if (!holding) {
            holding = true;
            clock.stand();
            legs[0].hold();
            legs[1].hold();
        }
    }

    /** Reads no leg any more, room or not, until {@link #resume}. Returns false if that is so already. */
    boolean pause(String why) {
        if (pausedForSpace != null) {
            return false;
        }
        pausedForSpace = why;
        hold();
        return true;
    }

    /** The opposite of {@link #pause}; there may still be no room. Returns false if nothing was paused. */
    boolean resume() {
        final boolean was = pausedForSpace != null;
        pausedForSpace = null;
        return was;
    }

    /** Reads the legs again if nothing is against it, each time another one first. Returns whether it does. */
    boolean goOnIfThereIsRoom() {
        if (!holding || pausedForSpace != null || room.slice(1) == 0) {
            return false;
        }
        holding = false;
        clock.goOn();
        goesOnFirst = 1 - goesOnFirst;
        legs[goesOnFirst].goOn();
        if (!holding) { // the first one's bytes may have taken all the room
            legs[1 - goesOnFirst].goOn();
        }
        return true;
    }
}
