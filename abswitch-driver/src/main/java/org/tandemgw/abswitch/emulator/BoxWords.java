package org.tandemgw.abswitch.emulator;

/** How a model speaks over a wire: what makes an order, and how it is answered. Pure. */
interface BoxWords {
    /** For a new link. */
    BoxInput input();

    /**
     * The answer.
     *
     * @param slot which card was asked for; 0: all
     * @param claimed a position for each slot, - for an empty one
     */
    String answer(int slot, String claimed);

    /** Whether a select is answered at all. */
    boolean answersSelect();

    /** What is said to an order that is refused; empty: nothing. */
    String refusal(String what);

    /** What is said when somebody else is using the box. */
    String busy();
}
