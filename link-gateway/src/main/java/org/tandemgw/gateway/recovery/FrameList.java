package org.tandemgw.gateway.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The sequences of the frames of one recovery set, ascending: in a file, so that whoever serves it needs little memory, or in memory, where there is no room on the disk.
 * Immutable; any thread.
 *
 * <pre>
 *  | "TANDEMRS" | version | epoch | decision | as of | at | count | CRC-32C of the frames | names | CRC-32C of all before | frames, 8 each |
 *  | 8          | 4       | 8     | 8        | 8     | 8  | 8     | 4                     | 196   | 4                     |                |
 * </pre>
 */
final class FrameList {
    private static final long MAGIC = 0x54414E44_454D5253L; // TANDEMRS
    private static final int VERSION = 1;
    private static final int HEAD = 256;
    private static final int CHECKED = HEAD - Integer.BYTES;
    private static final int NAMES = 8 + 4 + 5 * 8 + 4;
    private static final int MOST_NAME = 97;
    private static final int AT_ONCE = 1 << 16;

    /**
     * What it is of.
     *
     * @param mark the mark at which the calls were in flight
     * @param asOf its sequence
     * @param atNs its time, by our clock
     */
    record Head(SwitchMark mark, long asOf, long atNs) {}

    private final Head head;
    private final Path file;
    private final long[] memory;
    private final long count;
    private final long oldest;

    private FrameList(Head head, Path file, long[] memory, long count, long oldest) {
        this.head = head;
        this.file = file;
        this.memory = memory;
        this.count = count;
        this.oldest = oldest;
    }

    static FrameList inMemory(Head head, long[] frames) {
        return new FrameList(head, null, frames, frames.length, frames.length == 0 ? Long.MAX_VALUE : frames[0]);
    }

    /** What a file with so many takes. */
    static long bytes(int frames) {
        return HEAD + (long) Long.BYTES * frames;
    }

    /** Writes the file, durably. */
    static void write(Path file, Head head, long[] frames) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);
            final CRC32C crc = new CRC32C();
            long place = HEAD;
            for (int from = 0; from < frames.length; ) {
                buffer.clear();
                while (from < frames.length && buffer.hasRemaining()) {
                    buffer.putLong(frames[from++]);
                }
                crc.update(buffer.flip());
                place += all(out, buffer.flip(), place);
            }
            final ByteBuffer first = ByteBuffer.allocate(HEAD)
                    .putLong(MAGIC)
                    .putInt(VERSION)
                    .putLong(head.mark().epoch())
                    .putLong(head.mark().decision())
                    .putLong(head.asOf())
                    .putLong(head.atNs())
                    .putLong(frames.length)
                    .putInt((int) crc.getValue());
            name(first, head.mark().from());
            name(first, head.mark().to());
            final CRC32C headCrc = new CRC32C();
            headCrc.update(first.array(), 0, CHECKED);
            first.putInt(CHECKED, (int) headCrc.getValue());
            all(out, first.rewind(), 0);
            out.force(true);
        }
    }

    private static int all(FileChannel out, ByteBuffer bytes, long place) throws IOException {
        final int size = bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes, place + size - bytes.remaining());
        }
        return size;
    }

    private static void name(ByteBuffer to, String name) {
        final byte[] bytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
        final int length = Math.min(MOST_NAME, bytes.length);
        to.put((byte) length).put(bytes, 0, length);
    }

    /**
     * Opens a file, and reads all of it once.
     *
     * @throws IOException if it cannot be read, or is not what was written
     */
    static FrameList open(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer first = ByteBuffer.allocate(HEAD);
            read(in, first, 0);
            final CRC32C headCrc = new CRC32C();
            headCrc.update(first.array(), 0, CHECKED);
            if (first.getLong(0) != MAGIC
                    || first.getInt(8) != VERSION
                    || first.getInt(CHECKED) != (int) headCrc.getValue()) {
                throw new IOException("its head is damaged, or of another version");
            }
            final long epoch = first.getLong(12);
            final long decision = first.getLong(20);
            final long count = first.getLong(44);
            first.position(NAMES);
            final String from = name(first);
            final String to = name(first);
            final CRC32C crc = new CRC32C();
            final ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);
            long oldest = Long.MAX_VALUE;
            final long end = HEAD + Long.BYTES * count;
            for (long place = HEAD; place < end; place += buffer.limit()) {
                buffer.clear().limit((int) Math.min(AT_ONCE, end - place));
                read(in, buffer, place);
                crc.update(buffer.flip());
                oldest = Math.min(oldest, buffer.getLong(0));
            }
            if ((int) crc.getValue() != first.getInt(52)) {
                throw new IOException("its frames do not match their checksum");
            }
            final SwitchMark mark = new SwitchMark(SwitchMark.What.COMMENCE, epoch, decision, from, to);
            return new FrameList(new Head(mark, first.getLong(28), first.getLong(36)), file, null, count, oldest);
        }
    }

    private static String name(ByteBuffer from) {
        final byte[] bytes = new byte[from.get() & 0x7f];
        from.get(bytes);
        return bytes.length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void read(FileChannel in, ByteBuffer into, long place) throws IOException {
        while (into.hasRemaining()) {
            if (in.read(into, place + into.position()) < 0) {
                throw new IOException("it ends too early");
            }
        }
    }

    /** The same list, in a file to which it has been written. */
    FrameList at(Path written) {
        return new FrameList(head, written, null, count, oldest);
    }

    Head head() {
        return head;
    }

    Path file() {
        return file;
    }

    long count() {
        return count;
    }

    /** The oldest record of it; {@link Long#MAX_VALUE}: it has none. */
    long oldest() {
        return oldest;
    }

    /** How many of them are older than that record. */
    long before(long sequence) throws IOException {
        if (oldest >= sequence) {
            return 0;
        }
        try (Cursor at = cursor()) {
            long from = 0;
            long to = count;
            while (from < to) {
                final long middle = from + to >>> 1;
                if (at.at(middle) < sequence) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }
    }

    /** Goes through the list. For one thread. */
    Cursor cursor() throws IOException {
        return new Cursor(this);
    }

    /** A place in the list, with the next few of it at hand. */
    static final class Cursor implements AutoCloseable {
        private static final int AHEAD = 1_024;

        private final FrameList list;
        private final FileChannel in;
        private final ByteBuffer near = ByteBuffer.allocate(AHEAD * Long.BYTES);
        private long nearFrom = -1;
        private int nearCount;

        Cursor(FrameList list) throws IOException {
            this.list = list;
            in = list.file == null ? null : FileChannel.open(list.file, StandardOpenOption.READ);
        }

        /** The sequence at an index from 0. */
        long at(long index) throws IOException {
            if (list.memory != null) {
                return list.memory[(int) index];
            }
            if (nearFrom < 0 || index < nearFrom || index >= nearFrom + nearCount) {
                nearCount = (int) Math.min(AHEAD, list.count - index);
                nearFrom = index;
                near.clear().limit(nearCount * Long.BYTES);
                read(in, near, HEAD + index * Long.BYTES);
            }
            return near.getLong((int) (index - nearFrom) * Long.BYTES);
        }

        @Override
        public void close() {
            try {
                if (in != null) {
                    in.close();
                }
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
