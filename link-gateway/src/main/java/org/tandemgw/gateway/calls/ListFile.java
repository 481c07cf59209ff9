package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One file of entries, numbered on from that of its first, which is its name:
 *
 * <pre>
 *  | length of the bytes | kind | after | at | bytes | CRC-32C of all before |
 *  | 4                   | 1    | 8     | 8  |       | 4                     |
 * </pre>
 */
final class ListFile {
    private static final String PREFIX = "lists-";
    private static final int HEAD = 4 + 1 + 8 + 8;
    private static final int CRC = 4;

    /** An item may be more than a frame: its dialect says in it what it is about. */
    static final int MOST_ITEM_BYTES = 1 << 17;

    /** No entry takes more. */
    static final int MOST_BYTES = HEAD + MOST_ITEM_BYTES + CRC;

    /** What is whole in a file, and where that ends. */
    record Content(List<ListEntry> entries, long soundBytes) {}

    private ListFile() {}

    static Path path(Path folder, long first) {
        return folder.resolve(String.format(Locale.ROOT, "%s%016d", PREFIX, first));
    }

    /** The number of its first entry; -1 if this is no such file. */
    static long first(Path file) {
        final String name = file.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{16}") ? Long.parseLong(name.substring(PREFIX.length())) : -1;
    }

    static void write(ListEntry entry, ByteBuffer to) {
        final int from = to.position();
        to.putInt(entry.bytes().length)
                .put((byte) entry.kind().ordinal())
                .putLong(entry.after())
                .putLong(entry.atNs())
                .put(entry.bytes());
        to.putInt(crc(to.array(), from, to.position() - from));
    }

    /** @param lastRecord entries behind later records are none of this journal: what was behind it is lost */
    static Content read(Path file, long lastRecord) throws IOException {
        final ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        final List<ListEntry> entries = new ArrayList<>();
        int sound = 0;
        while (in.remaining() >= HEAD + CRC) {
            final int length = in.getInt(sound);
            if (length < 0 || length > MOST_ITEM_BYTES || in.remaining() < HEAD + length + CRC) {
                break;
            }
            final ListEntry.Kind kind = ListEntry.Kind.of(in.get(sound + 4));
            final long after = in.getLong(sound + 5);
            final int end = sound + HEAD + length;
            if (kind == null || in.getInt(end) != crc(in.array(), sound, HEAD + length) || after > lastRecord) {
                break;
            }
            final byte[] bytes = new byte[length];
            in.get(sound + HEAD, bytes);
            entries.add(new ListEntry(kind, after, in.getLong(sound + 13), bytes));
            sound = end + CRC;
            in.position(sound);
        }
        return new Content(entries, sound);
    }

    private static int crc(byte[] bytes, int from, int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
