package org.tandemgw.gateway.journal;

/** Records in order, for whoever sends them on at his own pace. Belongs to the thread that uses it; never blocks. */
public interface RecordSource extends AutoCloseable {
    /** The next record. False if there is none yet, or the place is lost. */
    boolean next(JournalRecord into);

    /** True if what would come next cannot be had any more: nothing more comes. */
    boolean lostItsPlace();

    @Override
    void close();
}
