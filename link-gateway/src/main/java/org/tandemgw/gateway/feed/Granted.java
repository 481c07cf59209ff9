package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.journal.JournalReader;
import org.tandemgw.gateway.journal.LinkJournal;

/**
 * What a good login was given.
 *
 * @param user whose login
 * @param observer whether it moves no cursor
 * @param index the ACD's place in the file
 * @param reader stands at {@code start}
 */
record Granted(String user, boolean observer, int index, ServerFeed feed, JournalReader reader, long start) {
    LinkJournal journal() {
        return feed.journal();
    }

    String key() {
        return index + "/" + user;
    }
}
