package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is replaced as a whole, so that after a power loss it is the old or the new one. */
final class SmallFile {
    private SmallFile() {}

    static void write(Path file, String text) throws IOException {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        force(part, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    }

    private static void force(Path of, StandardOpenOption how) throws IOException {
        try (FileChannel synced = FileChannel.open(of, how)) {
            synced.force(true);
        }
    }
}
