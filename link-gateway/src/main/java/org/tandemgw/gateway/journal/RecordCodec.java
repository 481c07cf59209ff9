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
        header(header, kind, sequence, atNs, leg, direction, dialectSequence, crc, length);
        out.clear();
        out.write(header, 0, HEADER_LENGTH);
        out.write(buffer, offset, length);
        return crc;
    }

    /** Writes a header to the start of {@code into}. */
    void header(
            byte[] into,
            RecordKind kind,
            long sequence,
            long atNs,
            int leg,
            int direction,
            long dialectSequence,
            int crc,
            int length) {
        into[0] = VERSION;
        into[1] = (byte) kind.code();
        into[2] = (byte) leg;
        into[3] = (byte) direction;
        INT.set(into, 4, length);
        LONG.set(into, 8, sequence);
        LONG.set(into, 16, atNs);
        LONG.set(into, 24, dialectSequence);
        INT.set(into, 32, crc);
        INT.set(into, 36, crcOf(into, 0, 36));
    }

    /** True if there is a header whose checksum is right. */
    boolean isHeader(byte[] in, int offset) {
        return in[offset] == VERSION
                && RecordKind.of(in[offset + 1]) != null
                && (int) INT.get(in, offset + 36) == crcOf(in, offset, 36)
                && length(in, offset) >= 0
                && length(in, offset) <= MAX_LENGTH;
    }

    static long sequence(byte[] in, int offset) {
        return (long) LONG.get(in, offset + 8);
    }

    static int length(byte[] in, int offset) {
        return (int) INT.get(in, offset + 4);
    }

    /**
     * Reads a whole record.
     *
     * @return null if it is sound, else what is wrong with it
     */
    String decode(byte[] in, int offset, int available, JournalRecord into) {
        if (available < HEADER_LENGTH || !isHeader(in, offset)) {
            return "header does not match its checksum";
        }
        final int length = length(in, offset);
        if (available - HEADER_LENGTH < length) {
            return "shorter than its length";
        }
        final int crc = (int) INT.get(in, offset + 32);
        if (crc != crcOf(in, offset + HEADER_LENGTH, length)) {
            return "bytes do not match their checksum";
        }
        into.ensureCapacity(length);
        System.arraycopy(in, offset + HEADER_LENGTH, into.bytes, 0, length);
        into.set(
                RecordKind.of(in[offset + 1]),
                sequence(in, offset),
                (long) LONG.get(in, offset + 16),
                in[offset + 2],
                in[offset + 3],
                (long) LONG.get(in, offset + 24),
                crc,
                length);
        return null;
    }

    /** What is wrong with the header at the start of {@code in}; null if nothing is. */
    String headerFault(byte[] in) {
        if ((int) INT.get(in, 36) != crcOf(in, 0, 36)) {
            return "header does not match its checksum";
        }
        final boolean known = in[0] == VERSION && RecordKind.of(in[1]) != null;
        return known && length(in) >= 0 && length(in) <= MAX_LENGTH ? null : "written by an unknown version";
    }

    static int length(byte[] header) {
        return (int) INT.get(header, 4);
    }

    static long sequence(byte[] header) {
        return (long) LONG.get(header, 8);
    }

    static long atNs(byte[] header) {
        return (long) LONG.get(header, 16);
    }

    /** Both checksums behind one another. */
    static long sums(byte[] header) {
        return (long) LONG.get(header, 32);
    }

    static int crc(byte[] header) {
        return (int) INT.get(header, 32);
    }

    /** CRC-32C of part of an array. */
    int crcOf(byte[] buffer, int offset, int length) {
        crc32c.reset();
        crc32c.update(buffer, offset, length);
        return (int) crc32c.getValue();
    }
}
