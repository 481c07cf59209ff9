package org.tandemgw.gateway.alarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * Alarms on disk, one JSON object a line; the last line of a number counts. Only ever appended to, or replaced as a whole. What was appended survives the
 * end of the process at once, and a power loss after {@link #force}. A line that cannot be read (the last one of a process that was killed) is passed over.
 */
final class AlarmFile implements AutoCloseable {
    private final Path path;
    private volatile FileChannel channel;
    private boolean torn;
    private int lines;

    AlarmFile(Path path) {
        this.path = path;
    }

    /** All readable lines, in order. */
    List<Alarm> read() throws IOException {
        final List<Alarm> alarms = new ArrayList<>();
        if (!Files.exists(path)) {
            return alarms;
        }
        final byte[] bytes = Files.readAllBytes(path);
        torn = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        lines = 0;
        for (final String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            lines++;
            try {
                final Alarm alarm = JsonRecords.read(line, Alarm.class);
                if (alarm.number() > 0 && alarm.name() != null && alarm.object() != null && alarm.since() != null) {
                    alarms.add(alarm);
                }
            } catch (JsonFormatException e) {
                continue; // Torn by a kill, or of a version that knows other names: the rest is still good.
            }
        }
        return alarms;
    }

    /** Lines in the file, readable or not. */
    int lines() {
        return lines;
    }

    void append(Collection<Alarm> alarms) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        }
        final StringBuilder text = new StringBuilder(torn ? "\n" : "");
        alarms.forEach(alarm -> text.append(JsonRecords.write(alarm)).append('\n'));
        torn = true;
        writeAll(channel, text);
        torn = false;
        lines += alarms.size();
    }

    /** Replaces the file by these lines; a crash leaves the old or the new one. */
    void rewrite(Collection<Alarm> alarms) throws IOException {
        final Path next = path.resolveSibling(path.getFileName() + ".new");
        final StringBuilder text = new StringBuilder();
        alarms.forEach(alarm -> text.append(JsonRecords.write(alarm)).append('\n'));
        try (FileChannel out = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            writeAll(out, text);
            out.force(true);
        }
        close();
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        torn = false;
        lines = alarms.size();
    }

    /** Whatever is there under this name is kept under another. */
    void setAside() throws IOException {
        if (Files.exists(path)) {
            Files.move(path, path.resolveSibling("alarms.unread.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The one method for any thread. */
    void force() throws IOException {
        final FileChannel open = channel;
        if (open != null) {
            open.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private static void writeAll(FileChannel to, CharSequence text) throws IOException {
        final ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
