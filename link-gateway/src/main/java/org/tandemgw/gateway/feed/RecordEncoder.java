package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;

/** Writes records as sequenced packets into one array, by the {@link NulRule}. One thread; allocates nothing per record. */
final class RecordEncoder {
    /** A batch ends when it has reached this size. */
    static final int BATCH_BYTES = 64 * 1024;

    private static final int MAX_PAYLOAD = SoupPackets.MAX_LENGTH - 1;

    private final byte[] batch = new byte[BATCH_BYTES + 2 + SoupPackets.MAX_LENGTH];
    private int size;
    private int bodyOffset;
    private int bodyLength;

    void clear() {
        size = 0;
    }

    boolean isFull() {
        return size >= BATCH_BYTES;
    }

    byte[] bytes() {
        return batch;
    }

    int size() {
        return size;
    }

    /** Adds a record; {@link #bodyOffset} and {@link #bodyLength} then say where its own bytes lie. Not to be called when full. */
    void add(JournalRecord record) {
        final boolean note = record.kind() != RecordKind.FRAME;
        final boolean extra = note || NulRule.needsNul(record.bytes(), 0, record.length());
        if (record.length() + (extra ? 1 : 0) > MAX_PAYLOAD) {
            final byte[] instead = tooLong(record);
            packet(true, instead, instead.length);
        } else {
            packet(extra, record.bytes(), record.length());
        }
    }

    int bodyOffset() {
        return bodyOffset;
    }

    int bodyLength() {
        return bodyLength;
    }

    private void packet(boolean nul, byte[] body, int length) {
        final int packetLength = 1 + (nul ? 1 : 0) + length;
        batch[size] = (byte) (packetLength >>> 8);
        batch[size + 1] = (byte) packetLength;
        batch[size + 2] = SoupPackets.SEQUENCED;
        size += SoupPackets.HEADER;
        if (nul) {
            batch[size++] = 0;
        }
        bodyOffset = size;
        bodyLength = length;
        System.arraycopy(body, 0, batch, size, length);
        size += length;
    }

    /** The intake stores no such record; if a journal holds one all the same, the stream must go on and say so. */
    private static byte[] tooLong(JournalRecord record) {
        return ("{\"kind\":\"lost\",\"sequence\":" + record.sequence() + ",\"length\":" + record.length()
                        + ",\"crc\":\"" + String.format("%08x", record.crc())
                        + "\",\"why\":\"does not fit into a packet\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
