package org.tandemgw.abswitch;

import java.time.Instant;

/** What a job may know of and do to the owner that it works for. */
interface Desk {
    /** The line that the next frame would go over. */
    Line line();

    /** How many frames without an answer are borne for one card. */
    int failuresBorne();

    /**
     * Whether one more frame, for whichever card, might do harm: lock the box, if it looks as if the password were wrong, or move what it
     * only means to ask, if it looks like another make.
     */
    boolean mightDoHarm(Exchanged last);

    /**
     * Stores the epoch, durably, and, if a card is named, that it is about to be moved.
     *
     * @param card or null
     * @return null, or why it could not be stored
     */
    String remember(SelectOrder order, Integer card);

    /** The card was read, and that can be believed. */
    void read(int card, String position);

    /** The box could not be read. */
    void failed(Exchanged last);

    void commandDone(CommandRecord done);

    Masking masking();

    Instant wall();
}
