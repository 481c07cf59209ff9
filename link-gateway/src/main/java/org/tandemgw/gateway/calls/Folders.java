package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The folder of one ACD's table: {@code calls/<acd>/<generation>}. Those of other generations go. */
final class Folders {
    private Folders() {}

    static Path of(Path data, String acd, int generation) {
        return data.resolve(CallKeeper.FOLDER).resolve(acd).resolve(Integer.toString(generation));
    }

    /** What a user is told who has to do something about it. */
    static String unusable(Path data, String acd, int generation, Exception e) {
        final Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        return of(data, acd, generation) + " cannot be used for the table of the calls (" + cause(cause)
                + "); give this user the right to write there, or move it aside, and start Tandem again: it makes it anew";
    }

    private static String cause(Throwable e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + ": not a folder";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return e instanceof FileSystemException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    static Path make(Path data, String acd, int generation) throws IOException {
        final Path folder = of(data, acd, generation);
        final Path ofAcd = folder.getParent();
        create(folder);
        try (Stream<Path> others = Files.list(ofAcd)) {
            for (final Path other : others.toList()) {
                if (!other.equals(folder) && other.getFileName().toString().matches("[1-9][0-9]{0,8}")) {
                    remove(other);
                }
            }
        }
        return folder;
    }

    static void create(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Makes the names in a folder durable. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
