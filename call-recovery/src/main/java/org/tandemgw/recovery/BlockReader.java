package org.tandemgw.recovery;

/**
 * Reads what {@link BlockWriter} wrote. A block is checked before anything of it is given out.
 *
 * @param <X> what goes wrong in the source
 */
final class BlockReader<X extends Exception> {
    private final SnapshotSource<X> source;
    private final byte[] block = new byte[BlockWriter.HEAD_BYTES + BlockWriter.BLOCK_BYTES + 4];
    private int at = BlockWriter.HEAD_BYTES;
    private int end = BlockWriter.HEAD_BYTES;
    private int number;

    BlockReader(SnapshotSource<X> source) {
        this.source = source;
    }

    int byteOf() throws X, DamagedSnapshotException {
        if (at == end) {
            next();
            if (at == end) {
                throw new DamagedSnapshotException("it ends too early");
            }
        }
        return block[at++] & 0xFF;
    }

    int intOf() throws X, DamagedSnapshotException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= byteOf() << shift;
        }
        return value;
    }

    long longOf() throws X, DamagedSnapshotException {
        final long low = intOf() & 0xFFFF_FFFFL;
        return low | (long) intOf() << 32;
    }

    long varOf() throws X, DamagedSnapshotException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            final int b = byteOf();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new DamagedSnapshotException("a number is too long");
    }

    int textOf(byte[] to) throws X, DamagedSnapshotException {
        final int length = byteOf();
        for (int i = 0; i < length; i++) {
            to[i] = (byte) byteOf();
        }
        return length;
    }

    void end() throws X, DamagedSnapshotException {
        final boolean all = at == end;
        next();
        if (!all || at != end) {
            throw new DamagedSnapshotException("there is more than it should hold");
        }
    }

    private void next() throws X, DamagedSnapshotException {
        fill(0, BlockWriter.HEAD_BYTES);
        final int length = get(0);
        if (length < 0 || length > BlockWriter.BLOCK_BYTES) {
            throw new DamagedSnapshotException("block " + number + " has an impossible length");
        }
        fill(BlockWriter.HEAD_BYTES, length + 4);
        end = BlockWriter.HEAD_BYTES + length;
        if (get(end) != BlockWriter.crc(block, length, number)) {
            throw new DamagedSnapshotException("the checksum of block " + number + " is wrong");
        }
        number++;
        at = BlockWriter.HEAD_BYTES;
    }

    private int get(int from) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (block[from + i] & 0xFF) << (i << 3);
        }
        return value;
    }

    private void fill(int from, int length) throws X, DamagedSnapshotException {
        for (int read = 0; read < length; ) {
            final int more = source.read(block, from + read, length - read);
            if (more <= 0) {
                throw new DamagedSnapshotException("it ends within block " + number);
            }
            read += more;
        }
    }
}
