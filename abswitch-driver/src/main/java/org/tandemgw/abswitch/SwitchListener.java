package org.tandemgw.abswitch;

/** Told what happens to a switch; on the switch's thread, which waits for it: be short, and never throw. */
public interface SwitchListener {
    /**
     * A position that can be believed differs from the one known before, or is the first.
     *
     * @param positions all of them now
     */
    void positionsChanged(SwitchPositions positions);

    /**
     * A card changed without a command of ours: by hand, by a contact, by the box itself, by somebody else, or late. It is not
     * fought.
     *
     * @param card its number
     * @param from the position known before
     * @param to the position read now
     */
    void movedWithoutUs(int card, String from, String to);

    /**
     * How the box can be reached has changed.
     *
     * @param reach now
     * @param why one sentence
     */
    void reach(Reach reach, String why);

    /**
     * A way to the box was found good or bad, and was not before.
     *
     * @param path as it is now
     */
    default void pathChanged(PathState path) {}

    /**
     * A command is over, read back or given up.
     *
     * @param done for the audit
     */
    void commandDone(CommandRecord done);
}
