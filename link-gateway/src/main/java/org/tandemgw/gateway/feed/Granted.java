package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.journal.RecordSource;
import org.tandemgw.gateway.recovery.RecoverySession;

/**
 * What a good login was given.
 *
 * @param user whose login
 * @param observer whether it moves no cursor
 * @param index the ACD's place in the file
 * @param recovery of which session the records are; null: they are the journal's
 * @param reader stands at {@code start}
 */
record Granted(
        String user,
        boolean observer,
        int index,
        ServerFeed feed,
        RecoverySession recovery,
        RecordSource reader,
        long start) {
    Granted(String user, boolean observer, int index, ServerFeed feed, RecordSource reader, long start) {
        this(user, observer, index, feed, null, reader, start);
    }

    LinkJournal journal() {
        return feed.journal();
    }

    /** What the client knows it by. */
    String session() {
        return recovery == null ? journal().session() : recovery.name();
    }

    /** A recovery session lives beside the other one. */
    String key() {
        return (recovery == null ? "" : "R") + index + "/" + user;
    }
}
