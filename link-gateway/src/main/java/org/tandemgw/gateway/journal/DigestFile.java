package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The file {@code digests} beside the queue: one entry per 1,000 records, so that a start has to read only the last block
 * again. Big-endian.
 *
 * <pre>
 *    +--------------------------------+------+-----------------+-------+---------------------+
 *    | D(block * 1000), 32 bytes      | gaps | discontinuities | block | CRC-32C of 0 to 43  |
 *    +--------------------------------+------+-----------------+-------+---------------------+
 *    0                               32     36                40      44                    48
 * </pre>
 *
 * <p>Gaps and discontinuities: how many records of that kind there are from 1 to block * 1000. Written by intake, read by
 * any thread.
 */
final class DigestFile implements AutoCloseable {
    static final String NAME = "digests";
    static final int DIGEST_LENGTH = 32;

    private static final int ENTRY_LENGTH = 48;

    private final FileChannel channel;
    private final ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_LENGTH);
    private final CRC32C crc32c = new CRC32C();
    private volatile boolean unsynced;

    DigestFile(Path directory) throws IOException {
        channel = FileChannel.open(
                directory.resolve(NAME), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    /** Forgets what is behind a block. */
    void truncate(long blocks) throws IOException {
        if (channel.size() > blocks * ENTRY_LENGTH) {
            channel.truncate(blocks * ENTRY_LENGTH);
        }
    }

    static int gaps(ByteBuffer entry) {
        return entry.getInt(32);
    }

    static int discontinuities(ByteBuffer entry) {
        return entry.getInt(36);
    }

    /** Intake. */
    void write(long block, byte[] digest, long gaps, long discontinuities) throws IOException {
        entry.clear();
        entry.put(digest, 0, DIGEST_LENGTH)
                .putInt((int) gaps)
                .putInt((int) discontinuities)
                .putInt((int) block)
                .flip();
        crc32c.reset();
        crc32c.update(entry);
        entry.limit(ENTRY_LENGTH).position(ENTRY_LENGTH - Integer.BYTES);
        entry.putInt((int) crc32c.getValue()).flip();
        long at = (block - 1) * ENTRY_LENGTH;
        while (entry.hasRemaining()) {
            at += channel.write(entry, at);
        }
        unsynced = true;
    }

    /**
     * Any thread. The entry of a block, positioned at its digest, with the two counts behind.
     *
     * @return null if there is none, or it is damaged
     */
    ByteBuffer read(long block) throws IOException {
        final ByteBuffer found = ByteBuffer.allocate(ENTRY_LENGTH);
        long at = (block - 1) * ENTRY_LENGTH;
        while (found.hasRemaining()) {
            final int n = channel.read(found, at);
            if (n < 0) {
                return null;
            }
            at += n;
        }
        final CRC32C crc = new CRC32C();
        crc.update(found.array(), 0, ENTRY_LENGTH - Integer.BYTES);
        final boolean sound = found.getInt(40) == (int) block && found.getInt(44) == (int) crc.getValue();
        return sound ? found.flip() : null;
    }

    /** Sync thread. */
    void force() throws IOException {
        if (unsynced) {
            unsynced = false;
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
