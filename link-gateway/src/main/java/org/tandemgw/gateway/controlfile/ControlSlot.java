package org.tandemgw.gateway.controlfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One of the two slots of the control file. Big-endian; pure.
 *
 * <pre>
 *    0          8        12       16         24         28       32
 *    +----------+--------+--------+----------+----------+--------+----------------------------+
 *    | TANDEMCF | format | length | counter  | CRC-32C  |   0    | content: one JSON object   |
 *    +----------+--------+--------+----------+----------+--------+----------------------------+
 *               CRC-32C of 0 to 23 and of the content
 * </pre>
 *
 * @param format the layout and the keys that the writer knew
 * @param counter one more with each write; the highest of the sound slots counts
 * @param content the JSON object
 */
record ControlSlot(int format, long counter, String content) {
    /** What the bytes of a slot can be. */
    enum Condition {
        /** Never written. */
        BLANK,
        SOUND,
        /** Torn by a power cut in the middle of a write, or by the disk. */
        DAMAGED
    }

    static final int BYTES = 64 << 10;
    static final int HEADER_BYTES = 32;
    static final int MAX_CONTENT_BYTES = BYTES - HEADER_BYTES;

    private static final byte[] MAGIC = "TANDEMCF".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_AT = 24;
    private static final byte[] BLANK_SLOT = new byte[BYTES];

    /** Header and content. */
    byte[] encoded() {
        final byte[] json = content.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer slot = ByteBuffer.allocate(HEADER_BYTES + json.length);
        slot.put(MAGIC).putInt(format).putInt(json.length).putLong(counter);
        slot.putInt(crcOf(slot.array(), json)).putInt(0).put(json);
        return slot.array();
    }

    static Condition condition(byte[] slot) {
        return sound(slot)
                ? Condition.SOUND
                : Arrays.mismatch(slot, BLANK_SLOT) < 0 ? Condition.BLANK : Condition.DAMAGED;
    }

    /** Reads a sound slot. */
    static ControlSlot decoded(byte[] slot) {
        final ByteBuffer in = ByteBuffer.wrap(slot);
        return new ControlSlot(in.getInt(8), in.getLong(16), new String(json(slot), StandardCharsets.UTF_8));
    }

    private static boolean sound(byte[] slot) {
        if (slot.length != BYTES || !Arrays.equals(slot, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return false;
        }
        final ByteBuffer in = ByteBuffer.wrap(slot);
        final int length = in.getInt(12);
        return length > 0 && length <= MAX_CONTENT_BYTES && in.getInt(CRC_AT) == crcOf(slot, json(slot));
    }

    private static byte[] json(byte[] slot) {
        return Arrays.copyOfRange(
                slot, HEADER_BYTES, HEADER_BYTES + ByteBuffer.wrap(slot).getInt(12));
    }

    private static int crcOf(byte[] header, byte[] json) {
        final CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC_AT);
        crc.update(json);
        return (int) crc.getValue();
    }
}
