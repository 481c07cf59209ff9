package org.tandemgw.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that a verb was asked to write: readable by its owner alone, and there only once all of it is. */
final class OutputFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final boolean force;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean finished;

    OutputFile(Path file, boolean force) throws IOException {
        this.file = file.toAbsolutePath();
        this.force = force;
        requireAbsent();
        part = this.file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        Files.deleteIfExists(part); // never written through: in a folder of everybody it may be a link to another file
        channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    private void requireAbsent() {
        if (!force && Files.exists(file)) {
            throw Refusal.no(file + " is there already", "--force writes over it");
        }
    }

    OutputStream out() {
        return out;
    }

    void finish() throws IOException {
        out.flush();
        channel.force(true);
        requireAbsent();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(part);
        }
    }
}
