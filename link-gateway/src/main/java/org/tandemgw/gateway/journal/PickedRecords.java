package org.tandemgw.gateway.journal;

import java.nio.charset.StandardCharsets;

/**
 * Single records out of a journal, each under a number of its own: for a session that has not all of it. Asked for in ascending order it reads the files as whoever reads
 * everything does, and goes over long stretches between two records by the index. One thread.
 */
public final class PickedRecords implements AutoCloseable {
    private final JournalReader reader;

    /** Closes the reader in the end. */
    public PickedRecords(JournalReader reader) {
        this.reader = reader;
    }

    /** Reads one record. What is not kept any more comes as kind LOST, as what cannot be read. */
    public void read(long sequence, long number, JournalRecord into) {
        reader.goTo(sequence);
        if (!reader.next(into)) {
            say(RecordKind.LOST, RecordJson.unreadable(sequence, "no longer kept"), number, into);
        }
        into.sequence = number;
    }

    /** What is no record of the journal, but is told in its place: one JSON object. */
    public static void note(String json, long number, JournalRecord into) {
        say(RecordKind.MARK, json.getBytes(StandardCharsets.UTF_8), number, into);
    }

    private static void say(RecordKind kind, byte[] json, long number, JournalRecord into) {
        into.ensureCapacity(json.length);
        System.arraycopy(json, 0, into.bytes, 0, json.length);
        into.set(kind, number, Long.MAX_VALUE, 0, 0, -1, 0, json.length);
    }

    @Override
    public void close() {
        reader.close();
    }
}
