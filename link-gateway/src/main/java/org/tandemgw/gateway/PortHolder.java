package org.tandemgw.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds out, before anything is started, whether a port is in use, and by whom. */
final class PortHolder {
    private PortHolder() {}

    /**
     * Who holds the port.
     *
     * @return null if it is free, or if the address is not on this machine (yet)
     */
    static String of(InetSocketAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
            return null;
        } catch (BindException e) {
            if (e.getMessage() != null && e.getMessage().contains("in use")) {
                return nameOf(address.getPort());
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String nameOf(int port) {
        try {
            final String inode = listeningInode(port);
            if (inode != null) {
                try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                    for (final Path process : processes) {
                        if (holds(process, "socket:[" + inode + "]")) {
                            return Files.readString(process.resolve("comm")).strip() + " (process "
                                    + process.getFileName() + ")";
                        }
                    }
                }
            }
        } catch (IOException e) {
            // Another user's process may not be looked into: the port is in use all the same.
            return "a process that this user may not see (" + e.getMessage() + ")";
        }
        return "a process that this user may not see";
    }

    private static String listeningInode(int port) throws IOException {
        final String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (final String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (final String line : Files.readAllLines(Path.of(table))) {
                final String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals("0A")) {
                    return fields[9];
                }
            }
        }
        return null;
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (final Path descriptor : descriptors) {
                if (socket.equals(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it is another user's, or has just ended
        }
        return false;
    }
}
