package org.tandemgw.gateway.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The place of the control socket in the file system: whether it is free, who may use it, and that it goes away again. */
final class ControlSocket {
    /** The kernel's limit for the path of a Unix domain socket, without the NUL. */
    static final int MAX_PATH_BYTES = 107;

    private static final String RIGHTS = "rw-rw----";

    private ControlSocket() {}

    /**
     * Removes what a dead process left behind.
     *
     * @throws IOException if somebody answers there, or what is there is no socket, or the path is too long
     */
    static void makeRoom(Path path) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new IOException("the path of the control socket is longer than " + MAX_PATH_BYTES
                    + " bytes, which the kernel does not take: " + path + "; choose a shorter 'data'");
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new IOException(path + " is not a socket: something else has this name; move it away");
        }
        if (answers(path)) {
            throw new IOException("another gateway answers at " + path);
        }
        Files.deleteIfExists(path);
    }

    /** Whoever may read and write the file may operate the gateway: owner and group. */
    static void protect(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(RIGHTS));
    }

    static void remove(Path path) throws IOException {
        if (isSocket(path)) {
            Files.delete(path);
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && (boolean) Files.getAttribute(path, "basic:isOther", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean answers(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
