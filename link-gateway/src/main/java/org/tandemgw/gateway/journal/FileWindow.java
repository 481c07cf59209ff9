package org.tandemgw.gateway.journal;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a raw roll file through one buffer, wherever it is asked to. Reading instead of mapping: a sector that the disk
 * cannot read is an exception here and not a signal; such places show as zeros. What it holds may be older than the file;
 * {@link #forget()} makes it read again. Belongs to one thread at a time.
 */
final class FileWindow implements AutoCloseable {
    /** Holds the longest record and much more. */
    static final int CAPACITY = 256 * 1024;

    private static final int SECTOR = 4096;

    /** So much is read at first; twice as much each time that it goes on behind. */
    private static final int FIRST_READ = 4096;

    private static final byte[] ZEROS = new byte[SECTOR];

    // Not a channel: that would be closed by the interrupt of whoever reads.
    private final RandomAccessFile file;
    private final byte[] bytes;
    private long start;
    private int count;
    private int ahead = FIRST_READ;
    private long length;
    private long unreadableAt = -1;

    FileWindow(Path path) throws IOException {
        this(path, new byte[CAPACITY]);
    }

    /** With a buffer of one's own: one that is used again, or a small one for places that are far apart. */
    FileWindow(Path path, byte[] buffer) throws IOException {
        bytes = buffer;
        file = open(path);
        length = file.length();
    }

    /** A process that can open no file at all must not take this one for gone, nor its records for lost. */
    private static RandomAccessFile open(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (path.toFile().exists() && !opensAnything()) {
                throw new UncheckedIOException(e);
            }
            return new RandomAccessFile(path.toFile(), "r"); // there may have been no descriptor left a moment ago
        }
    }

    private static boolean opensAnything() {
        try {
            new FileInputStream("/dev/null").close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** True if the file has that many bytes there. */
    boolean has(long place, int wanted) {
        if (place + wanted > length) {
            length = lengthNow();
        }
        return place >= 0 && place + wanted <= length;
    }

    long length() {
        return length;
    }

    /** Makes sure that {@link #bytes()} has so many bytes of a place that {@link #has them}, and returns where they begin. */
    int at(long place, int wanted) {
        if (place < start || place + wanted > start + count) {
            fill(place, wanted);
        }
        return (int) (place - start);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The four bytes of a place that {@link #has them}, little-endian as Chronicle writes them. */
    int word(long place) {
        final int at = at(place, Integer.BYTES);
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    /** Eight bytes, little-endian. */
    long longWord(long place) {
        return (word(place) & 0xffff_ffffL) | (long) word(place + Integer.BYTES) << 32;
    }

    /** The first place from {@code place} that is not zero; the length of the file if there is none. */
    long skipZeros(long place) {
        long at = place;
        while (has(at, 1)) {
            final int from = at(at, 1);
            final int other = zeros(bytes, from, count);
            at += other < 0 ? count - from : other;
            if (other >= 0) {
                return at;
            }
        }
        return at;
    }

    /** How many zeros there are from an index before another byte; -1 if there is none before the end. */
    static int zeros(byte[] in, int from, int to) {
        for (int at = from; at < to; at += ZEROS.length) {
            final int length = Math.min(ZEROS.length, to - at);
            final int other = Arrays.mismatch(in, at, at + length, ZEROS, 0, length);
            if (other >= 0) {
                return at - from + other;
            }
        }
        return -1;
    }

    /** What it has may be out of date. Little is read next: whoever follows a file that grows finds little more. */
    void forget() {
        count = 0;
        ahead = FIRST_READ;
    }

    private void fill(long place, int wanted) {
        final boolean onwards = count > 0 && place >= start && place <= start + count;
        ahead = onwards ? Math.min(bytes.length, 2 * ahead) : FIRST_READ;
        start = place;
        count = (int) Math.min(Math.min(bytes.length, Math.max(ahead, wanted)), length - place);
        try {
            file.seek(place);
            file.readFully(bytes, 0, count);
        } catch (IOException e) {
            fillBySector();
        }
    }

    private void fillBySector() {
        Arrays.fill(bytes, 0, count, (byte) 0);
        for (int done = 0; done < count; done += SECTOR) {
            try {
                file.seek(start + done);
                file.readFully(bytes, done, Math.min(SECTOR, count - done));
            } catch (EOFException e) {
                return; // cut off meanwhile: zeros
            } catch (IOException e) {
                unreadableAt = unreadableAt < 0 ? start + done : unreadableAt;
            }
        }
    }

    /** Where the first of the sectors is that the disk could not read so far; -1 if there was none. */
    long unreadableAt() {
        return unreadableAt;
    }

    private long lengthNow() {
        try {
            return file.length();
        } catch (IOException e) {
            return length;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
