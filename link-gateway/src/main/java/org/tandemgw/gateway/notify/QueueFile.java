package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What a queue leaves for the next start: a ring of slots, and two heads that are written in turn. Of a fixed size and written in place, so that it works on a
 * full disk; each slot has a checksum. What was written survives the end of the process. One thread at a time.
 *
 * <pre>
 *   head 0 · head 1 · slot 0 · slot 1 · … · slot {@value #SLOTS} - 1       message n is in slot n % {@value #SLOTS}
 *   slot: crc (4), number (8), length (4), JSON
 * </pre>
 */
final class QueueFile implements AutoCloseable {
    static final int SLOTS = 256;
    static final int SLOT = 2_048;

    private static final int BEFORE_TEXT = 16;
    private static final int HEADS = 2;
    private static final int HEAD_BYTES = 4 * Long.BYTES;

    /**
     * Where a queue stands.
     *
     * @param serial up by one each time it is written
     * @param first the number of the oldest message that waits, or of the next one
     * @param dropped messages that were never sent
     * @param unsaid of them, those that no message has told of yet
     */
    record Head(long serial, long first, long dropped, long unsaid) {}

    private final FileChannel channel;

    QueueFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final long size = (long) (HEADS + SLOTS) * SLOT;
        final ByteBuffer zeros = ByteBuffer.allocate(SLOT);
        while (channel.size() < size) { // written out, so that no room has to be found later
            channel.write(zeros.rewind(), channel.size());
        }
    }

    /** Where the last run stood; null: there was none, or nothing of it can be read. */
    Head head() throws IOException {
        Head newest = null;
        for (int slot = 0; slot < HEADS; slot++) {
            final ByteBuffer bytes = read(slot);
            if (bytes != null && bytes.remaining() == HEAD_BYTES) {
                final Head head = new Head(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
                newest = newest == null || head.serial() > newest.serial() ? head : newest;
            }
        }
        return newest;
    }

    void write(Head head) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES)
                .putLong(head.serial())
                .putLong(head.first())
                .putLong(head.dropped())
                .putLong(head.unsaid());
        write((int) (head.serial() % HEADS), head.serial(), bytes.array());
    }

    /** The highest number of any message; 0: there is none. */
    long newest() throws IOException {
        long newest = 0;
        for (int slot = HEADS; slot < HEADS + SLOTS; slot++) {
            final ByteBuffer bytes = read(slot);
            newest = bytes == null ? newest : Math.max(newest, bytes.getLong(4));
        }
        return newest;
    }

    /** The text of this message; null if it is not there. */
    String message(long number) throws IOException {
        final int slot = slot(number);
        final ByteBuffer bytes = read(slot);
        return bytes == null || bytes.getLong(4) != number
                ? null
                : StandardCharsets.UTF_8.decode(bytes).toString();
    }

    void write(long number, String text) throws IOException {
        write(slot(number), number, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether there is room for it. */
    static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= SLOT - BEFORE_TEXT;
    }

    private static int slot(long number) {
        return HEADS + (int) (number % SLOTS);
    }

    private void write(int slot, long number, byte[] payload) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(BEFORE_TEXT + payload.length)
                .putInt(0)
                .putLong(number)
                .putInt(payload.length)
                .put(payload);
        bytes.putInt(0, crc(bytes.array())).rewind();
        while (bytes.hasRemaining()) {
            channel.write(bytes, (long) slot * SLOT + bytes.position());
        }
    }

    /** Its payload, with what is before it; null if it is not whole. */
    private ByteBuffer read(int slot) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(SLOT);
        while (bytes.hasRemaining() && channel.read(bytes, (long) slot * SLOT + bytes.position()) > 0) {
            // until the slot is whole
        }
        final int length = bytes.getInt(12);
        if (length <= 0 || length > SLOT - BEFORE_TEXT) {
            return null;
        }
        final byte[] whole = Arrays.copyOf(bytes.array(), BEFORE_TEXT + length);
        return bytes.getInt(0) != crc(whole) ? null : ByteBuffer.wrap(whole).position(BEFORE_TEXT);
    }

    private static int crc(byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 4, bytes.length - 4);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
