package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/** A folder of backup files. Whoever writes there holds its lock. One thread. */
public final class BackupFolder implements AutoCloseable {
    /** Backup files end with this. */
    public static final String SUFFIX = ".backup";

    private static final String PART = ".part";
    private static final String LOCK = "backup.lock";
    private static final int END_AT_MOST = 8 << 10;

    private final Path folder;
    private final FileChannel lock;

    private BackupFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * A file whose label and end are sound and whose length is right; what is between was not read.
     *
     * @param file where it is
     */
    record Found(Path file, BackupLabel label, BackupEnd end) {}

    /** For writing: takes the lock, and removes what a killed backup left. */
    public static BackupFolder toWrite(Path folder) throws IOException {
        final FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(lock)) {
            lock.close();
            throw new IOException("another backup to " + folder + " is under way");
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + SUFFIX + PART)) {
            for (final Path part : left) {
                Files.delete(part);
            }
        }
        return new BackupFolder(folder, lock);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            final FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    static String partOf(String name) {
        return "." + name + PART;
    }

    Path path() {
        return folder;
    }

    /** The backup files in it, by name; read or not. */
    public static List<Path> files(Path folder) throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /** The backups of one ACD of one site. */
    List<Found> of(String site, String acd) throws IOException {
        final List<Found> found = new ArrayList<>();
        for (final Path file : files(folder)) {
            final Found one = look(file);
            if (one != null
                    && acd.equals(one.label().acd())
                    && site.equals(one.label().site())) {
                found.add(one);
            }
        }
        return found;
    }

    /** The running number that the next backup of this ACD gets: one more than any file name has, sound or not. */
    long nextNumber(String acd) throws IOException {
        long highest = 0;
        for (final Path file : files(folder)) {
            final String[] parts = file.getFileName().toString().split("\\.");
            if (parts.length == 5 && parts[0].equals(acd) && parts[2].matches("[0-9]{1,18}")) {
                highest = Math.max(highest, Long.parseLong(parts[2]));
            }
        }
        return highest + 1;
    }

    /** What a file says of itself at both ends. Null if it is not whole; nothing between is read. */
    static Found look(Path file) throws IOException {
        final BackupLabel label = BackupReader.labelOf(file);
        final BackupEnd end = label == null ? null : end(file);
        return end == null ? null : new Found(file, label, end);
    }

    private static BackupEnd end(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            final ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, END_AT_MOST));
            while (tail.hasRemaining() && channel.read(tail, size - tail.capacity() + tail.position()) >= 0) {
                // on
            }
            final String text = new String(tail.array(), 0, tail.position(), StandardCharsets.ISO_8859_1);
            final int check = text.lastIndexOf('\n', text.length() - 2);
            final int start = check < 0 ? -1 : text.lastIndexOf("{\"records\":", check);
            if (start < 0 || !text.endsWith("\n")) {
                return null;
            }
            final byte[] line = text.substring(start, check).getBytes(StandardCharsets.ISO_8859_1);
            final String sum = text.substring(check + 1, text.length() - 1);
            if (!sum.equals(Sums.hex(Sums.crc32c(line, 0, line.length)))) {
                return null;
            }
            final BackupEnd end = JsonRecords.read(new String(line, StandardCharsets.UTF_8), BackupEnd.class);
            return end.bytes() == size - (text.length() - start) ? end : null;
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** Makes a file durable. */
    static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the names in a folder durable. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
