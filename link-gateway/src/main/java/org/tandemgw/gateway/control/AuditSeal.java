package org.tandemgw.gateway.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * How far the audit file was on the disk when somebody last looked: without it nobody could see that lines are missing at its end. Written only after the
 * file itself was synced, so that whatever lies before {@link #bytes} cannot have been torn by a power loss.
 *
 * @param bytes how long the file was, to the end of a line
 * @param lines how many lines that are
 * @param number of the last of them
 * @param hash of the last of them
 */
record AuditSeal(long bytes, long lines, long number, String hash) {
    static final String NAME = "audit.seal";

    private static final int ENOUGH = 1 << 12;

    /** Beside this audit file; null if there is none. */
    static AuditSeal read(Path audit) throws IOException {
        final Path path = audit.resolveSibling(NAME);
        if (!Files.exists(path)) {
            return null;
        }
        try {
            final AuditSeal seal = JsonRecords.read(Files.readString(path), AuditSeal.class);
            if (seal.hash() == null || seal.bytes() <= 0) {
                throw new IOException(path + " is damaged");
            }
            return seal;
        } catch (JsonFormatException | java.nio.charset.CharacterCodingException e) {
            throw new IOException(path + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Durable, and whole or not at all. */
    void write(Path audit) throws IOException {
        final Path half = audit.resolveSibling(NAME + ".new");
        try (FileChannel out = FileChannel.open(
                half,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            out.write(ByteBuffer.wrap((JsonRecords.write(this) + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(
                half, audit.resolveSibling(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether this file has at that place the line that was sealed. */
    boolean fits(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) < bytes) {
            return false;
        }
        for (long wanted = ENOUGH; ; wanted *= 8) {
            final byte[] end = AuditBytes.read(file, Math.max(0, bytes - wanted), bytes);
            final int line = lastLine(end);
            if (line > 0 || wanted >= bytes) {
                return end[end.length - 1] == '\n' && hash.equals(AuditLine.hash(end, line, end.length - 1));
            }
        }
    }

    /** Where the last line begins; 0 if it begins before these bytes, or with them. */
    private static int lastLine(byte[] end) {
        int from = end.length - 1;
        while (from > 0 && end[from - 1] != '\n') {
            from--;
        }
        return Math.max(0, from);
    }
}
