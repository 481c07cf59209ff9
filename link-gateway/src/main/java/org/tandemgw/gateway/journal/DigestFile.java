package org.tandemgw.gateway.journal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
 * <p>A digest of zeros is an unknown one; its entry is there for the counts, so that a start reads no more than otherwise.
 * Gaps and discontinuities: how many records of that kind there are from 1 to block * 1000. Written by intake, read by
 * any thread.
 */
final class DigestFile implements AutoCloseable {
    static final String NAME = "digests";

    private static final Logger LOG = LoggerFactory.getLogger(DigestFile.class);
    static final int DIGEST_LENGTH = 32;

    static final int ENTRY_LENGTH = 48;
    /** So many entries are looked at together where the first or the last is searched for. */
    private static final int LOOKED_AT = 8_192;

    private static final int PAGE_BYTES = 4096;
    /** A process for each megabyte, not for each file that goes: an hour at 5,000 frames a second. */
    private static final long TRIM_BYTES = 1 << 20;

    /**
     * So much is kept real ahead, more than half of it always: between two looks of the reserve thread no more than 64 MiB
     * of records are appended, and their entries take less.
     */
    private static final int AHEAD = 256 * 1024;

    // Not a channel: that would be closed for everybody by the interrupt of whoever writes or reads.
    private final RandomAccessFile file;
    private final Path path;
    private final ByteBuffer entry = ByteBuffer.allocate(ENTRY_LENGTH);
    private final CRC32C crc32c = new CRC32C();
    private volatile boolean unsynced;
    private long trimmedBytes;
    private volatile long written;
    private volatile long realTo = -1;
    private volatile long failures;

    DigestFile(Path directory) throws IOException {
        path = directory.resolve(NAME);
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Forgets what is behind a block. Its space is kept. */
    void truncate(long blocks) throws IOException {
        written = blocks * ENTRY_LENGTH;
        final byte[] zeros = new byte[4096];
        for (long at = written; at < file.length(); at += zeros.length) {
            file.seek(at);
            file.write(zeros, 0, (int) Math.min(zeros.length, file.length() - at));
        }
    }

    /** Whoever opens, then the reserve thread: writes zeros ahead of the entries, where intake does not write yet. */
    void reserve(boolean force) throws IOException {
        long real = Math.max(realTo, written);
        final long target = written + AHEAD;
        if (target - real > AHEAD / 2) {
            try (RandomAccessFile ahead = new RandomAccessFile(path.toFile(), "rw")) {
                ahead.seek(real);
                ahead.write(new byte[(int) (target - real)]);
                if (force) {
                    ahead.getFD().sync();
                }
            }
            real = target;
        }
        realTo = real;
    }

    /** Entries that a full disk kept from being written: those digests are unknown. Any thread. */
    long failures() {
        return failures;
    }

    /** Whether an entry, or the digest that it begins with, is that of records that could all be read. */
    static boolean isKnown(byte[] entry) {
        for (int i = 0; i < DIGEST_LENGTH; i++) {
            if (entry[i] != 0) {
                return true;
            }
        }
        return false;
    }

    static int gaps(ByteBuffer entry) {
        return entry.getInt(32);
    }

    static int discontinuities(ByteBuffer entry) {
        return entry.getInt(36);
    }

    /** Intake. Without room the entry is left out; the digest of that block is unknown then, and the journal goes on. */
    void write(long block, byte[] digest, long gaps, long discontinuities) {
        entry.clear();
        entry.put(digest, 0, DIGEST_LENGTH)
                .putInt((int) gaps)
                .putInt((int) discontinuities)
                .putInt((int) block);
        entry.putInt(crcOf(crc32c, entry));
        final long at = (block - 1) * ENTRY_LENGTH;
        if (realTo >= 0 && at + ENTRY_LENGTH > realTo) {
            failures = failures + 1;
            return;
        }
        try {
            file.seek(at);
            file.write(entry.array(), 0, ENTRY_LENGTH);
            written = Math.max(written, at + ENTRY_LENGTH); // a start mends entries in the middle
            unsynced = true;
        } catch (IOException e) {
            failures = failures + 1;
        }
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

    /** The last block that has a sound entry; 0 if none has. Behind it there is at most the room kept ahead. */
    static long lastSound(Path path) throws IOException {
        long found = 0;
        for (long to = blocks(path); to > 0 && found == 0; to -= LOOKED_AT) {
            found = lastSound(path, Math.max(0, to - LOOKED_AT), to);
        }
        return found;
    }

    /** The first block that has a sound entry; 0 if none has. */
    static long firstSound(Path path) throws IOException {
        final long blocks = blocks(path);
        for (long from = 0; from < blocks; from += LOOKED_AT) {
            final long to = Math.min(blocks, from + LOOKED_AT);
            final byte[] entries = entries(path, from, to);
            for (long block = from + 1; block <= to; block++) {
                if (sound(entry(entries, (int) (block - from - 1)), block)) {
                    return block;
                }
            }
        }
        return 0;
    }

    private static long lastSound(Path path, long from, long to) throws IOException {
        final byte[] entries = entries(path, from, to);
        for (long block = to; block > from; block--) {
            if (sound(entry(entries, (int) (block - from - 1)), block)) {
                return block;
            }
        }
        return 0;
    }

    private static ByteBuffer entry(byte[] entries, int number) {
        final int at = number * ENTRY_LENGTH;
        return ByteBuffer.wrap(Arrays.copyOfRange(entries, at, at + ENTRY_LENGTH));
    }

    /** Zeros where the file ends meanwhile, or the disk cannot read it. */
    private static byte[] entries(Path path, long from, long to) throws IOException {
        final byte[] entries = new byte[(int) (to - from) * ENTRY_LENGTH];
        try (RandomAccessFile reading = new RandomAccessFile(path.toFile(), "r")) {
            reading.seek(from * ENTRY_LENGTH);
            reading.readFully(entries);
        } catch (EOFException | FileNotFoundException e) {
            return new byte[entries.length];
        }
        return entries;
    }

    /** The same without opening the file for writing. */
    static ByteBuffer read(Path path, long block) throws IOException {
        final ByteBuffer found = bytes(path, block);
        return found != null && sound(found, block) ? found : null;
    }

    /** True if there is something that is no entry of that block. Zeros are nothing. */
    static boolean isDamaged(Path path, long block) throws IOException {
        final ByteBuffer found = bytes(path, block);
        return found != null && !sound(found, block) && !Arrays.equals(found.array(), new byte[ENTRY_LENGTH]);
    }

    private static ByteBuffer bytes(Path path, long block) throws IOException {
        final ByteBuffer found = ByteBuffer.allocate(ENTRY_LENGTH);
        try (RandomAccessFile reading = new RandomAccessFile(path.toFile(), "r")) {
            reading.seek((block - 1) * ENTRY_LENGTH);
            reading.readFully(found.array());
            return found;
        } catch (EOFException | FileNotFoundException e) {
            return null;
        }
    }

    /** Whether this is the entry of that block. */
    static boolean sound(ByteBuffer entry, long block) {
        return entry.getInt(40) == (int) block && entry.getInt(44) == crcOf(new CRC32C(), entry);
    }

    /** No entry lies behind that of this block. */
    long blocks() throws IOException {
        return file.length() / ENTRY_LENGTH;
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
