package org.tandemgw.gateway.recovery;

/**
 * Is given the calls of an ACD as of each mark of a switchover, on the thread {@code calls-<acd>}, in the order of the journal. The same mark may come again
 * after a restart, with the same table: no snapshot of the table is written behind a mark before all listeners have returned and nothing is owed. They throw nothing.
 */
public interface MarkListener {
    /** An attempt to switch begins. */
    void commenced(MarkedTable at);

    /** It has succeeded. */
    void switched(MarkedTable at);

    /** The ACD has listed all its calls. */
    default void listed(ListedTable at) {}

    /** Does a little of what a mark has left to do, between two events; false: there is nothing to do. */
    default boolean goOn(String acd) {
        return false;
    }

    /** Whether something of a mark is not durable yet. */
    default boolean isOwing(String acd) {
        return false;
    }
}
