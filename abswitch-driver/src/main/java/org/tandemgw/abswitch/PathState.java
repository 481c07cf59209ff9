package org.tandemgw.abswitch;

import java.time.Instant;

/**
 * One way to a box, as far as what went over it last tells. Those who watch a site need it, since a box with two ways is reached as
 * ever when one of them is lost.
 *
 * @param kind what it is made of
 * @param describe where it leads, for people
 * @param state what came of it last
 * @param goodAt when it last carried an answer that the profile knows, or null
 * @param troubleAt when it last failed, or null; kept when it is good again
 * @param trouble what was wrong then, one sentence without the address, or null
 */
public record PathState(
        PathKind kind, String describe, State state, Instant goodAt, Instant troubleAt, String trouble) {
    /** What came of it last. */
    public enum State {
        /** Nothing was sent over it yet. */
        NOT_TRIED,
        /** An answer that the profile knows. */
        GOOD,
        /** It did not open, or broke, or brought nothing that is of use. */
        BAD
    }

    /** Whether it failed last. */
    public boolean isBad() {
        return state == State.BAD;
    }
}
