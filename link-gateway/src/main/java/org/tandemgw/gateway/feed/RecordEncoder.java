package org.tandemgw.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.tandemgw.gateway.journal.JournalRecord;
import org.tandemgw.gateway.journal.RecordKind;

/** Writes records as sequenced packets into one array, by the {@link NulRule}. One thread; allocates nothing per record. */
final class RecordEncoder {
    /** A batch ends when it has reached this size. */
    static final int BATCH_BYTES = 64 * 1024;

    private static final int MAX_PAYLOAD = SoupPackets.MAX_LENGTH - 1;

    private final byte[] batch = new byte[BATCH_BYTES + 2 + SoupPackets.MAX_LENGTH];
    private int size;
    private int bodyCrc;

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

    /** Adds a record; {@link #bodyCrc} then is of its own bytes. Not to be called when full. */
    void add(JournalRecord record) {
        final boolean note = record.kind() != RecordKind.FRAME;
        final boolean extra = note || NulRule.needsNul(record.bytes(), 0, record.length());
        if (record.length() + (extra ? 1 : 0) > MAX_PAYLOAD) {
            final byte[] instead = tooLong(record);
            packet(true, instead, instead.length);
            bodyCrc = crcOf(instead);
        } else {
            packet(extra, record.bytes(), record.length());
            bodyCrc = record.crc();
        }
    }

    /** CRC-32C of what was added last, without the NUL of the rule: that of the journal, checked when it was read. */
    int bodyCrc() {
        return bodyCrc;
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
        System.arraycopy(body, 0, batch, size, length);
        size += length;
    }

    private static int crcOf(byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    /** The intake stores no such record; if a journal holds one all the same, the stream must go on and say so. */
    private static byte[] tooLong(JournalRecord record) {
        return ("{\"kind\":\"lost\",\"sequence\":" + record.sequence() + ",\"length\":" + record.length()
                        + ",\"crc\":\"" + String.format("%08x", record.crc())
                        + "\",\"why\":\"does not fit into a packet\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
