package org.tandemgw.recovery;

/** The texts that a {@link CallEvent} can carry, as the bytes that the ACD sent. None is the same as empty. */
public enum CallText {
    /** The ACD's own id of the call: AMI {@code Linkedid}, CSTA {@code callID}, ESL {@code Channel-Call-UUID}. */
    CALL(true),
    /**
     * The ACD's own id of one connection of the call, unique within the ACD: AMI {@code Uniqueid}, ESL {@code Unique-ID}; for CSTA
     * the decoder joins call and device. Empty: the call as a whole, for dialects that know no legs.
     */
    LEG(true),
    /** What {@link #CALL} was called until now, if this event says that it has changed or that two calls became one. */
    FORMER_CALL(true),
    /** What {@link #LEG} was called until now. */
    FORMER_LEG(true),
    /** Who the leg belongs to: a number, a device. */
    PARTY(false),
    /** Who calls. */
    CALLING(false),
    /** Who is called. */
    CALLED(false),
    /** Queue, hunt group, split. */
    QUEUE(false),
    /** Agent id or interface, whichever the dialect uses throughout. For agents' events it is the agent's identity. */
    AGENT(true),
    /** Trunk or circuit of the leg, as the ACD names it. */
    TRUNK(false),
    /** Why, in the ACD's own words or numbers. An unknown one is data. */
    CAUSE(false);

    static final int COUNT = values().length;

    private final boolean identity;

    CallText(boolean identity) {
        this.identity = identity;
    }

    /** An identity is never cut: one that is too long makes the event unusable. Others are cut. */
    boolean identity() {
        return identity;
    }
}
