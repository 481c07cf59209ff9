package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A roll file whose first {@link #realTo()} bytes are really on the disk: Chronicle's mapping cannot fail there, however
 * full the disk is. The rest up to the file's length is a hole that nobody may touch.
 *
 * <p>Zeros are written with ordinary writes, and only at and behind {@link #realTo()}. Chronicle writes only before it: the
 * journal refuses an append that could reach it. So the two never meet in one byte, and none of them has to wait for the
 * other. Chronicle never changes the length either: it does so only if the file ends before the block it is about to map,
 * and {@link #extend} lengthens the file by two blocks more before it raises {@link #realTo()}.
 *
 * <p>One thread at a time changes it (whoever opens the journal, then the reserve thread); {@link #realTo()} and
 * {@link #end()} are read by any.
 */
final class ReservedFile implements AutoCloseable {
    private static final int PAGE = 4_096;
    private static final long UNKNOWN = Long.MAX_VALUE / 2;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(256 * 1024).asReadOnlyBuffer();

    /** The disk cannot read what the file has: Chronicle must not map it. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableException(String why, IOException cause) {
            super(why, cause);
        }
    }

    /** Chronicle's description of the file, the index of indexes and the first index lie within. */
    private final long headLength;

    private final RandomAccessFile file;
    private final FileChannel channel;
    private volatile Path path;
    private volatile long realTo;
    private final AtomicLong end = new AtomicLong();

    private ReservedFile(Path path, long headLength) throws IOException {
        this.path = path;
        this.headLength = headLength;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.channel = file.getChannel();
    }

    /**
     * A file of zeros that becomes a roll file later; what a former process left under that name is used again, unless a power
     * cut undid that it had become a roll file.
     */
    static ReservedFile prepare(Path path, long headLength) throws IOException {
        ReservedFile made = new ReservedFile(path, headLength);
        try {
            if (made.dataEnd() > 0) {
                made.file.setLength(0);
            }
        } catch (UnreadableException e) {
            made.close();
            Files.delete(path); // nothing in it counts
            made = new ReservedFile(path, headLength);
        }
        made.end.set(headLength);
        return made;
    }

    /**
     * A roll file of a former process, which nobody has mapped. Nothing in it counts as real before
     * {@link #findWhatIsReal} has been called.
     */
    static ReservedFile leftBehind(Path path, long headLength) throws IOException {
        final ReservedFile found = new ReservedFile(path, headLength);
        found.end.set(UNKNOWN);
        return found;
    }

    /**
     * Finds out where the data ends, and makes the pages real that Chronicle may still write before: those of the first
     * indexes. Zero pages are written again as zeros, so this is for a file to which nobody appends meanwhile.
     *
     * @param longestRecord the data may end with so many zeros
     */
    void findWhatIsReal(long longestRecord) throws IOException {
        final long pagesEnd = (dataEnd() + PAGE - 1) / PAGE * PAGE;
        lengthenFor(pagesEnd); // before anybody maps it, whether there is space or not
        final byte[] page = new byte[PAGE];
        for (long at = 0; at < headLength; at += PAGE) {
            read(at, page, PAGE);
            if (lastNonZero(page, PAGE) < 0) {
                write(at, PAGE);
            }
        }
        realTo = pagesEnd;
        end.set(pagesEnd + longestRecord);
    }

    /**
     * Behind the last byte that is not zero.
     *
     * @throws UnreadableException if the disk cannot read it
     */
    long dataEnd() throws IOException {
        final byte[] block = new byte[64 * 1024];
        for (long to = file.length(); to > 0; to = Math.max(0, to - block.length)) {
            final long from = Math.max(0, to - block.length);
            final int length = (int) (to - from);
            read(from, block, length);
            final int last = lastNonZero(block, length);
            if (last >= 0) {
                return from + last + 1;
            }
        }
        return 0;
    }

    private void read(long from, byte[] into, int length) throws IOException {
        try {
            file.seek(from);
            file.readFully(into, 0, length);
        } catch (IOException e) {
            throw new UnreadableException("the disk cannot read it at byte " + from + ": " + e.getMessage(), e);
        }
    }

    private static int lastNonZero(byte[] bytes, int length) {
        int at = length - 1;
        while (at >= 0 && bytes[at] == 0) {
            at--;
        }
        return at;
    }

    /** Makes the file real up to {@code target}. What was written before a full disk ended it counts. */
    void extend(long target, boolean force) throws IOException {
        lengthenFor(target);
        long written = realTo;
        try {
            while (written < target) {
                written += write(written, Math.min(ZEROS.capacity(), target - written));
            }
        } finally {
            if (force && written > realTo) {
                channel.force(false);
            }
            realTo = written;
        }
    }

    private void lengthenFor(long target) throws IOException {
        final long length = Queues.lengthFor(target) + Queues.BLOCK_SIZE;
        if (file.length() < length) {
            file.setLength(length);
        }
    }

    private int write(long at, long length) throws IOException {
        return channel.write(ZEROS.duplicate().limit((int) length), at);
    }

    /** Intake, before Chronicle first writes to it. The folder is synced before anything in it counts as synced. */
    void becomes(Path rollFile) throws IOException {
        Files.move(path, rollFile, StandardCopyOption.ATOMIC_MOVE);
        path = rollFile;
    }

    /**
     * Gives the space behind the data back to the disk, when nothing is appended any more. Cutting the file and lengthening
     * it again makes the hole on every file system. Afterwards it is as long as Chronicle wants it to be, so that it never
     * changes again; and a reader that maps its last block between the two would make it no shorter than its data.
     */
    void giveBack() throws IOException {
        final long keep = (dataEnd() + PAGE - 1) / PAGE * PAGE;
        file.setLength(keep);
        file.setLength(Queues.lengthFor(keep));
    }

    Path path() {
        return path;
    }

    /** Everything before is really on the disk. Any thread. */
    long realTo() {
        return realTo;
    }

    /** Behind the last record, or an upper bound while that is not known. Any thread. */
    long end() {
        return end.get();
    }

    /** Intake. */
    void endsAt(long position) {
        end.lazySet(position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
