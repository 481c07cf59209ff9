package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Somebody's file, changed as a whole or not at all: a copy with owner and mode beside it, synced, and a rename. A link stays a link. */
final class FileInPlace {
    private static final DateTimeFormatter DATED =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;

    /** @throws IOException if it is not there */
    FileInPlace(Path file) throws IOException {
        this.file = file.toRealPath();
    }

    Path path() {
        return file;
    }

    String read() throws IOException {
        return Files.readString(file);
    }

    /** A copy beside it that says from when it is; never over another one. */
    Path backUp(Instant at) throws IOException {
        final String name = file.getFileName() + "." + DATED.format(at);
        Path copy = file.resolveSibling(name);
        for (int i = 2; Files.exists(copy); i++) {
            copy = file.resolveSibling(name + "." + i);
        }
        written(copy, read());
        sync(file.getParent());
        return copy;
    }

    /** Written beside the file, with its owner and mode, to be looked at before {@link #take}. */
    Path draft(String text) throws IOException {
        final Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        written(draft, text);
        return draft;
    }

    /** The draft becomes the file, or is gone. */
    void take(Path draft) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw new IOException(file + " cannot be replaced: " + words(e), e);
        }
        sync(file.getParent());
    }

    /** What the system said, without the names of classes. */
    static String words(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason().toLowerCase(Locale.ROOT)
                : String.valueOf(e.getMessage());
    }

    private void written(Path to, String text) throws IOException {
        final PosixFileAttributes like = Files.readAttributes(file, PosixFileAttributes.class);
        Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (!view.readAttributes().owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        if (!view.readAttributes().group().equals(like.group())) {
            view.setGroup(like.group());
        }
        view.setPermissions(like.permissions());
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
