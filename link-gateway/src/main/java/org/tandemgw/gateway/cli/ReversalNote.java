package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * That the roles are being exchanged, in {@code data/roles-reverse.json} until it is over: whoever types the verb again after it was interrupted goes on
 * with it, and does not exchange them back.
 *
 * @param to who is to be active and initial
 * @param initialBefore what the file said
 * @param backup the copy of the file; null: it was not changed
 */
record ReversalNote(String to, String initialBefore, String backup, Instant at) {
    static final String NAME = "roles-reverse.json";

    /** Null: none is under way. */
    static ReversalNote in(Path data) {
        try {
            final Path file = data.resolve(NAME);
            return Files.exists(file) ? JsonRecords.read(Files.readString(file), ReversalNote.class) : null;
        } catch (IOException | JsonFormatException e) {
            throw Refusal.no(
                    "cannot read " + data.resolve(NAME) + ", which says how far an exchange of roles is: "
                            + e.getMessage(),
                    "look at  tandem status  and at  initial:  in the file, then remove it");
        }
    }

    void write(Path data) throws IOException {
        final Path draft = data.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r-----"));
            channel.write(StandardCharsets.UTF_8.encode(JsonRecords.write(this)));
            channel.force(true);
        }
        Files.move(draft, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        sync(data);
    }

    static void remove(Path data) throws IOException {
        if (Files.deleteIfExists(data.resolve(NAME))) {
            sync(data);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
