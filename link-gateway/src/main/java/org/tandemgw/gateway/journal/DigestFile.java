package org.tandemgw.gateway.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(DigestFile.class);
    static final int DIGEST_LENGTH = 32;

    static final int ENTRY_LENGTH = 48;
    private static final int PAGE_BYTES = 4096;
    /** A process for each megabyte, not for each file that goes: an hour at 5,000 frames a second. */
    private static final long TRIM_BYTES = 1 << 20;

    // Not a channel: that would be closed for everybody by the interrupt of whoever writes or reads.
    private final RandomAccessFile file;
    private final Path path;
    private final ByteBuffer entry = ByteBuffer.allocate(ENTRY_LENGTH);
    private final CRC32C crc32c = new CRC32C();
    private volatile boolean unsynced;
    private long trimmedBytes;

    DigestFile(Path directory) throws IOException {
        path = directory.resolve(NAME);
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Forgets what is behind a block. */
    void truncate(long blocks) throws IOException {
        if (file.length() > blocks * ENTRY_LENGTH) {
            file.setLength(blocks * ENTRY_LENGTH);
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
                .putInt((int) block);
        entry.putInt(crcOf(crc32c, entry));
        file.seek((block - 1) * ENTRY_LENGTH);
        file.write(entry.array(), 0, ENTRY_LENGTH);
        unsynced = true;
    }

    /**
     * Any thread. The entry of a block; its array begins with the digest.
     *
     * @return null if there is none, or it is damaged
     */
    ByteBuffer read(long block) throws IOException {
        return read(path, block);
    }

    /** How many entries there are, good or not. */
    static long blocks(Path path) throws IOException {
        return Files.exists(path) ? Files.size(path) / ENTRY_LENGTH : 0;
    }

    /** The same without opening the file for writing. */
    static ByteBuffer read(Path path, long block) throws IOException {
        final ByteBuffer found = ByteBuffer.allocate(ENTRY_LENGTH);
        try (RandomAccessFile reading = new RandomAccessFile(path.toFile(), "r")) {
            reading.seek((block - 1) * ENTRY_LENGTH);
            reading.readFully(found.array());
        } catch (EOFException e) {
            return null;
        }
        final boolean sound = found.getInt(40) == (int) block && found.getInt(44) == crcOf(new CRC32C(), found);
        return sound ? found : null;
    }

    private static int crcOf(CRC32C crc32c, ByteBuffer entry) {
        crc32c.reset();
        crc32c.update(entry.array(), 0, ENTRY_LENGTH - Integer.BYTES);
        return (int) crc32c.getValue();
    }

    /**
     * Gives back the space of the entries before a block's, now and then: they read as unknown then. Java cannot, so
     * {@code fallocate} does, where there is one. Thread {@code space}.
     */
    void trim(long firstBlockKept) throws IOException {
        final long bytes = Math.min((firstBlockKept - 1) * ENTRY_LENGTH, file.length()) / PAGE_BYTES * PAGE_BYTES;
        if (bytes - trimmedBytes < TRIM_BYTES) {
            return;
        }
        trimmedBytes = bytes;
        try {
            new ProcessBuilder("fallocate", "-p", "-o", "0", "-l", Long.toString(bytes), path.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.debug("the digests of what is no longer kept stay where they are", e);
        }
    }

    /** Sync thread. */
    void force() throws IOException {
        if (unsynced) {
            unsynced = false;
            file.getFD().sync();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
