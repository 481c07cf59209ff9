package org.tandemgw.gateway.switchover;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the machine is doing, for an operator to read: a sentence on what it waits for and how it ends. Numbers are for programs
 * and never change. Only {@link Phases} changes it.
 */
public enum Phase {
    /** Waits for the positions of the trunk switches; ends when all are read, or after {@link Startup#LIMIT_MS}. */
    STARTING(1, "starting: the positions of the trunk switches are being read"),
    /** No server has been named active; ends with {@code tandem switch}. */
    UNASSIGNED(2, "no server has been named active"),
    /** The active server answers; ends when a look at it fails. */
    WATCHING(3, "the active server is being watched"),
    /** A look at the active server failed; ends when it answers or has failed often enough. */
    SUSPECTING(4, "the active server has begun to fail"),
    /** The active server is down; ends when it is known where the fault is, within seconds. */
    DIAGNOSING(5, "the active server is down; finding out where the fault is"),
    /** Nothing at the active server's place answers; ends when something does or enough sets of looks have failed. */
    UNREACHABLE(6, "the active server is merely unreachable; counting sets of looks"),
    /** The active server is given time to come back; ends when it does or the time is over. */
    RECONNECTING(7, "the active server is given time to come back"),
    /** Our own network is lost; ends when something answers. What was seen meanwhile is forgotten. */
    ISOLATED(8, "our own network is lost; nothing is decided"),
    /** The active server is down and a condition keeps Tandem from switching; ends when it holds, or the server returns. */
    BLOCKED(9, "the active server is down, and why-not says what keeps Tandem from switching"),
    /** The old active is told to stop; ends with its end, or its limit. */
    DEMOTING(10, "switching: the old active server is told to stop"),
    /** The trunks are moved and read back; ends with its end, or its limit. */
    SELECTING(11, "switching: the trunks are moved and read back"),
    /** What moved is moved back; ends with its end, or its limit. */
    ROLLING_BACK(12, "switching: what moved is moved back"),
    /** The new active is told to start; ends with its end, or after some tries. */
    PROMOTING(13, "switching: the new active server is told to start"),
    /** The old active, told to stop before, is told to start again; ends with its end, or its limit. */
    PUTTING_BACK(14, "switching: the old active server is told to start again"),
    /** Nothing is switched until an operator decides. */
    HOLDING(15, "holding: nothing is switched until an operator decides");

    /** The active server is known and watched. */
    static final Set<Phase> WATCH = EnumSet.range(WATCHING, BLOCKED);

    /** The active server is known, and something is wrong with it. */
    static final Set<Phase> FAILING = EnumSet.range(SUSPECTING, BLOCKED);

    /** A switchover is under way. */
    static final Set<Phase> ATTEMPT = EnumSet.range(DEMOTING, PUTTING_BACK);

    private final int number;
    private final String sentence;

    Phase(int number, String sentence) {
        this.number = number;
        this.sentence = sentence;
    }

    /** Never changes. */
    public int number() {
        return number;
    }

    /** For an operator. */
    public String sentence() {
        return sentence;
    }

    /** Whether a switchover is under way. */
    public boolean switching() {
        return ATTEMPT.contains(this);
    }

    /** Whether the machine may go from here to there. */
    boolean mayGoTo(Phase to) {
        return switch (this) {
            case STARTING -> to != STARTING && (to == WATCHING || !WATCH.contains(to)) && to != ROLLING_BACK;
            case UNASSIGNED -> to == WATCHING || to == HOLDING || begins(to);
            case HOLDING -> begins(to) || ends(to);
            case WATCHING, SUSPECTING, DIAGNOSING, UNREACHABLE, RECONNECTING, ISOLATED, BLOCKED ->
                WATCH.contains(to) || to == HOLDING || begins(to);
            case DEMOTING -> to == SELECTING || to == PROMOTING || ends(to);
            case SELECTING -> to == ROLLING_BACK || to == PROMOTING || ends(to);
            case ROLLING_BACK, PROMOTING, PUTTING_BACK -> ends(to);
        };
    }

    private static boolean begins(Phase to) {
        return to == DEMOTING || to == SELECTING || to == PROMOTING;
    }

    private static boolean ends(Phase to) {
        return to == WATCHING || to == HOLDING || to == PUTTING_BACK || to == UNASSIGNED;
    }
}
