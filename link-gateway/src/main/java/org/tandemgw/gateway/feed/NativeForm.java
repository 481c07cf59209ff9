package org.tandemgw.gateway.feed;

import org.tandemgw.gateway.dialect.NativeService.Conversation;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;

/** Frames as they came, and nothing else. What breaks the stream ends the connection; a mark is passed over. */
final class NativeForm implements SessionForm {
    /** One batch of one thread: holds it for the length of a call. */
    static final class Batch {
        private static final int ENOUGH_BYTES = 64 * 1024;
        private static final int LONGEST_FRAME = 64 * 1024;

        private byte[] bytes = new byte[ENOUGH_BYTES + LONGEST_FRAME];
        private int size;

        private void add(JournalRecord record) {
            if (size + record.length() > bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, size + record.length());
            }
            System.arraycopy(record.bytes(), 0, bytes, size, record.length());
            size += record.length();
        }
    }

    private final Batch batch;
    private final Conversation conversation;

    NativeForm(Batch batch, Conversation conversation) {
        this.batch = batch;
        this.conversation = conversation;
    }

    /** Whether the stream is not whole at this record. */
    static boolean breaks(RecordKind kind) {
        return switch (kind) {
            case GAP, DISCONTINUITY, LOST -> true;
            case FRAME, MARK -> false;
        };
    }

    @Override
    public void clear() {
        batch.size = 0;
    }

    @Override
    public boolean isFull() {
        return batch.size >= Batch.ENOUGH_BYTES;
    }

    @Override
    public boolean add(JournalRecord record) {
        if (record.kind() == RecordKind.FRAME && conversation.wants(record.bytes(), 0, record.length())) {
            batch.add(record);
        }
        return !breaks(record.kind());
    }

    @Override
    public byte[] bytes() {
        return batch.bytes;
    }

    @Override
    public int size() {
        return batch.size;
    }

    @Override
    public byte[] heartbeat() {
        return null;
    }
}
