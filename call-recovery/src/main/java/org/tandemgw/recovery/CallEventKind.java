package org.tandemgw.recovery;

/**
 * What an event says. A decoder turns one frame into none, one or several of these, without remembering anything: what has to be
 * remembered is in the call table, so that it is in its snapshots too.
 *
 * <p>Events of a call are about one leg ({@link CallText#LEG}). What gives a leg a state makes leg and call known, so a decoder need
 * not see a call from its beginning; other events about unknown calls change nothing. A leg that turns up under another call has
 * changed to it. A dialect names its legs always or never; one that lists them must name them.
 */
public enum CallEventKind {
    /**
     * The call has begun, with this leg; legs that join it begin with what they do. Listed: the leg is there, and what was known of
     * it still holds.
     */
    BORN(CallState.BORN),
    /** The leg is with the ACD: announcements, menus, routing; also after it left a queue unanswered. */
    OFFERED(CallState.OFFERED),
    /** The leg waits in {@link CallText#QUEUE}. It does so until its next state, also while agents are rung for it. */
    QUEUED(CallState.QUEUED),
    /** The leg rings at its party. */
    RINGING(CallState.RINGING),
    /**
     * The leg talks. When an agent answers, a decoder says so for his leg and for the caller's. Listed: it is connected, and still held if it was; a list that
     * can tell says {@link #RETRIEVED} or {@link #HELD}.
     */
    CONNECTED(CallState.CONNECTED),
    /** The leg is put on hold. */
    HELD(CallState.HELD),
    /** The leg is taken from hold; it talks again. */
    RETRIEVED(CallState.CONNECTED),
    /**
     * The leg came to nothing (busy, not reachable). It is still there until {@link #CLEARED}, and holds up nothing.
     */
    FAILED(CallState.FAILED),
    /** The leg gave up waiting. It is still there until {@link #CLEARED}. */
    ABANDONED(CallState.ABANDONED),
    /** The leg has left its device or queue for another one; the call goes on, also if it has no leg just now. */
    DIVERTED(Effect.LEG_ENDS),
    /** The leg has ended, and with the last one the call. Without a leg: the whole call has ended. */
    CLEARED(Effect.LEG_ENDS),
    /** The call goes on with other parties: a new segment. Together with {@link CallText#FORMER_CALL} two calls became one. */
    TRANSFERRED(Effect.SEGMENT),
    /** Somebody has joined: a new segment. Together with {@link CallText#FORMER_CALL} two calls became one. */
    CONFERENCED(Effect.SEGMENT),
    /** Another server has taken the call over: a new segment. Said by the gateway, not by an ACD. */
    RECOVERED(Effect.SEGMENT),
    /** Only ids, parties or names are told. Makes nothing known and nothing sure. */
    CHANGED(Effect.DETAILS),

    /**
     * In {@link CallText#QUEUE}, or where no queue is named: altogether. The same for the other events of agents. Listed: he is there, and what was known of his readiness
     * still holds; an item that names no queue is about one who is logged on without.
     */
    AGENT_LOGGED_ON(Effect.AGENT),
    AGENT_LOGGED_OFF(Effect.AGENT),
    AGENT_READY(Effect.AGENT),
    /** {@link CallText#CAUSE} says why. */
    AGENT_NOT_READY(Effect.AGENT),
    AGENT_AFTER_CALL_WORK(Effect.AGENT),

    /**
     * Another server, {@link CallText#PARTY}, is the active one from here on: each call in flight has a new segment. What it did before goes on. Said by the
     * gateway, not by an ACD.
     */
    SWITCHED(Effect.TABLE),
    /** Frames may be missing before this one: nothing that was known is sure. Gap, discontinuity and lost records are this. */
    GAP(Effect.TABLE),
    /** From here on the ACD lists what there is: events with {@link CallEvent#listed}, mixed with those that happen meanwhile. */
    LIST_BEGAN(Effect.TABLE),
    /** All calls are listed. What was neither listed nor heard of since {@link #LIST_BEGAN} has ended, nobody knows when. */
    CALLS_LISTED(Effect.TABLE),
    /** All agents are listed. Those that were neither listed nor heard of have logged off. */
    AGENTS_LISTED(Effect.TABLE);

    enum Effect {
        LEG_STATE,
        LEG_ENDS,
        SEGMENT,
        DETAILS,
        AGENT,
        TABLE
    }

    private final Effect effect;
    private final CallState state;

    CallEventKind(Effect effect) {
        this.effect = effect;
        state = null;
    }

    CallEventKind(CallState state) {
        effect = Effect.LEG_STATE;
        this.state = state;
    }

    /** What the leg does from now on; null unless the effect is a leg's state. */
    CallState state() {
        return state;
    }

    Effect effect() {
        return effect;
    }
}
