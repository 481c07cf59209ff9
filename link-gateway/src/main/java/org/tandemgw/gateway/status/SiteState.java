package org.tandemgw.gateway.status;

/** What the site as a whole is doing; where several apply, the first of this list is shown. */
public enum SiteState {
    /** A part of Tandem has stopped; an operator must look. */
    ERROR("error"),
    /** Just started: nothing can be said yet. */
    STARTING("starting"),
    /** A switchover is under way. */
    SWITCHING("switching"),
    /** This machine has lost its own network. */
    ISOLATED("isolated"),
    /** Nothing is switched until an operator decides. */
    HOLDING("holding"),
    /** An operator is at work: nothing is switched. */
    MAINTENANCE("maintenance"),
    /** The active server does not answer: finding out where the fault is. */
    DIAGNOSING("diagnosing"),
    /** The active server is being given time to come back. */
    RECONNECTING("reconnecting"),
    /** A probe has begun to fail. */
    SUSPECTING("suspecting"),
    /** There is no healthy standby. */
    UNPROTECTED("unprotected"),
    /** Either server can be lost. */
    PROTECTED("protected");

    private final String word;

    SiteState(String word) {
        this.word = word;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
