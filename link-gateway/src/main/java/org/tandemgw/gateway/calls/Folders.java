package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The folder of one ACD's table: {@code calls/<acd>/<generation>}. Those of other generations go. */
final class Folders {
    private Folders() {}

    static Path make(Path data, String acd, int generation) throws IOException {
        final Path ofAcd = data.resolve("calls").resolve(acd);
        final Path folder = ofAcd.resolve(Integer.toString(generation));
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        try (Stream<Path> others = Files.list(ofAcd)) {
            for (final Path other : others.toList()) {
                if (!other.equals(folder) && other.getFileName().toString().matches("[1-9][0-9]{0,8}")) {
                    remove(other);
                }
            }
        }
        return folder;
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
