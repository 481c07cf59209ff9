package org.tandemgw.gateway.journal;

import java.util.List;

/**
 * What {@code journal verify} found in one generation of a journal.
 *
 * @param oldest the oldest sequence kept; 1 while empty
 * @param last the last sequence; 0 while empty
 * @param records how many records are whole
 * @param lost how many are not, or are missing
 * @param files how many roll files there are
 * @param sealed for how many of them each byte was compared
 * @param bytes how many bytes were read
 * @param damages what is wrong, in the order of the files
 * @param notListed how much more is wrong than {@code damages} lists
 */
public record JournalCheck(
        long oldest,
        long last,
        long records,
        long lost,
        int files,
        int sealed,
        long bytes,
        List<Damage> damages,
        long notListed) {
    /**
     * One thing that is wrong.
     *
     * @param file its name, below the folder of the generation
     * @param offset where in the file; null if that says nothing
     * @param sequence the first record that cannot be had; null if none is hit
     * @param through the last one of them; null likewise
     * @param what in words
     */
    public record Damage(String file, Long offset, Long sequence, Long through, String what) {}

    /** Copies the list. */
    public JournalCheck {
        damages = List.copyOf(damages);
    }

    /** True if nothing is wrong. */
    public boolean sound() {
        return damages.isEmpty();
    }
}
