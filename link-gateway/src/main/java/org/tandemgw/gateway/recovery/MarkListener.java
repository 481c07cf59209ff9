package org.tandemgw.gateway.recovery;

/**
 * Is given the calls of an ACD as of each mark of a switchover, on the thread {@code calls-<acd>}, in the order of the journal. The same mark may come again
 * after a restart, with the same table: no snapshot of the table is written behind a mark before all listeners have returned.
 */
public interface MarkListener {
    /** An attempt to switch begins. */
    void commenced(MarkedTable at);

    /** It has succeeded. */
    void switched(MarkedTable at);
}
