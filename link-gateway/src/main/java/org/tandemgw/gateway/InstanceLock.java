package org.tandemgw.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes sure that one process works on a data folder. The kernel takes the lock back however the process ends. */
public final class InstanceLock implements AutoCloseable {
    /** Somebody else has the folder. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1;

        HeldException(Path file, String holder) {
            super("the data folder " + file.getParent() + " is in use by process " + holder
                    + "; two gateways on one folder would write over each other: stop that process first, or name another folder as"
                    + " data");
        }
    }

    /** The file, below {@code data}: in it the number of the process that has the folder. */
    public static final String NAME = "tandem.lock";

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it. @throws HeldException if another process has it; its message names that process */
    public static InstanceLock take(Path data) throws IOException {
        final Path file = data.resolve(NAME);
        final FileChannel channel = open(data, file);
        if (!lock(channel)) {
            final String holder = holder(channel);
            channel.close();
            throw new HeldException(file, holder);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return new InstanceLock(channel);
    }

    private static FileChannel open(Path data, Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw new IOException(
                    file + " cannot be written: " + (e.getReason() == null ? e.toString() : e.getReason())
                            + ": give this user the right to" + " write in " + data
                            + ", mount its disk for writing, or name another folder as data",
                    e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        final ByteBuffer pid = ByteBuffer.allocate(32);
        channel.read(pid, 0);
        return pid.position() == 0 ? "unknown" : new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
