package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import org.tandemgw.gateway.journal.DigestEntry;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * Writes one backup file: label, records, end. It has its name only once all of it is on the disk; closed before that it is
 * removed, and one left by a killed process has a name that nobody takes for a backup. Belongs to one thread.
 */
final class BackupWriter implements AutoCloseable {
    /** Comes before an entry of the file {@code digests}; a record begins with its version. */
    static final byte DIGEST = 'D';

    /** Comes before the end, so that it is a line of its own. */
    static final byte END = '\n';

    private static final int BUFFER = 1 << 20;

    private final Path part;
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final MessageDigest sha256 = Sums.sha256();
    private final byte[] marker = new byte[1];

    private long bytes;
    private long records;
    private long lost;
    private long last;
    private long lastSums;
    private BackupEnd.Digest digest;
    private boolean finished;

    BackupWriter(Path folder, BackupLabel label) throws IOException {
        file = folder.resolve(label.fileName());
        part = folder.resolve(BackupFolder.partOf(label.fileName()));
        channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            line(JsonRecords.write(label));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Adds the next record. */
    void add(RecordImage image, boolean wasLost) throws IOException {
        put(image.array(), image.length());
        records++;
        lost += wasLost ? 1 : 0;
        last = image.sequence();
        lastSums = image.sums();
    }

    /** Adds the journal's digest through the record just added. */
    void digest(byte[] entry) throws IOException {
        mark(DIGEST);
        put(entry, DigestEntry.LENGTH);
        digest = new BackupEnd.Digest(last, DigestEntry.hex(entry));
    }

    /** Writes the end, makes the file durable, and gives it its name. */
    BackupEnd finish() throws IOException {
        mark(END);
        final String sum = HexFormat.of().formatHex(sha256.digest());
        final BackupEnd end = new BackupEnd(records, last, Sums.hex(lastSums), lost, digest, bytes, sum);
        line(JsonRecords.write(end));
        flush();
        channel.force(true);
        channel.close();
        if (Files.exists(file)) {
            throw new IOException("there is a " + file.getFileName() + " already");
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        BackupFolder.forceDirectory(file.getParent());
        return end;
    }

    private void mark(byte with) throws IOException {
        marker[0] = with;
        put(marker, 1);
    }

    private void line(String text) throws IOException {
        final byte[] line = text.getBytes(StandardCharsets.UTF_8);
        put(line, line.length);
        final byte[] check =
                ("\n" + Sums.hex(Sums.crc32c(line, 0, line.length)) + "\n").getBytes(StandardCharsets.US_ASCII);
        put(check, check.length);
    }

    private void put(byte[] array, int length) throws IOException {
        sha256.update(array, 0, length);
        bytes += length;
        int at = 0;
        while (at < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            final int now = Math.min(length - at, buffer.remaining());
            buffer.put(array, at, now);
            at += now;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Its whole length so far. */
    long bytes() {
        return bytes;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(part);
        }
    }
}
