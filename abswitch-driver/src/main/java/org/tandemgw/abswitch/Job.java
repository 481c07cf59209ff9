package org.tandemgw.abswitch;

/** Something that needs frames sent, one after the other. Pure: told what happened and the time, says what it wants next. */
interface Job {
    /** What it wants now. May be asked again before that is sent. */
    Ask next(long nowNs);

    /** What it wanted last is under way. */
    void began(Ask ask);

    /**
     * The first byte of its command is about to go out.
     *
     * @return null, or why it must not
     */
    default String permit() {
        return null;
    }

    /**
     * What came of it.
     *
     * @param e the exchange
     * @param retry whether the same line may be asked again
     * @param elsewhere whether the next frame would go over another line that is not known to be bad
     */
    void took(Exchanged e, boolean retry, boolean elsewhere, long nowNs);

    /** The line that it insists on, or null. */
    default Line line() {
        return null;
    }

    /** It wants nothing more: tells whoever waits for it. */
    void finish(long nowNs);

    /** The switch is being stopped: tells whoever waits for it what is known. */
    void stop(long nowNs);

    /** Whether it gives way to what waits. */
    default boolean yields() {
        return false;
    }

    /** Time went by that belongs to the box, its line, or a pause that the profile asks for. */
    default void waited(long ns) {}
}
