package org.tandemgw.abswitch.emulator;

/**
 * What somebody wants of the box, understood or not.
 *
 * @param slot which card; 0: all
 * @param wanted a position, or {@link #QUERY}
 * @param refusal what was wrong with it, in the box's word; null if nothing
 * @param text as it came, for the log, without a password
 */
record BoxOrder(int slot, char wanted, String refusal, String text) {
    static final char QUERY = 'Q';

    boolean query() {
        return wanted == QUERY;
    }
}
