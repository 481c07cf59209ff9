package org.tandemgw.gateway.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.tandemgw.gateway.journal.DigestEntry;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * Reads one backup file from its start, checks everything on the way, and never trusts a length that has no checksum. A
 * record whose bytes are damaged comes as a lost record; behind a damaged header nothing can be found, so the file ends there.
 * Memory: one buffer of 128 KiB, whatever the file holds. Belongs to one thread.
 */
final class BackupReader implements AutoCloseable {
    private static final int BUFFER = 1 << 17;
    private static final int LONGEST_LINE = 16 << 10;

    private final Path file;
    private final InputStream in;
    private final MessageDigest sha256 = Sums.sha256();
    private final byte[] buffer = new byte[BUFFER];
    private final BackupLabel label;

    private int at;
    private int limit;
    private long bytes;
    private long records;
    private long expected;
    private long lastAtNs;
    private long lastSums;
    private byte[] digestEntry;
    private BackupEnd end;
    private boolean ended;
    private long damaged;
    private String damage;

    /** Opens it and reads its label. @throws NotABackupException if there is none that can be trusted */
    BackupReader(Path file) throws IOException {
        this.file = file;
        this.in = Files.newInputStream(file);
        try {
            label = readLabel();
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
        expected = label.first();
    }

    /** A file without a label that can be trusted. */
    static final class NotABackupException extends IOException {
        private static final long serialVersionUID = 1;

        NotABackupException(String message) {
            super(message);
        }
    }

    /** The label of a file; null if it has none that can be trusted. */
    static BackupLabel labelOf(Path file) throws IOException {
        try (BackupReader reader = new BackupReader(file)) {
            return reader.label();
        } catch (NotABackupException e) {
            return null;
        }
    }

    private BackupLabel readLabel() throws IOException {
        try {
            final String line = line();
            final BackupLabel read = line == null ? null : JsonRecords.read(line, BackupLabel.class);
            if (read == null || !BackupLabel.FORMAT.equals(read.format())) {
                throw new NotABackupException(
                        read == null ? "the label is damaged" : "it is of another format: " + read.format());
            }
            if (!read.isSane()) {
                throw new NotABackupException("its label makes no sense");
            }
            return read;
        } catch (JsonFormatException | EOFException e) {
            throw new NotABackupException("it has no label");
        }
    }

    /** What it says it is. */
    BackupLabel label() {
        return label;
    }

    /** Reads the next record. False at the end, good or bad: {@link #damage} tells. */
    boolean next(RecordImage into) throws IOException {
        digestEntry = null;
        if (ended) {
            return false;
        }
        boolean got = false;
        try {
            need(1);
            if (buffer[at] == BackupWriter.END) {
                take(1);
                end();
                return false;
            }
            record(into);
            got = true;
            need(1);
            if (buffer[at] == BackupWriter.DIGEST) {
                digestEntry();
            }
        } catch (EOFException e) {
            stop("the file ends in the middle");
        } catch (BadException e) {
            stop(e.getMessage());
        }
        return got;
    }

    private void stop(String why) {
        ended = true;
        note(why);
    }

    private void note(String why) {
        damage = damage == null ? why + ", at record " + expected : damage;
    }

    /** A place behind which nothing of the file can be used. */
    private static final class BadException extends IOException {
        private static final long serialVersionUID = 1;

        BadException(String message) {
            super(message);
        }
    }

    private void record(RecordImage into) throws IOException {
        need(RecordImage.HEADER_LENGTH);
        System.arraycopy(buffer, at, into.array(), 0, RecordImage.HEADER_LENGTH);
        final String wrong = into.headerFault();
        if (wrong != null) {
            throw new BadException(wrong);
        }
        if (into.sequence() != expected || into.atNs() < lastAtNs) {
            throw new BadException("record " + into.sequence() + " is out of its order");
        }
        need(into.length());
        System.arraycopy(buffer, at, into.array(), 0, into.length());
        take(into.length());
        if (!into.bytesSound()) {
            note("bytes do not match their checksum");
            damaged++;
            into.lost(expected, into.atNs(), "damaged in the backup " + file.getFileName());
        }
        lastAtNs = into.atNs();
        lastSums = into.sums();
        records++;
        expected++;
    }

    private void digestEntry() throws IOException {
        need(1 + DigestEntry.LENGTH);
        final byte[] entry = Arrays.copyOfRange(buffer, at + 1, at + 1 + DigestEntry.LENGTH);
        take(1 + DigestEntry.LENGTH);
        if (DigestEntry.sound(entry, expected - 1)) {
            digestEntry = entry;
        } else {
            note("a digest is damaged");
        }
    }

    private void end() throws IOException {
        final String sum = HexFormat.of().formatHex(sha256.digest());
        final long before = bytes;
        final String line = line();
        ended = true;
        try {
            final BackupEnd found = line == null ? null : JsonRecords.read(line, BackupEnd.class);
            if (found == null
                    || found.bytes() != before
                    || found.records() != records
                    || expected != label.last() + 1) {
                note("its last lines do not match what is before them");
            } else if (damaged == 0
                    && (!found.sha256().equals(sum) || !found.lastSums().equals(Sums.hex(lastSums)))) {
                note("its SHA-256 is not the one that it says");
            } else if (at < limit || in.read() >= 0) {
                note("something follows its end");
            } else {
                end = found;
            }
        } catch (JsonFormatException e) {
            note("its last lines cannot be understood");
        }
    }

    /** A line and, behind it, its checksum. Null if the two do not match. */
    private String line() throws IOException {
        final String text = rawLine();
        final String check = rawLine();
        final byte[] exact = text.getBytes(StandardCharsets.UTF_8);
        return check.equals(Sums.hex(Sums.crc32c(exact, 0, exact.length))) ? text : null;
    }

    private String rawLine() throws IOException {
        int length = 0;
        do {
            need(length + 1);
        } while (buffer[at + length++] != '\n' && length < LONGEST_LINE);
        final String text = new String(buffer, at, length - 1, StandardCharsets.UTF_8);
        take(length);
        return text;
    }

    /** The journal's digest through the record just read; null if there is none here. */
    byte[] digest() {
        return digestEntry;
    }

    /** After the end: what it says of the file; null if the file is not whole. */
    BackupEnd atEnd() {
        return damage == null ? end : null;
    }

    /** The first thing that is wrong; null if nothing is, so far. */
    String damage() {
        return damage;
    }

    /** Records that were damaged in this file. */
    long damagedRecords() {
        return damaged;
    }

    /** Bytes read. */
    long bytes() {
        return bytes;
    }

    private void take(int count) {
        sha256.update(buffer, at, count);
        at += count;
        bytes += count;
    }

    private void need(int count) throws IOException {
        if (limit - at >= count) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < count) {
            final int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                throw new EOFException();
            }
            limit += read;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
