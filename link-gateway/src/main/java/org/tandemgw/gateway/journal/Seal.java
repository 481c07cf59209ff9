package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A roll file as it was when it was finished: the file {@code <name>.seal} beside it has a checksum of each 64 KiB, so that a
 * byte that changed is found wherever it is. What is behind the last byte that is not zero is not covered but has to be
 * zero: that is room which may be given back. Big-endian.
 *
 * <pre>
 *    | "TSEAL001" | length covered, 8 | last sequence, 8 | CRC-32C of each 64 KiB, 4 each | CRC-32C of all before |
 * </pre>
 *
 * @param length how many bytes are covered
 * @param last the last sequence that counts in the file; 0 if that was not noted
 * @param blocks one checksum for each 64 KiB of them
 */
record Seal(long length, long last, int[] blocks) {
    static final int BLOCK = 64 * 1024;

    private static final long MAGIC = 0x545345414c303031L;
    private static final int FIXED = 3 * Long.BYTES + Integer.BYTES;
    static final String SUFFIX = ".seal";

    /**
     * Bytes that are not as they were.
     *
     * @param from the first byte of the block, or the byte itself if exactly one is different
     * @param length of the block, or 1
     */
    record Difference(long from, long length) {}

    /** Where the seal of a roll file is. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** The opposite of {@link #beside}. */
    static Path sealed(Path seal) {
        final String name = seal.getFileName().toString();
        return seal.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Reads a roll file from its start to its last byte that is not zero. */
    static Seal of(Path file, long last) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] block = new byte[BLOCK];
            final long length = written(in, block);
            final int[] blocks = new int[blocks(length)];
            final CRC32C crc = new CRC32C();
            in.seek(0);
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = crcOf(crc, block, read(in, block, lengthOf(i, length)));
            }
            return new Seal(length, last, blocks);
        }
    }

    /** Writes the seal beside the file; durable when it returns. */
    void write(Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(FIXED + blocks.length * Integer.BYTES);
        bytes.putLong(MAGIC).putLong(length).putLong(last);
        for (final int block : blocks) {
            bytes.putInt(block);
        }
        bytes.putInt(crcOf(new CRC32C(), bytes.array(), bytes.position()));
        final Path unfinished = file.resolveSibling(file.getFileName() + SUFFIX + ".new");
        try (FileChannel out = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(bytes.flip());
            out.force(true);
        }
        Files.move(unfinished, beside(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        GroupSync.forceDirectory(file.getParent());
    }

    /** The seal of a roll file; null if there is none or it is damaged itself. */
    static Seal read(Path file) {
        final byte[] all;
        try {
            all = Files.readAllBytes(beside(file));
        } catch (IOException e) {
            return null; // also where the disk cannot read it
        }
        final ByteBuffer bytes = ByteBuffer.wrap(all);
        if (all.length < FIXED
                || bytes.getInt(all.length - Integer.BYTES) != crcOf(new CRC32C(), all, all.length - Integer.BYTES)
                || bytes.getLong() != MAGIC) {
            return null;
        }
        final long length = bytes.getLong();
        final long last = bytes.getLong();
        final int[] blocks = new int[(all.length - FIXED) / Integer.BYTES];
        bytes.asIntBuffer().get(blocks);
        return new Seal(length, last, blocks);
    }

    /** What is different in the file now, at most {@code atMost} places. */
    List<Difference> differences(Path file, int atMost) throws IOException {
        final List<Difference> found = new ArrayList<>();
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] block = new byte[BLOCK];
            final CRC32C crc = new CRC32C();
            for (int i = 0; i < blocks.length && found.size() < atMost; i++) {
                final int size = lengthOf(i, length);
                final int has = read(in, block, size);
                final int now = crcOf(crc, block, has);
                if (has < size) {
                    found.add(new Difference((long) i * BLOCK + has, length - (long) i * BLOCK - has));
                    return found;
                }
                if (now != blocks[i]) {
                    final int single = SingleByte.find(now ^ blocks[i], size);
                    found.add(
                            single < 0
                                    ? new Difference((long) i * BLOCK, size)
                                    : new Difference((long) i * BLOCK + single, 1));
                }
            }
            final long written = written(in, block);
            if (written > length && found.size() < atMost) {
                found.add(new Difference(length, written - length));
            }
        }
        return found;
    }

    private static int blocks(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK);
    }

    private static int lengthOf(int block, long length) {
        return (int) Math.min(BLOCK, length - (long) block * BLOCK);
    }

    /** Behind the last byte that is not zero. */
    private static long written(RandomAccessFile in, byte[] block) throws IOException {
        for (long from = (blocks(in.length()) - 1L) * BLOCK; from >= 0; from -= BLOCK) {
            in.seek(from);
            final int has = read(in, block, BLOCK);
            if (FileWindow.zeros(block, 0, has) >= 0) {
                int last = has - 1;
                while (block[last] == 0) {
                    last--;
                }
                return from + last + 1;
            }
        }
        return 0;
    }

    private static int read(RandomAccessFile in, byte[] into, int wanted) throws IOException {
        int has = 0;
        for (int n = 0; has < wanted && n >= 0; has += Math.max(0, n)) {
            n = in.read(into, has, wanted - has);
        }
        return has;
    }

    private static int crcOf(CRC32C crc, byte[] bytes, int length) {
        crc.reset();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
