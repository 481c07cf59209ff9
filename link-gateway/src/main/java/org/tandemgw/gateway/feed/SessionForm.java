package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.journal.JournalRecord;

/** What the protocol of a feed makes of records: one batch at a time, and nothing of it is kept. Of one session; the feed's thread. */
interface SessionForm {
    /** Begins a batch. */
    void clear();

    /** Whether the batch is large enough to be sent. */
    boolean isFull();

    /**
     * Adds a record, or nothing if the protocol has no words for it. Not to be called when full.
     *
     * @return false if the connection has to end before this record: that is how the protocol shows it
     */
    boolean add(JournalRecord record);

    /** The batch. */
    byte[] bytes();

    /** How much of {@link #bytes} it is. */
    int size();

    /** What is said when there is nothing else to say; null: nothing. */
    byte[] heartbeat();
}
