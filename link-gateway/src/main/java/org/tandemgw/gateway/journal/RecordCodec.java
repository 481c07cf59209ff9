package org.tandemgw.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;

/**
 * The layout of a record on disk, for ever. All numbers are big-endian.
 *
 * <pre>
 *    0        1        2        3        4                                 8
 *    +--------+--------+--------+--------+---------------------------------+
 *    | version|  kind  |  leg   |  dir   |        length of the bytes      |
 *    +--------+--------+--------+--------+---------------------------------+  8
 *    |                              sequence                               |
 *    +---------------------------------------------------------------------+ 16
 *    |                     arrival, UTC ns since 1970                      |
 *    +---------------------------------------------------------------------+ 24
 *    |                    the dialect's own sequence, or -1                |
 *    +-----------------------------------+---------------------------------+ 32
 *    |       CRC-32C of the bytes        |   CRC-32C of 0 to 35, above     |
 *    +-----------------------------------+---------------------------------+ 40
 *    |  bytes: the frame as it came, or one JSON object for other kinds    |
 *    +---------------------------------------------------------------------+
 * </pre>
 *
 * <p>Belongs to one thread; allocates nothing per record.
 */
final class RecordCodec {
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 40;
    /** The longest frame; a longer one is a LOST record (section 7 of the design). */
    static final int MAX_LENGTH = 65_534;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] header = new byte[HEADER_LENGTH];
    private final CRC32C crc32c = new CRC32C();

    /** Writes a whole record into {@code out}, from its start, and returns the CRC-32C of the bytes. */
    int encode(
            Bytes<?> out,
            RecordKind kind,
            long sequence,
            long atNs,
            int leg,
            int direction,
            long dialectSequence,
            byte[] buffer,
            int offset,
            int length) {
        final int crc = crcOf(buffer, offset, length);
        header[0] = VERSION;
        header[1] = (byte) kind.code();
        header[2] = (byte) leg;
        header[3] = (byte) direction;
        INT.set(header, 4, length);
        LONG.set(header, 8, sequence);
        LONG.set(header, 16, atNs);
        LONG.set(header, 24, dialectSequence);
        INT.set(header, 32, crc);
        INT.set(header, 36, crcOf(header, 0, 36));
        out.clear();
        out.write(header, 0, HEADER_LENGTH);
        out.write(buffer, offset, length);
        return crc;
    }

    /**
     * Reads a whole record.
     *
     * @return null if it is sound, else what is wrong with it
     */
    String decode(Bytes<?> in, JournalRecord into) {
        if (in.readRemaining() < HEADER_LENGTH) {
            return "too short for a record";
        }
        in.read(header, 0, HEADER_LENGTH);
        if ((int) INT.get(header, 36) != crcOf(header, 0, 36)) {
            return "header does not match its checksum";
        }
        final RecordKind kind = RecordKind.of(header[1]);
        final int length = (int) INT.get(header, 4);
        if (header[0] != VERSION || kind == null || length < 0 || length > MAX_LENGTH) {
            return "written by an unknown version";
        }
        if (in.readRemaining() < length) {
            return "shorter than its length";
        }
        into.ensureCapacity(length);
        in.read(into.bytes, 0, length);
        final int crc = (int) INT.get(header, 32);
        if (crc != crcOf(into.bytes, 0, length)) {
            return "bytes do not match their checksum";
        }
        into.set(
                kind,
                (long) LONG.get(header, 8),
                (long) LONG.get(header, 16),
                header[2],
                header[3],
                (long) LONG.get(header, 24),
                crc,
                length);
        return null;
    }

    /** CRC-32C of part of an array. */
    int crcOf(byte[] buffer, int offset, int length) {
        crc32c.reset();
        crc32c.update(buffer, offset, length);
        return (int) crc32c.getValue();
    }
}
