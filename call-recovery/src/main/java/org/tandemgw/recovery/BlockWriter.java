package org.tandemgw.recovery;

import java.util.zip.CRC32C;

/**
 * Values into blocks, little-endian. One of length 0 is the last:
 *
 * <pre>
 *  | length | bytes | CRC-32C of the block's number, its length and its bytes |
 *  | 4      |       | 4                                                       |
 * </pre>
 *
 * @param <X> what goes wrong in the sink
 */
final class BlockWriter<X extends Exception> {
    static final int BLOCK_BYTES = 1 << 16;
    static final int HEAD_BYTES = 4;

    private final SnapshotSink<X> sink;
    private final byte[] block = new byte[HEAD_BYTES + BLOCK_BYTES + 4];
    private int at = HEAD_BYTES;
    private int number;

    BlockWriter(SnapshotSink<X> sink) {
        this.sink = sink;
    }

    void byteOf(int value) throws X {
        if (at == HEAD_BYTES + BLOCK_BYTES) {
            flush();
        }
        block[at++] = (byte) value;
    }

    void intOf(int value) throws X {
        for (int shift = 0; shift < 32; shift += 8) {
            byteOf(value >>> shift);
        }
    }

    void longOf(long value) throws X {
        intOf((int) value);
        intOf((int) (value >>> 32));
    }

    /** A number that is mostly small. */
    void varOf(long value) throws X {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            byteOf((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        byteOf((int) rest);
    }

    void textOf(byte[] bytes, int length) throws X {
        byteOf(length);
        for (int i = 0; i < length; i++) {
            byteOf(bytes[i]);
        }
    }

    void end() throws X {
        if (at > HEAD_BYTES) {
            flush();
        }
        flush();
    }

    private void flush() throws X {
        put(0, at - HEAD_BYTES);
        put(at, crc(block, at - HEAD_BYTES, number));
        sink.write(block, 0, at + 4);
        number++;
        at = HEAD_BYTES;
    }

    private void put(int to, int value) {
        for (int i = 0; i < 4; i++) {
            block[to + i] = (byte) (value >>> (i << 3));
        }
    }

    /** Of a block that begins with its length. */
    static int crc(byte[] block, int length, int number) {
        final CRC32C crc = new CRC32C();
        for (int shift = 0; shift < 32; shift += 8) {
            crc.update(number >>> shift & 0xFF);
        }
        crc.update(block, 0, HEAD_BYTES + length);
        return (int) crc.getValue();
    }
}
