package org.tandemgw.gateway.emulate;

/**
 * What one message of a simulated Asterisk tells of a leg or of an agent: its own record, in its own words, to be held against what others understood.
 *
 * @param id of the leg; of an agent his line
 * @param call that the leg is in; empty for an agent
 * @param queue that the leg waits in, or the agent works in; empty if in none
 * @param does what it does now
 */
public record AmiFact(String id, String call, String queue, Does does) {
    /** What a leg or an agent does. */
    public enum Does {
        /** Neither of the following: it is with the Asterisk alone. */
        IS_APART,
        WAITS,
        RINGS,
        TALKS,
        HOLDS,
        IS_READY,
        WORKS_AFTER_A_CALL,
        RESTS,
        IS_GONE
    }

    static AmiFact of(AmiChannel leg, Does does) {
        return new AmiFact(leg.uniqueId, leg.linkedId, "", does);
    }

    static AmiFact waits(AmiChannel leg, String queue) {
        return new AmiFact(leg.uniqueId, leg.linkedId, queue, Does.WAITS);
    }

    static AmiFact of(AmiMember agent) {
        final Does does = !agent.loggedIn ? Does.IS_GONE : agent.paused ? Does.WORKS_AFTER_A_CALL : Does.IS_READY;
        return new AmiFact(agent.line(), "", agent.queue, does);
    }

    /** Whether it is about an agent, and not about a leg. */
    public boolean isOfAnAgent() {
        return call.isEmpty();
    }
}
