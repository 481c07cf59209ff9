package org.tandemgw.recovery;

/**
 * A {@link CallTable} as bytes, and back. Equal tables have equal bytes, whatever they went through: rows are written in the order
 * in which calls and agents became known, never in that of memory.
 *
 * <pre>
 *  "TANDEMCT", version, sequence, turns, counts,
 *  calls: id, times, names, legs, life     legs that ended while they are listed: id     agents: id, places in queues
 * </pre>
 *
 * Taking one of a million calls takes about a second; the journal waits meanwhile, nobody else does.
 */
public final class TableSnapshot {
    static final long MAGIC = 0x54434D45_444E4154L; // TANDEMCT
    static final int VERSION = 3;

    /** The oldest that is read: up to 2 nothing was known of agents whom a list calls on a call. */
    static final int OLDEST_VERSION = 2;

    /** A call's times, in the order of the bytes. */
    static final int[] TIMES = {
        CallRows.STARTED,
        CallRows.QUEUED_SINCE,
        CallRows.WAITED,
        CallRows.HELD_SINCE,
        CallRows.HELD,
        CallRows.ANSWERED,
        CallRows.STATE_SINCE
    };

    private TableSnapshot() {}

    /** Writes a table on its thread. */
    public static <X extends Exception> void write(CallTable table, SnapshotSink<X> sink) throws X {
        new SnapshotWriting<>(table, new BlockWriter<>(sink)).write();
    }

    /**
     * The table as it was written; goes on with the first event behind {@link CallTable#sequence}.
     *
     * @throws DamagedSnapshotException if it is not whole, not ours, of another version, or holds more than {@code limits} allow
     */
    public static <X extends Exception> CallTable read(
            SnapshotSource<X> source, TableLimits limits, CallWatcher watcher) throws X, DamagedSnapshotException {
        return new SnapshotReading<>(new BlockReader<>(source), new CallTable(limits, watcher)).read();
    }
}
