package org.tandemgw.gateway.journal;

/**
 * How a journal is to be opened, decided by whoever knows what servers have seen ({@code controlfile.StartDecision}).
 *
 * @param generation which one; it is made if it is not there
 * @param last append behind this sequence; what the disk has behind it was never shown to anybody, and never will be
 * @param cut true if there may be something behind {@code last}: it is put out of the way before anything is appended, and
 *     appending begins in a new roll file
 * @param synced what is known to survive a power loss already; -1 if nothing is known
 * @param mark what the first record says, a mark {@code restart}; null if there is nothing to be told
 * @param atNs the time of that mark
 * @param walked what is known already of the newest roll file; null if nothing
 */
public record JournalStart(
        int generation, long last, boolean cut, long synced, String mark, long atNs, WalkedFile walked) {
    /** The word of the mark that a start writes. */
    public static final String RESTART = "restart";

    /** With nothing known of the newest roll file. */
    public JournalStart(int generation, long last, boolean cut, long synced, String mark, long atNs) {
        this(generation, last, cut, synced, mark, atNs, null);
    }

    /** The same after a look at the newest roll file. */
    public JournalStart having(WalkedFile newest) {
        return new JournalStart(generation, last, cut, synced, mark, atNs, newest);
    }

    /** Goes on behind the last record that can be read, whatever was shown: for journals that have no control file. */
    static JournalStart behindTheLastSound(JournalSurvey found) {
        return new JournalStart(
                Math.max(1, found.generation()),
                found.lastSound(),
                found.lastSound() < found.end(),
                -1,
                null,
                0,
                found.walked());
    }
}
